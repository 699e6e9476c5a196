"""The options that several commands share, each said once."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Chosen = Annotated[
    Literal["text", "json", "md", "html"] | None,
    typer.Option("--format", "-f", metavar="text|json|md|html", help="What to print. Without it, by OUT's ending, else text."),
]
Out = Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="Where to write; - is standard output.")]
Region = Annotated[
    str | None,
    typer.Option(
        "--region", metavar="US|IN", help="The country whose pay table applies. Without it, the one the document states."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help='What "present" means in dates. Never the clock: see made_with.as_of.'),
]
FailUnder = Annotated[
    float | None,
    typer.Option("--fail-under", metavar="N", min=0, max=100, help="Exit with 1 when the score is under N."),
]
Evidence = Annotated[
    str | None,
    typer.Option("--evidence", metavar="DIR", help="Also draw the evidence on pictures of a PDF's pages, into this folder."),
]
