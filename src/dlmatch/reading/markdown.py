"""Markdown kept as it is written, with its headings and items as blocks; comments and hidden HTML are left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

from dlmatch.model.document import Block, BlockKind, Document
from dlmatch.reading.css import Sheet
from dlmatch.reading.csslook import Look
from dlmatch.reading.gather import Gathering
from dlmatch.reading.limits import spending
from dlmatch.reading.text import read_text_bytes

_COMMENT = re.compile(
    r"^[ \t]*<!--(?:(?!-->).)*-->[ \t]*\n|<!--.*?(?:-->|\Z)"
    r"|<\?(?:(?!<\?|\?>).)*\?>|<!\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>).)*\]\]>|<![A-Za-z][^<>]*>",
    re.S | re.M,
)
_MARKS = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|<\?|\?>|<![A-Za-z]+|<[^<>]*>")
# A link definition whose label nothing refers to is the usual way to write a comment.
_NOTE = re.compile(r"^ {0,3}\[(?:(?://|comment|#)\]:?|[^\]\[\n]{1,100}\]:[ \t]*(?:#|<>|<#>)(?=[ \t]))[^\n]*\n?", re.M | re.I)
# What a link says only under the mouse, and what stands behind the language of a block of code.
_TITLE = re.compile(
    r"(?<=\S)[ \t]*[ \t\n](?:\"[^\"\n]*\"|'[^'\n]*')(?=[ \t]*\))|(?<=\S)[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))(?=[ \t]*$)",
    re.M,
)
_LINK = re.compile(
    r"\]\((?:[^()\n]*\n)?[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|^ {0,3}\[[^\]\n]{1,100}\]:[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))[ \t]*$",
    re.M,
)
_TOLD = re.compile(r"\s(?:title|value|content|placeholder|aria-[a-z]+|data-[a-z-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.I)
_UNSHOWN = re.compile(
    r"<(script|style|template|noscript|head|title|iframe|object|video|audio|canvas|select|datalist|dialog(?![^<>]*\bopen\b))\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.S | re.I,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_STYLE = re.compile(r"<style\b[^<>]*>(.*?)(?:</style\s*>|\Z)", re.S | re.I)
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
    if "<" not in text and "[" not in text and "```" not in text and "~~~" not in text:
        return text
    code = _code_ranges(text)
    styles = _STYLE.finditer(text) if "<style" in text.lower() else ()
    sheets = [found[1] for found in styles if not _is_code(found.start(), code)]

    def cut(pattern: re.Pattern[str], why: str, source: str) -> str:
        def drop(found: re.Match[str]) -> str:
            if _is_code(found.start(), code):
                return found[0]
            gathering.hide(_MARKS.sub(" ", found[0]), why)
            return ""

        return pattern.sub(drop, source)

    for pattern, why in ((_COMMENT, "a comment"), (_NOTE, "a comment"), (_UNSHOWN, "an element that is not shown")):
        text = cut(pattern, why, text)
        code = _code_ranges(text)
    text = _without_hidden_elements(text, gathering, Sheet(sheets))
    return _without_asides(text, gathering)


def _without_asides(text: str, gathering: Gathering) -> str:
    """The text without titles of links, attributes of tags, and words behind the language of a block of code."""
    code = _code_ranges(text)

    def within(pattern: re.Pattern[str]) -> Callable[[re.Match[str]], str]:
        def mend(found: re.Match[str]) -> str:  # as in web pages, nothing is told of these
            return found[0] if _is_code(found.start(), code) else pattern.sub("", found[0])

        return mend

    text = _LINK.sub(within(_TITLE), text)
    code = _code_ranges(text)
    text = _TAG.sub(within(_TOLD), text)
    return _without_fence_words(text, gathering)


def _without_fence_words(text: str, gathering: Gathering) -> str:
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.splitlines(keepends=True)
    opened = ""
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence is None:
            continue
        rest = line[fence.end() :].split()
        if opened:
            opened = "" if not rest and fence[1].startswith(opened) else opened
        elif fence[1][0] == "~" or "`" not in line[fence.end() :]:
            opened = fence[1]
            if len(rest) > 1:
                gathering.hide(" ".join(rest[1:]), "words behind the language of a block of code")
                lines[number] = line[: line.index(rest[0], fence.end()) + len(rest[0])] + "\n" * line.endswith("\n")
    return "".join(lines)


def _is_code(at: int, code: list[tuple[int, int]]) -> bool:
    """Does a place lie in one of the ranges, which are in order and apart?"""
    found = bisect_right(code, at, key=lambda span: span[0]) - 1
    return found >= 0 and at < code[found][1]


def _code_ranges(text: str) -> list[tuple[int, int]]:
    """Fenced code and code spans."""
    ranges: list[tuple[int, int]] = []
    at, opened, start = 0, "", 0
    for line in text.splitlines(keepends=True):
        fence = _FENCE.match(line)
        if fence and not opened:
            opened, start = fence[1], at
        elif fence and fence[1].startswith(opened):
            ranges.append((start, at + len(line)))
            opened = ""
        at += len(line)
    if opened:
        ranges.append((start, at))
    ranges.extend(found.span() for found in re.finditer(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", text))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _without_hidden_elements(text: str, gathering: Gathering, sheet: Sheet) -> str:
    around: list[Look] = []
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
        elif closing:
            at = next((at for at in range(len(around) - 1, -1, -1) if around[at].tag == name), None)
            if at is not None:
                del around[at:]
        elif name not in _VOID and not tag[3].endswith("/"):
            attributes = {a[1].lower(): a[2] or a[3] or a[4] or "" for a in _ATTRIBUTE.finditer(tag[3])}
            look = sheet.look(name, attributes, around[-1] if around else None)
            reason = look.unseen
            if not reason and len(around) < 100:
                around.append(look)
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
            fenced = "" if fenced else fence[1]
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
