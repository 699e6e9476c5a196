"""Suggestions as entries of taxonomy/skills, ready to be kept, mended or struck out by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from dlmatch.suggesting.terms import Suggestion

PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9 -]*")  # needs no quotation marks in YAML
WORDS: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
NO_CATEGORY: Final = "tools"  # where no known skill stands beside the term; to be chosen by hand
SIGNS: Final = {"+": "-plus", "#": "-sharp", "&": "-and-", ".": "-"}


def yaml_stub(suggestions: Iterable[Suggestion], taken: Collection[str], documents: int) -> str:
    """The entries, each below its counts and examples; an id in `taken` gets a number."""
    ids: set[str] = set(taken)
    lines = [
        f"# Suggested from {documents} documents by: dlmatch taxonomy suggest. Read each one: strike out what is no skill,",
        "# choose its category, add its other names, and say in `extension` why it belongs here. Then: dlmatch taxonomy check",
    ]
    for one in suggestions:
        key = _free(_id(one.term), ids)
        ids.add(key)
        lines += ["", *_entry(one, key, documents)]
    return "\n".join(lines) + "\n"


def _entry(one: Suggestion, key: str, documents: int) -> Iterator[str]:
    yield f"# in skill contexts in {one.documents} of {documents} documents, elsewhere in {one.elsewhere}"
    yield from (f"#   {_printable(name)}: {_printable(quote)}" for name, quote in one.examples)
    yield f"- id: {key}"
    yield f"  name: {_scalar(one.term)}"
    yield f"  category: {one.category or NO_CATEGORY}"
    yield "  exact:  # its letters in lower case are a plain word in these documents" if one.plain else "  aliases:"
    yield f"    - {_scalar(one.term)}"
    yield f"  extension: asked for in {one.documents} of {documents} documents read"


def _id(term: str) -> str:
    """C++ as c-plus-plus, Node.js as node-js."""
    spelt = "".join(SIGNS.get(sign, sign) for sign in term.lower())
    return re.sub(r"[^a-z0-9]+", "-", spelt).strip("-") or "term"


def _free(key: str, taken: Collection[str]) -> str:
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def _scalar(text: str) -> str:
    return text if PLAIN.fullmatch(text) and text.lower() not in WORDS else json.dumps(text, ensure_ascii=False)


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
