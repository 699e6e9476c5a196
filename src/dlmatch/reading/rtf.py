"""RTF to its visible text: one loop over the tokens, a stack for the groups, no recursion."""

from __future__ import annotations

import re

from dlmatch.model.document import BlockKind, Document
from dlmatch.reading.gather import Gathering
from dlmatch.reading.limits import MAX_RTF_NESTING, LimitReached, spending
from dlmatch.reading.rtfcodes import CHARACTERS, SILENT, STARRED_TEXT, STORIES
from dlmatch.reading.rtfstate import Shape, State
from dlmatch.reading.rtfstory import Story
from dlmatch.reading.rtfwriter import Writer

MEDIA_TYPE = "application/rtf"
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?\d* ?|([{}])|([^\\{}\r\n]{1,65536})|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|[\r\n]+|.", re.S
)


def read_rtf(data: bytes, name: str) -> Document:
    """RTF from bytes."""
    with spending() as budget:
        gathering = Gathering(budget)
        reader = _Reader(gathering)

        def read() -> None:
            try:
                reader.read(data)
            finally:
                reader.finish()

        gathering.run(read)
        if reader.unclosed:
            gathering.warn("damaged", "The file ends in the middle; what could be read of it is here.")
        return gathering.document("rtf", MEDIA_TYPE)


class _Reader:
    """The groups of a file, and what each of them is for."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.writer = Writer(gathering)
        self.stack: list[State] = []
        self.stories: list[Story] = []
        self.later: list[tuple[str, BlockKind]] = []
        self.unclosed = False
        self._fresh = False  # is this the first token of its group?

    def read(self, data: bytes) -> None:
        at, size, count = 0, len(data), 0
        opened = False
        match = _TOKEN.match
        while at < size:
            token = match(data, at)
            if token is None:
                break
            at = token.end()
            self._fresh, opened = opened, False
            word = token[1]
            if word is not None:
                at = self._word(word.decode("ascii"), token[2], at)
            elif token[3] is not None:
                opened = token[3] == b"{"
                self._brace(opened)
                if not self.stack and token[3] == b"}":
                    break
            elif token[4] is not None:
                self.writer.text(token[4])
            elif token[5] is not None:
                self.writer.byte(bytes((int(token[5], 16),)))
            elif token[6] is not None:
                if token[6] == b"*":  # only right behind the brace does it mean anything
                    self.writer.state.starred = self._fresh
                else:
                    self.writer.symbol(token[6])
            count += 1
            if not count & 4095:
                self.gathering.budget.clock()
        self.unclosed = bool(self.stack)

    def finish(self) -> None:
        """What is still open at the end counts too."""
        while self.stories:
            self._end_story()
        self.writer.flush()
        self.writer.story.end(self.writer.kind())
        for text, kind in self.later:
            self.gathering.line(text, kind)

    # Groups

    def _brace(self, opening: bool) -> None:
        self.writer.group()
        if opening:
            if len(self.stack) >= MAX_RTF_NESTING:
                raise LimitReached("nesting", f"groups lie more than {MAX_RTF_NESTING} deep inside each other")
            self.stack.append(self.writer.state)
            self.writer.state = self.writer.state.copy()
            return
        if not self.stack:
            return
        if self.writer.state.destination == "sp" and self.writer.shapes and self.stack[-1].destination != "sp":
            self.writer.shapes[-1][1].say(*self.writer.property)
            self.writer.property = ["", ""]
        depth = len(self.stack)
        if self.stories and self.writer.story.depth == depth:
            self._end_story()
        while self.writer.shapes and self.writer.shapes[-1][0] == depth:
            self.writer.shapes.pop()
        self.writer.state = self.stack.pop()

    def _destination(self, word: str) -> None:
        state = self.writer.state
        if word in STORIES:
            self._begin_story(word)
        elif word == "shp":
            self.writer.shapes.append((len(self.stack), Shape()))
        elif word == "shpinst":
            state.destination, state.silent = "shape", True
        elif word in ("sp", "sn", "sv"):
            state.destination, state.silent = word, True
        elif word in ("fldrslt", "result", "ud"):
            state.destination, state.silent = word, state.silent and state.destination not in ("object", "upr")
        elif word == "background":
            state.destination, state.silent, state.background = word, True, True
        elif word == "upr":
            state.destination, state.silent = "upr", True
        else:
            state.destination, state.silent = word, True

    def _begin_story(self, word: str) -> None:
        kind, later = STORIES[word]
        shown = (word != "headerf" and word != "footerf") or self.writer.first_page
        shown = shown and ((word != "headerl" and word != "footerl") or self.writer.facing)
        silent = self.writer.state.silent and self.writer.state.destination not in ("shape", "do")
        silent = silent or self.writer.state.background
        ground, hidden = self.writer.story.ground, self.writer.story.hidden
        if word in ("shptxt", "dptxbxtext"):
            shape = self.writer.shapes[-1][1] if self.writer.shapes else None
            ground = shape.ground(ground) if shape else None
            hidden = hidden or (shape.why_hidden() if shape else None)
        self.stories.append(self.writer.story)
        self.writer.story = Story(
            self.gathering,
            depth=len(self.stack),
            kind=None if kind == "paragraph" else kind,
            later=later,
            ground=ground,
            hidden=hidden,
        )
        self.writer.state.silent, self.writer.state.destination = silent or not shown, word
        self.writer.state.new_paragraph()

    def _end_story(self) -> None:
        self.writer.flush()
        self.writer.story.end(self.writer.kind())
        done, self.writer.story = self.writer.story, self.stories.pop()
        if done.later:
            self.later.extend(done.lines)
        else:
            for text, kind in done.lines:
                self.gathering.line(text, kind)

    # Words

    def _word(self, word: str, number: bytes | None, at: int) -> int:
        value = int(number) if number is not None else None
        if word == "bin":
            self.writer.flush()
            return at + max(0, value or 0)
        if word == "u":
            self.writer.unicode(value or 0)
            return at
        self.writer.flush()
        if word in SILENT or word in STORIES or word in ("shp", "shpinst", "fldrslt", "result", "ud", "upr"):
            self._destination(word)
        elif self.writer.state.starred and word not in STARRED_TEXT:
            self.writer.state.destination, self.writer.state.silent = "*", True
        elif word in CHARACTERS:
            self.writer.put(CHARACTERS[word])
        else:
            self.writer.word(word, value)
        self.writer.state.starred = False
        return at
