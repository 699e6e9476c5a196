"""What holds at one point of an RTF file: properties of letters and paragraphs, and how they make text unseen."""

from __future__ import annotations

from dataclasses import dataclass

from dlmatch.reading.visible import RGB, WHITE, why_unseen

# Twentieths of a point: lines and rows lower than 3 points clip their letters, indents of 4 inches lie off the paper.
_CLIPPED = 60
_OFF_LEFT = -5_760


@dataclass(slots=True)
class State:
    """One open group. Copied at each brace, so that a closing brace takes back what was said inside."""

    silent: bool = False
    destination: str = ""
    starred: bool = False
    skip_after_u: int = 1
    font: int = -1
    hidden: bool = False
    deleted: bool = False
    colour: int = 0
    ground: int = 0
    points: float = 12.0
    narrow: bool = False
    raised: bool = False
    paragraph_ground: int = 0
    in_table: bool = False
    level: int = 9
    item: bool = False
    left: int = 0
    line_height: int = 0

    def copy(self) -> State:
        """The state inside a new group; written out, since it is made at each of some 10,000 braces."""
        return State(
            self.silent, self.destination, False, self.skip_after_u, self.font, self.hidden, self.deleted,
            self.colour, self.ground, self.points, self.narrow, self.raised, self.paragraph_ground,
            self.in_table, self.level, self.item, self.left, self.line_height,
        )  # fmt: skip

    def plain(self, font: int) -> None:
        """Back to the usual letters."""
        self.font, self.hidden, self.deleted, self.colour, self.ground, self.points, self.narrow = (
            font,
            False,
            False,
            0,
            0,
            12.0,
            False,
        )

    def new_paragraph(self) -> None:
        """Back to the usual paragraph."""
        self.paragraph_ground, self.in_table, self.level, self.item, self.left, self.line_height = 0, False, 9, False, 0, 0

    def why_unseen(self, colours: list[RGB | None], around: RGB | None) -> str | None:
        """Why text here can't be seen; `around` is the ground of the cell or shape (None: unknown)."""
        if self.hidden:
            return "hidden text (\\v)"
        if self.narrow:
            return "letters squeezed to nothing"
        if self.raised:
            return "letters moved off the page"
        if -_CLIPPED < self.line_height < 0:
            return "lines clipped to nothing"
        if self.left <= _OFF_LEFT:
            return "text off the page"
        ground = _colour(colours, self.ground) or _colour(colours, self.paragraph_ground) or around
        if ground is None:
            return why_unseen(None, WHITE, self.points)
        return why_unseen(_colour(colours, self.colour), ground, self.points)


def _colour(colours: list[RGB | None], index: int) -> RGB | None:
    return colours[index] if 0 < index < len(colours) else None


@dataclass(slots=True)
class Shape:
    """A drawing object: what its properties say so far."""

    fill: RGB = WHITE
    filled: bool = True
    unknown: bool = False
    hidden: bool = False
    left: int | None = None
    right: int | None = None
    top: int | None = None
    bottom: int | None = None

    def say(self, name: str, value: str) -> None:
        """One property: {\\sp{\\sn name}{\\sv value}}."""
        name, value = name.strip(), value.strip()
        number = int(value) if value.lstrip("-").isdigit() and len(value) < 12 else 0
        if name == "fillColor":
            self.fill = (number & 255, number >> 8 & 255, number >> 16 & 255)
        elif name == "fFilled":
            self.filled = number != 0
        elif name == "fillType":
            self.unknown = number != 0
        elif name == "fHidden":
            self.hidden = number != 0

    def ground(self, around: RGB | None) -> RGB | None:
        """The ground of the text in it."""
        if self.unknown:
            return None
        return self.fill if self.filled else around

    def why_hidden(self) -> str | None:
        """Why nothing in it can be seen."""
        if self.hidden:
            return "a hidden drawing"
        for low, high in ((self.left, self.right), (self.top, self.bottom)):
            if low is not None and high is not None:
                if high - low < _CLIPPED:
                    return "a text box of no size"
                if high < -1_440 or low > 32_000:
                    return "a text box off the page"
        return None


class Row:
    """What a table row says of its cells before their text comes."""

    __slots__ = ("_grounds", "_painted", "hidden")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """\\trowd."""
        self._grounds: list[int] = []
        self._painted = 0
        self.hidden: str | None = None

    def paint(self, colour: int) -> None:
        """\\clcbpat: the ground of the cell whose \\cellx comes next."""
        self._painted = colour

    def define(self) -> None:
        """\\cellx."""
        if len(self._grounds) < 256:
            self._grounds.append(self._painted)
        self._painted = 0

    def height(self, twips: int) -> None:
        """\\trrh: below zero it is exact."""
        self.hidden = "a table row of no height" if -_CLIPPED < twips < 0 else None

    def ground(self, column: int, colours: list[RGB | None]) -> RGB | None:
        """The ground of a cell; None where it has none of its own."""
        return _colour(colours, self._grounds[column]) if column < len(self._grounds) else None
