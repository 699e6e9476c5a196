"""Turns the words of a page into text: lines in reading order, paragraphs, and the place of every word."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from dlmatch.model.document import Block, BlockKind, Place
from dlmatch.reading.columns import Order
from dlmatch.reading.page import Glyphs
from dlmatch.reading.segments import Line, Segment, segments_of
from dlmatch.reading.words import Word, words_of

# Distance of two baselines, in ems, over which a new paragraph begins; and how much more than the usual one it must be.
_LOOSE, _LOOSER = 1.9, 1.3
_HEADING_LETTERS, _HEADING_LARGER = 60, 1.12
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]$")
_SENTENCE_END = (".", ",", ";", ":")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of one page with its blocks and places, counted from the page's first character."""

    text: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...]
    words: int


def page_text(glyphs: Glyphs, number: int) -> PageText:
    """The page's text in reading order. Text that runs across the page comes after the rest."""
    lines: list[Line] = []
    for _, words in words_of(glyphs):
        shift = lines[-1].region + 1 if lines else 0
        turned = Order().read(segments_of(words))
        for line in turned:
            line.region += shift
        lines += turned
    return _written(_paragraphs(lines), number)


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Lines that belong together."""
    usual = _usual_distance(lines)
    found: list[list[Line]] = []
    for line in lines:
        if not found or _breaks(found[-1][-1], line, usual):
            found.append([])
        found[-1].append(line)
    return found


def _usual_distance(lines: list[Line]) -> float:
    """The commonest distance of baselines, in ems."""
    steps = Counter(
        round((two.base - one.base) / max(two.cells[0].size, 0.1), 1)
        for one, two in itertools.pairwise(lines)
        if one.region == two.region and 0 < two.base - one.base < 3 * two.cells[0].size
    )
    return steps.most_common(1)[0][0] if steps else 1.2


def _breaks(one: Line, two: Line, usual: float) -> bool:
    before, after = one.cells[0], two.cells[0]
    size = max(min(before.size, after.size), 0.1)
    step = (two.base - one.base) / size
    # Cuts of the page may fall inside a paragraph; a line right under another, on one edge, goes on.
    goes_on = abs(before.x0 - after.x0) < 0.3 * size and 0 < step < 1.1 * usual
    if _starts_item(after) or (one.region != two.region and not goes_on):
        return True
    if step < 0 or step > _LOOSE or step > _LOOSER * usual:
        return True
    return max(before.size, after.size) > _HEADING_LARGER * size or (before.bold != after.bold and len(one.cells) == 1)


def _starts_item(part: Segment) -> bool:
    return part.is_item or (len(part.words) > 1 and bool(_NUMBERED.match(part.words[0].text)))


def _written(paragraphs: list[list[Line]], number: int) -> PageText:
    body = _body_size(paragraphs)
    pieces: list[str] = []
    blocks: list[Block] = []
    places: list[Place] = []
    length = words = 0
    for paragraph in paragraphs:
        if pieces:
            pieces.append("\n\n")
            length += 2
        start = length
        for at, line in enumerate(paragraph):
            if at:
                pieces.append("\n")
                length += 1
            for cell_at, cell in enumerate(line.cells + line.notes):
                if cell_at:
                    pieces.append("\t")
                    length += 1
                length = _write_words(cell.words, pieces, places, length, number)
                words += len(cell.words)
        blocks.append(Block(start=start, end=length, kind=_kind(paragraph, body), page=number))
    return PageText(text="".join(pieces), blocks=tuple(blocks), places=tuple(places), words=words)


def _write_words(words: list[Word], pieces: list[str], places: list[Place], length: int, number: int) -> int:
    for at, word in enumerate(words):
        if at:
            pieces.append(" ")
            length += 1
        end = length + len(word.text)
        places.append(Place(start=length, end=end, page=number, bbox=word.box))
        pieces.append(word.text)
        length = end
    return length


def _body_size(paragraphs: list[list[Line]]) -> float:
    """The size most letters have."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        for line in paragraph:
            for cell in line.cells:
                sizes[round(cell.size, 1)] += cell.letters
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def _kind(paragraph: list[Line], body: float) -> BlockKind:
    first = paragraph[0].cells[0]
    if _starts_item(first):
        return "item"
    if len(paragraph) == 1 and len(paragraph[0].cells) == 1 and _is_heading(first, body):
        return "heading"
    return "cell" if all(len(line.cells) > 2 for line in paragraph) else "paragraph"


def _is_heading(part: Segment, body: float) -> bool:
    """Short, without a full stop, and set off by size, weight or capitals."""
    text = part.text
    if part.letters > _HEADING_LETTERS or text.endswith(_SENTENCE_END[:3]) or not any(map(str.isalpha, text)):
        return False
    return part.size > _HEADING_LARGER * body or part.bold or (text.isupper() and part.letters > 3)
