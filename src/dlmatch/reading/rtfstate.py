"""What holds at one point of an RTF file: properties of letters and paragraphs, and how they make text unseen."""

from __future__ import annotations

from dataclasses import dataclass

from dlmatch.reading.numerals import whole
from dlmatch.reading.visible import BLACK, RGB, WHITE, blend, why_unseen

# Twentieths of a point: lines and rows lower than 3 points clip their letters, indents of 4 inches lie off the paper.
_CLIPPED = 60
_OFF_LEFT = -5_760
_OFF_RIGHT = 24_000  # wider than an A3 page laid across


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
    first: int = 0
    pattern: int = 0  # how much of the paragraph's ground its pattern covers, in hundredths of a percent
    pattern_colour: int = 0
    letter_pattern: int = 0
    letter_pattern_colour: int = 0
    tight: bool = False
    background: bool = False  # inside the shape behind the whole page

    def copy(self) -> State:
        """The state inside a new group; written out, since it is made at each of some 10,000 braces."""
        return State(
            self.silent, self.destination, False, self.skip_after_u, self.font, self.hidden, self.deleted,
            self.colour, self.ground, self.points, self.narrow, self.raised, self.paragraph_ground,
            self.in_table, self.level, self.item, self.left, self.line_height,
            self.first, self.pattern, self.pattern_colour, self.letter_pattern, self.letter_pattern_colour, self.tight,
            self.background,
        )  # fmt: skip

    def plain(self, font: int) -> None:
        """Back to the usual letters."""
        self.raised = self.tight = False
        self.letter_pattern = self.letter_pattern_colour = 0
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
        self.first = self.pattern = self.pattern_colour = 0
        self.paragraph_ground, self.in_table, self.level, self.item, self.left, self.line_height = 0, False, 9, False, 0, 0

    def why_unseen(self, colours: list[RGB | None], around: RGB | None) -> str | None:
        """Why text here can't be seen; `around` is the ground of the cell or shape (None: unknown)."""
        if self.hidden:
            return "hidden text (\\v)"
        if self.narrow or self.tight:
            return "letters squeezed to nothing"
        if self.raised:
            return "letters moved off the page"
        if -_CLIPPED < self.line_height < 0:
            return "lines clipped to nothing"
        if min(self.left, self.left + self.first) <= _OFF_LEFT or self.left >= _OFF_RIGHT:
            return "text off the page"
        ground = _pattern(colours, self.letter_pattern, self.letter_pattern_colour, self.ground)
        ground = ground or _pattern(colours, self.pattern, self.pattern_colour, self.paragraph_ground) or around
        if ground is None:
            return why_unseen(None, WHITE, self.points)
        return why_unseen(_colour(colours, self.colour), ground, self.points)


def _pattern(colours: list[RGB | None], share: int, ink: int, paper: int) -> RGB | None:
    """The ground that a pattern of one colour on another makes; None where there is none."""
    under = _colour(colours, paper)
    return under if share <= 0 else blend(_colour(colours, ink) or BLACK, under or WHITE, share / 10_000)


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
        number = whole(value) or 0
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

    __slots__ = ("_far", "_grounds", "_low", "_painted")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """\\trowd."""
        self._grounds: list[int] = []
        self._painted = 0
        self._far = self._low = False

    @property
    def hidden(self) -> str | None:
        """Why nothing in the row can be seen."""
        return "a table off the page" if self._far else "a table row of no height" if self._low else None

    def paint(self, colour: int) -> None:
        """\\clcbpat: the ground of the cell whose \\cellx comes next."""
        self._painted = colour

    def start(self, twips: int) -> None:
        """\\trleft."""
        self._far = not -14_400 < twips < 30_000

    def define(self) -> None:
        """\\cellx."""
        if len(self._grounds) < 256:
            self._grounds.append(self._painted)
        self._painted = 0

    def height(self, twips: int) -> None:
        """\\trrh: below zero it is exact."""
        self._low = -_CLIPPED < twips < 0

    def ground(self, column: int, colours: list[RGB | None]) -> RGB | None:
        """The ground of a cell; None where it has none of its own."""
        return _colour(colours, self._grounds[column]) if column < len(self._grounds) else None
