"""Writes what an RTF file says: letters in their state go to the story at hand, control words change the state."""

from __future__ import annotations

from collections.abc import Callable

from dlmatch.model.document import BlockKind
from dlmatch.reading.gather import Gathering
from dlmatch.reading.rtfletters import Colours, Letters, unicode_letter
from dlmatch.reading.rtfstate import Row, Shape, State
from dlmatch.reading.rtfstory import Story
from dlmatch.reading.visible import WHITE

Handler = Callable[[int | None], None]


class Writer:
    """State, fonts, colours and the story that text goes to."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.state = State()
        self.colours = Colours()
        self.letters = Letters()
        self.story = Story(gathering, depth=0, kind=None, later=False, ground=WHITE, hidden=None)
        self.row = Row()
        self.shapes: list[tuple[int, Shape]] = []  # open shapes, each with the depth of its group
        self.first_page = self.facing = False
        self.property = ["", ""]  # name and value of the shape property at hand
        self._waiting = bytearray()
        self._to_skip = 0
        self._words: dict[str, Handler] = self._table()

    def word(self, word: str, value: int | None) -> None:
        """A control word of letters or paragraphs; all others mean nothing here."""
        handler = self._words.get(word)
        if handler is not None:
            handler(value)

    def _table(self) -> dict[str, Handler]:
        def sets(name: str, default: object = 0) -> Handler:
            return lambda value: setattr(self.state, name, default if value is None else value)

        def turns(name: str) -> Handler:
            return lambda value: setattr(self.state, name, value != 0)

        def mixes(name: str) -> Handler:
            return lambda value: self.colours.mix(name, value or 0)

        def places(name: str) -> Handler:
            return lambda value: setattr(self.shapes[-1][1], name, value) if self.shapes else None

        return {
            "par": lambda _: self._end_paragraph(), "sect": lambda _: self._end_paragraph(),
            "page": lambda _: self._end_paragraph(),
            "column": lambda _: self._end_paragraph(), "cell": self._shown("end_cell"), "row": self._shown("end_row"),
            "nestcell": self._shown("end_nested_cell"), "nestrow": self._shown("end_nested_row"),
            "v": turns("hidden"), "deleted": turns("deleted"), "spv": turns("hidden"), "cf": sets("colour"), "cb": sets("ground"),
            "highlight": sets("ground"),
            "chcbpat": sets("ground"), "fs": lambda value: setattr(self.state, "points", (24 if value is None else value) / 2),
            "charscalex": lambda value: setattr(self.state, "narrow", value is not None and value <= 12),
            "expnd": lambda value: setattr(self.state, "tight", value is not None and value <= -20),
            "expndtw": lambda value: setattr(self.state, "tight", value is not None and value <= -100),
            "up": lambda value: setattr(self.state, "raised", value is not None and value >= 300),
            "dn": lambda value: setattr(self.state, "raised", value is not None and value >= 300),
            "plain": lambda _: self.state.plain(self.letters.default_font), "pard": lambda _: self.state.new_paragraph(),
            "cbpat": sets("paragraph_ground"), "intbl": lambda _: setattr(self.state, "in_table", True),
            "outlinelevel": sets("level", 9), "ls": lambda value: setattr(self.state, "item", bool(value)),
            "pnlvlblt": turns("item"), "li": sets("left"), "lin": sets("left"), "fi": sets("first"),
            "shading": sets("pattern"), "cfpat": sets("pattern_colour"), "chshdng": sets("letter_pattern"),
            "chcfpat": sets("letter_pattern_colour"), "sl": sets("line_height"),
            "trleft": lambda value: self.row.start(value or 0),
            "uc": sets("skip_after_u", 1), "f": self._font,
            "fcharset": lambda value: self._in_font_table(self.letters.charset, value),
            "cpg": lambda value: self._in_font_table(self.letters.font_page, value), "deff": self._default,
            "ansicpg": lambda value: self.letters.file_page(value or 1252),
            "mac": lambda _: self._set("mac_roman"), "pc": lambda _: self._set("cp437"), "pca": lambda _: self._set("cp850"),
            "red": mixes("red"), "green": mixes("green"), "blue": mixes("blue"),
            "trowd": lambda _: self.row.begin(), "clcbpat": lambda value: self.row.paint(value or 0),
            "cellx": lambda _: self.row.define(), "trrh": lambda value: self.row.height(value or 0),
            "titlepg": lambda _: setattr(self, "first_page", True), "facingp": lambda _: setattr(self, "facing", True),
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

    def text(self, raw: bytes) -> None:
        """Plain bytes."""
        state = self.state
        if state.destination == "colortbl":
            self.colours.enter(raw.count(b";"))
            return
        if state.destination in ("sn", "sv"):
            self.property[state.destination == "sv"] += raw.decode("latin-1")[:100]
            return
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if not state.silent:
            self._waiting += raw

    def byte(self, raw: bytes) -> None:
        """A byte written in hex."""
        if self._to_skip:
            self._to_skip -= 1
        elif not self.state.silent:
            self._waiting += raw

    def symbol(self, sign: bytes) -> None:
        """A control symbol."""
        if self._to_skip:
            self._to_skip -= 1
            return
        if sign in b"\\{}":
            if not self.state.silent:
                self._waiting += sign
            return
        self.flush()
        if sign in b"\r\n":
            self._end_paragraph()
        else:
            self.put({b"~": "\u00a0", b"_": "-", b"\t": "\t"}.get(sign, ""))

    def group(self) -> None:
        """A brace: what waits is written in the old state, substitutes end."""
        self.flush()
        self._to_skip = 0

    def unicode(self, value: int) -> None:
        """\\\\u, and the substitute behind it that is to be passed over."""
        self.flush()
        self._to_skip = self.state.skip_after_u
        self.put(unicode_letter(value))

    def flush(self) -> None:
        """Bytes that wait become letters, by the code page of their font."""
        if self._waiting:
            raw = bytes(self._waiting)
            self._waiting.clear()
            self.put(self.letters.decode(raw, self.state.font))

    def put(self, text: str) -> None:
        """Letters, seen or not."""
        state, story = self.state, self.story
        if state.silent or state.deleted or not text:
            return
        ground = story.ground
        why = story.hidden
        if state.in_table:
            ground = self.row.ground(story.column, self.colours) or ground
            why = why or self.row.hidden
        story.passage.put(text, why or state.why_unseen(self.colours, ground))

    def kind(self) -> BlockKind:
        """The kind of block a paragraph in this state is."""
        return "heading" if self.state.level < 9 else "item" if self.state.item else "paragraph"

    def _end_paragraph(self) -> None:
        if self.state.silent:
            return
        if self.state.in_table:
            self.story.end_line_in_cell()
        else:
            self.story.end_line(self.kind())

    def _shown(self, end: str) -> Callable[[int | None], None]:
        """The end of a cell or row, where it is one of shown text."""

        def handle(value: int | None) -> None:
            if not self.state.silent:
                getattr(self.story, end)()

        return handle
