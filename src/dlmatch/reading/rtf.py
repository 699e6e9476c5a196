"""RTF to its visible text: one loop over the tokens, a stack for the groups, no recursion."""

from __future__ import annotations

import re
from collections.abc import Callable

from dlmatch.model.document import BlockKind, Document
from dlmatch.reading.gather import Gathering
from dlmatch.reading.limits import MAX_RTF_NESTING, LimitReached, spending
from dlmatch.reading.rtfcodes import CHARACTERS, SILENT, STARRED_TEXT, STORIES
from dlmatch.reading.rtfletters import Colours, Letters, unicode_letter
from dlmatch.reading.rtfstate import Row, Shape, State
from dlmatch.reading.rtfstory import Story
from dlmatch.reading.visible import WHITE

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
    """Everything that is known at one point of the file."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.state = State()
        self.stack: list[State] = []
        self.colours = Colours()
        self.letters = Letters()
        self.unclosed = False
        self.story = Story(gathering, depth=0, kind=None, later=False, ground=WHITE, hidden=None)
        self.stories: list[Story] = []
        self.later: list[tuple[str, BlockKind]] = []
        self.shapes: list[tuple[int, Shape]] = []
        self.row = Row()
        self._waiting = bytearray()
        self._to_skip = 0
        self._fresh = False  # is this the first token of its group?
        self._property = ["", ""]
        self._first_page = self._facing = False
        self._words: dict[str, Callable[[int | None], None]] = self._table()

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
                self._text(token[4])
            elif token[5] is not None:
                self._byte(bytes((int(token[5], 16),)))
            elif token[6] is not None:
                self._symbol(token[6])
            count += 1
            if not count & 4095:
                self.gathering.budget.clock()
        self.unclosed = bool(self.stack)

    def finish(self) -> None:
        """What is still open at the end counts too."""
        while self.stories:
            self._end_story()
        self._flush()
        self.story.end(self._kind())
        for text, kind in self.later:
            self.gathering.line(text, kind)

    # Groups

    def _brace(self, opening: bool) -> None:
        self._flush()
        self._to_skip = 0
        if opening:
            if len(self.stack) >= MAX_RTF_NESTING:
                raise LimitReached("nesting", f"groups lie more than {MAX_RTF_NESTING} deep inside each other")
            self.stack.append(self.state)
            self.state = self.state.copy()
            return
        if not self.stack:
            return
        if self.state.destination == "sp" and self.shapes and self.stack[-1].destination != "sp":
            self.shapes[-1][1].say(*self._property)
            self._property = ["", ""]
        depth = len(self.stack)
        if self.stories and self.story.depth == depth:
            self._end_story()
        while self.shapes and self.shapes[-1][0] == depth:
            self.shapes.pop()
        self.state = self.stack.pop()

    def _destination(self, word: str) -> None:
        state = self.state
        if word in STORIES:
            self._begin_story(word)
        elif word == "shp":
            self.shapes.append((len(self.stack), Shape()))
        elif word == "shpinst":
            state.destination, state.silent = "shape", True
        elif word in ("sp", "sn", "sv"):
            state.destination, state.silent = word, True
        elif word in ("fldrslt", "result", "ud"):
            state.destination, state.silent = word, state.silent and state.destination not in ("object", "upr")
        elif word == "upr":
            state.destination, state.silent = "upr", True
        else:
            state.destination, state.silent = word, True

    def _begin_story(self, word: str) -> None:
        kind, later = STORIES[word]
        shown = (word != "headerf" and word != "footerf") or self._first_page
        shown = shown and ((word != "headerl" and word != "footerl") or self._facing)
        silent = self.state.silent and self.state.destination not in ("shape", "do")
        ground, hidden = self.story.ground, self.story.hidden
        if word in ("shptxt", "dptxbxtext"):
            shape = self.shapes[-1][1] if self.shapes else None
            ground = shape.ground(ground) if shape else None
            hidden = hidden or (shape.why_hidden() if shape else None)
        self.stories.append(self.story)
        self.story = Story(
            self.gathering,
            depth=len(self.stack),
            kind=None if kind == "paragraph" else kind,
            later=later,
            ground=ground,
            hidden=hidden,
        )
        self.state.silent, self.state.destination = silent or not shown, word
        self.state.new_paragraph()

    def _end_story(self) -> None:
        self._flush()
        self.story.end(self._kind())
        done, self.story = self.story, self.stories.pop()
        if done.later:
            self.later.extend(done.lines)
        else:
            for text, kind in done.lines:
                self.gathering.line(text, kind)

    # Words

    def _word(self, word: str, number: bytes | None, at: int) -> int:
        value = int(number) if number is not None else None
        if word == "bin":
            self._flush()
            return at + max(0, value or 0)
        if word == "u":
            self._unicode(value or 0)
            return at
        self._flush()
        if word in SILENT or word in STORIES or word in ("shp", "shpinst", "fldrslt", "result", "ud", "upr"):
            self._destination(word)
        elif self.state.starred and word not in STARRED_TEXT:
            self.state.destination, self.state.silent = "*", True
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])
        else:
            handler = self._words.get(word)
            if handler is not None:
                handler(value)
        self.state.starred = False
        return at

    def _table(self) -> dict[str, Callable[[int | None], None]]:
        def sets(name: str, default: object = 0) -> Callable[[int | None], None]:
            return lambda value: setattr(self.state, name, default if value is None else value)

        def turns(name: str) -> Callable[[int | None], None]:
            return lambda value: setattr(self.state, name, value != 0)

        def mixes(name: str) -> Callable[[int | None], None]:
            return lambda value: self.colours.mix(name, value or 0)

        def places(name: str) -> Callable[[int | None], None]:
            return lambda value: setattr(self.shapes[-1][1], name, value) if self.shapes else None

        return {
            "par": lambda _: self._end_paragraph(), "sect": lambda _: self._end_paragraph(),
            "page": lambda _: self._end_paragraph(),
            "column": lambda _: self._end_paragraph(), "cell": self._shown("end_cell"), "row": self._shown("end_row"),
            "nestcell": self._shown("end_nested_cell"), "nestrow": self._shown("end_nested_row"),
            "v": turns("hidden"), "deleted": turns("deleted"), "cf": sets("colour"), "cb": sets("ground"),
            "highlight": sets("ground"),
            "chcbpat": sets("ground"), "fs": lambda value: setattr(self.state, "points", (24 if value is None else value) / 2),
            "charscalex": lambda value: setattr(self.state, "narrow", value is not None and value <= 5),
            "expndtw": lambda value: setattr(self.state, "narrow", value is not None and value <= -100),
            "up": lambda value: setattr(self.state, "raised", value is not None and value >= 300),
            "dn": lambda value: setattr(self.state, "raised", value is not None and value >= 300),
            "plain": lambda _: self.state.plain(self.letters.default_font), "pard": lambda _: self.state.new_paragraph(),
            "cbpat": sets("paragraph_ground"), "intbl": lambda _: setattr(self.state, "in_table", True),
            "outlinelevel": sets("level", 9), "ls": lambda value: setattr(self.state, "item", bool(value)),
            "pnlvlblt": turns("item"), "li": sets("left"), "lin": sets("left"), "sl": sets("line_height"),
            "uc": sets("skip_after_u", 1), "f": self._font,
            "fcharset": lambda value: self._in_font_table(self.letters.charset, value),
            "cpg": lambda value: self._in_font_table(self.letters.font_page, value), "deff": self._default,
            "ansicpg": lambda value: self.letters.file_page(value or 1252),
            "mac": lambda _: self._set("mac_roman"), "pc": lambda _: self._set("cp437"), "pca": lambda _: self._set("cp850"),
            "red": mixes("red"), "green": mixes("green"), "blue": mixes("blue"),
            "trowd": lambda _: self.row.begin(), "clcbpat": lambda value: self.row.paint(value or 0),
            "cellx": lambda _: self.row.define(), "trrh": lambda value: self.row.height(value or 0),
            "titlepg": lambda _: setattr(self, "_first_page", True), "facingp": lambda _: setattr(self, "_facing", True),
            "shpleft": places("left"), "shpright": places("right"), "shptop": places("top"), "shpbottom": places("bottom"),
        }  # fmt: skip

    def _set(self, name: str) -> None:
        self.letters.encoding = name

    def _font(self, value: int | None) -> None:
        self.state.font = value or 0
        if self.state.destination == "fonttbl":
            self.letters.name_font(self.state.font)

    def _in_font_table(self, say: Callable[[int, int], None], value: int | None) -> None:
        if self.state.destination == "fonttbl":
            say(self.state.font, value or 0)

    def _default(self, value: int | None) -> None:
        self.letters.default_font = value or 0

    # Text

    def _text(self, raw: bytes) -> None:
        state = self.state
        if state.destination == "colortbl":
            self.colours.enter(raw.count(b";"))
            return
        if state.destination in ("sn", "sv"):
            self._property[state.destination == "sv"] += raw.decode("latin-1")[:100]
            return
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if not state.silent:
            self._waiting += raw

    def _byte(self, raw: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif not self.state.silent:
            self._waiting += raw

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self.state.starred = self._fresh  # only right behind the brace does it mean anything
            return
        if self._to_skip:
            self._to_skip -= 1
            return
        if sign in b"\\{}":
            if not self.state.silent:
                self._waiting += sign
            return
        self._flush()
        if sign in b"\r\n":
            self._end_paragraph()
        else:
            self._put({b"~": "\u00a0", b"_": "-", b"\t": "\t"}.get(sign, ""))

    def _unicode(self, value: int) -> None:
        self._flush()
        self._to_skip = self.state.skip_after_u
        self._put(unicode_letter(value))

    def _flush(self) -> None:
        """Bytes that wait become letters, by the code page of their font."""
        if self._waiting:
            raw = bytes(self._waiting)
            self._waiting.clear()
            self._put(self.letters.decode(raw, self.state.font))

    def _put(self, text: str) -> None:
        state, story = self.state, self.story
        if state.silent or state.deleted or not text:
            return
        ground = story.ground
        why = story.hidden
        if state.in_table:
            ground = self.row.ground(story.column, self.colours) or ground
            why = why or self.row.hidden
        story.passage.put(text, why or state.why_unseen(self.colours, ground))

    def _kind(self) -> BlockKind:
        return "heading" if self.state.level < 9 else "item" if self.state.item else "paragraph"

    def _end_paragraph(self) -> None:
        if self.state.silent:
            return
        if self.state.in_table:
            self.story.end_line_in_cell()
        else:
            self.story.end_line(self._kind())

    def _shown(self, end: str) -> Callable[[int | None], None]:
        """The end of a cell or row, where it is one of shown text."""

        def handle(value: int | None) -> None:
            if not self.state.silent:
                getattr(self.story, end)()

        return handle
