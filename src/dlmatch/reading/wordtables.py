"""What a cell of a Word table gives to the text in it: ground and letter properties of its table style at its place."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dlmatch.reading.numerals import hexadecimal, whole
from dlmatch.reading.visible import RGB
from dlmatch.reading.wordstyles import CONDITIONS, Said, Styles, shading

# Bits of the old tblLook value: which conditions a table uses.
_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstCol": 0x80, "lastCol": 0x100, "noHBand": 0x200, "noVBand": 0x400}
_NAMES = {
    "firstRow": "firstRow",
    "lastRow": "lastRow",
    "firstCol": "firstColumn",
    "lastCol": "lastColumn",
    "noHBand": "noHBand",
    "noVBand": "noVBand",
}


# Twentieths of a point: tables wider than this are none, so that what starts so far left of the paper stays there.
_OFF_PAGE = -14_400
_OFF_RIGHT = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How text in a cell starts out."""

    ground: RGB | None
    said: tuple[Said, ...] = ()
    hidden: str | None = None
    deleted: bool = False


class Grid:
    """A table's style, applied cell by cell."""

    def __init__(self, table: Element, styles: Styles, ground: RGB | None) -> None:
        properties = table.find("w:tblPr")
        named = properties.find("w:tblStyle") if properties is not None else None
        self._chain = styles.chain(named.get("w:val") if named is not None else None)
        self._theme = styles.theme
        own = shading(properties.find("w:shd"), styles.theme) if properties is not None else None
        self._ground = own or ground
        self.hidden = _why_off_page(properties)
        self._uses = _uses(properties.find("w:tblLook") if properties is not None else None)

    def cell(self, cell: Element, row: int, column: int, rows: int, columns: int) -> Cell:
        """The cell at this place."""
        properties = cell.find("w:tcPr")
        ground, said = self._ground, []
        for style in self._chain:
            ground = style.ground or ground
            said.append(style.run)
        for name in self._conditions(row, column, rows, columns):
            for style in self._chain:
                if name in style.conditions:
                    letters, painted = style.conditions[name]
                    said.append(letters)
                    ground = painted or ground
        hidden = None
        if properties is not None:
            ground = shading(properties.find("w:shd"), self._theme) or ground
            if properties.find("w:cellDel") is not None:
                return Cell(ground=ground, deleted=True)
            merged = properties.find("w:vMerge")
            if merged is not None and merged.get("w:val", "continue") == "continue" and row > 0:
                hidden = "a cell merged into the one above"
        return Cell(ground=ground, said=tuple(said), hidden=hidden)

    def _conditions(self, row: int, column: int, rows: int, columns: int) -> list[str]:
        if not any(style.conditions for style in self._chain):
            return []
        uses = self._uses
        first, last = row == 0 and uses["firstRow"], row == rows - 1 and uses["lastRow"]
        left, right = column == 0 and uses["firstCol"], column == columns - 1 and uses["lastCol"]
        holds = {"wholeTable": True, "firstRow": first, "lastRow": last, "firstCol": left, "lastCol": right}
        if not uses["noHBand"] and not first and not last:
            holds["band2Horz" if (row - uses["firstRow"]) % 2 else "band1Horz"] = True
        if not uses["noVBand"] and not left and not right:
            holds["band2Vert" if (column - uses["firstCol"]) % 2 else "band1Vert"] = True
        holds.update(nwCell=first and left, neCell=first and right, swCell=last and left, seCell=last and right)
        return [name for name in CONDITIONS if holds.get(name)]


def _why_off_page(properties: Element | None) -> str | None:
    """A floating or indented table may lie off the paper."""
    for tag, keys in (("w:tblpPr", ("w:tblpX", "w:tblpY")), ("w:tblInd", ("w:w",))):
        place = properties.find(tag) if properties is not None else None
        for key in keys if place is not None else ():
            at = whole(place.get(key)) if place is not None else None
            if at is not None and not _OFF_PAGE < at < _OFF_RIGHT:
                return "a table off the page"
    return None


def _uses(look: Element | None) -> dict[str, bool]:
    if look is None:
        return {"firstRow": True, "lastRow": False, "firstCol": True, "lastCol": False, "noHBand": False, "noVBand": True}
    bits = hexadecimal(look.get("w:val")) or 0
    return {
        key: look.get(f"w:{_NAMES[key]}", "1" if bits & bit else "0").lower() in ("1", "true", "on") for key, bit in _BITS.items()
    }
