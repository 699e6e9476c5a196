"""Showing: reports as text for a terminal, Markdown, HTML and JSON; every view words the same outline."""
