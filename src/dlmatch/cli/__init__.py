"""The command line: each command is a thin typer shell around a plain function that returns text."""
