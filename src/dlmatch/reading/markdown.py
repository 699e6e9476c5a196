"""Markdown kept as it is written, with its headings and items as blocks; comments and hidden HTML are left out."""

from __future__ import annotations

import re
from dataclasses import replace

from dlmatch.model.document import Block, BlockKind, Document
from dlmatch.reading.css import Sheet
from dlmatch.reading.gather import Gathering
from dlmatch.reading.limits import spending
from dlmatch.reading.text import read_text_bytes

_COMMENT = re.compile(r"^[ \t]*<!--(?:(?!-->).)*-->[ \t]*\n|<!--.*?(?:-->|\Z)", re.S | re.M)
# A link definition whose label nothing refers to is the usual way to write a comment.
_NOTE = re.compile(r"^\[(?://|comment|#)\]:?[^\n]*\n?", re.M | re.I)
_UNSHOWN = re.compile(r"<(script|style|template|noscript|head|title)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col"})
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+|$)")
_RULE = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")


def read_markdown(data: bytes, name: str) -> Document:
    """Markdown from bytes."""
    plain = read_text_bytes(data, name)
    with spending() as budget:
        gathering = Gathering(budget)
        text = _seen(plain.text, gathering)
    findings = gathering.document("markdown", "text/markdown").findings
    return replace(plain, text=text, reader="markdown", media_type="text/markdown", blocks=_blocks(text), findings=findings)


def _seen(text: str, gathering: Gathering) -> str:
    """The text without what a viewer would not show. Code is shown as written, so it stays."""
    if "<" not in text and "[" not in text:
        return text
    code = _code_ranges(text)

    def cut(pattern: re.Pattern[str], why: str, source: str) -> str:
        def drop(found: re.Match[str]) -> str:
            if any(start <= found.start() < end for start, end in code):
                return found[0]
            gathering.hide(re.sub(r"<!--|-->|<[^<>]*>", " ", found[0]), why)
            return ""

        return pattern.sub(drop, source)

    for pattern, why in ((_COMMENT, "a comment"), (_NOTE, "a comment"), (_UNSHOWN, "an element that is not shown")):
        text = cut(pattern, why, text)
        code = _code_ranges(text)
    return _without_hidden_elements(text, gathering)


def _code_ranges(text: str) -> list[tuple[int, int]]:
    """Fenced code and code spans."""
    ranges: list[tuple[int, int]] = []
    at, opened, start = 0, "", 0
    for line in text.splitlines(keepends=True):
        fence = _FENCE.match(line)
        if fence and not opened:
            opened, start = fence[1][:3], at
        elif fence and fence[1].startswith(opened):
            ranges.append((start, at + len(line)))
            opened = ""
        at += len(line)
    if opened:
        ranges.append((start, at))
    ranges.extend(found.span() for found in re.finditer(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", text))
    return ranges


def _without_hidden_elements(text: str, gathering: Gathering) -> str:
    sheet = Sheet(())
    pieces: list[str] = []
    kept_to, hidden_from, open_tag, depth, why = 0, -1, "", 0, ""
    for tag in _TAG.finditer(text):
        closing, name = bool(tag[1]), tag[2].lower()
        if hidden_from >= 0:
            if name == open_tag:
                depth += -1 if closing else 1
            if depth == 0:
                gathering.hide(re.sub(r"<[^<>]*>", " ", text[hidden_from : tag.end()]), why)
                pieces.append(text[kept_to:hidden_from])
                kept_to, hidden_from = tag.end(), -1
        elif not closing and name not in _VOID and tag[3].strip():
            attributes = {a[1].lower(): a[2] or a[3] or a[4] or "" for a in _ATTRIBUTE.finditer(tag[3])}
            reason = sheet.look(name, attributes, None).unseen
            if reason:
                hidden_from, open_tag, depth, why = tag.start(), name, 1, reason
    if hidden_from >= 0:
        gathering.hide(re.sub(r"<[^<>]*>", " ", text[hidden_from:]), why)
        return "".join(pieces) + text[kept_to:hidden_from]
    return "".join(pieces) + text[kept_to:]


def _blocks(text: str) -> tuple[Block, ...]:
    """Headings and list items by their marks; runs of other lines are paragraphs."""
    blocks: list[Block] = []
    at, fenced = 0, ""
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        bare = line.rstrip()
        fence = _FENCE.match(line)
        if fence and (not fenced or fence[1].startswith(fenced)):
            fenced = "" if fenced else fence[1][:3]
        if not bare:
            continue
        last = blocks[-1] if blocks else None
        joins = last is not None and last.end == start - 1
        if (
            joins
            and not fenced
            and last is not None
            and last.kind == "paragraph"
            and _RULE.match(bare)
            and "\n" not in text[last.start : last.end]
        ):
            blocks[-1] = replace(last, kind="heading", end=start + len(bare))
            continue
        kind: BlockKind = (
            "paragraph" if fenced else "heading" if _HEADING.match(line) else "item" if _ITEM.match(line) else "paragraph"
        )
        if joins and last is not None and kind == "paragraph" and last.kind != "heading":
            blocks[-1] = replace(last, end=start + len(bare))
        else:
            blocks.append(Block(start=start, end=start + len(bare), kind=kind))
    return tuple(blocks)
