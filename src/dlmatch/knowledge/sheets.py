"""Turns one fact sheet, Markdown with front matter, into facts with their lines, and names every fault in it.

---                                    front matter: title, publisher, document, sha256, year, region, currency, role;
...                                    `units` names multiples of the currency, such as lakh: 100000
---
## Skills: essential                   or core, in demand, beneficial, mentioned, raise pay
- Data labeling (L5 [labeling], L282)  a skill and the lines that name it; [words] where a line words it otherwise
## Facts: responsibilities             statements of any other kind
- Sees to data (L23 [data; define])    [words; words] that stand on the line
## Pay: bands                          tables; the first column names the kind of figure
| band | years | low | high | unit | note | lines |
## Left out                            lines of the document that hold no fact, with the reason
> Note: contradictions and gaps (L151)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import yaml

from dlmatch.knowledge.faults import Fault
from dlmatch.knowledge.figures import Proof, proofs_of
from dlmatch.knowledge.paytables import PayCells, columns_of, is_rule, row_of, split_row
from dlmatch.knowledge.yamllines import line_of
from dlmatch.model.skill import STRENGTHS, Citation, PayRow

FactKind = Literal["skill", "premium", "statement", "pay", "note", "left out"]
RAISE_PAY = "raise pay"
HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*\Z")
SECTION = re.compile(r"(Skills|Facts|Pay): (.+)\Z")
BULLET = re.compile(r"[-*] (.+) \((L\d.*)\)\Z")
NOTE = re.compile(r"> Note: (.+)\Z")
IN_NOTE = re.compile(r"\s*\((L\d[^()]*)\)")
FRONT: Mapping[str, re.Pattern[str]] = {
    "title": re.compile(r"."),
    "publisher": re.compile(r"."),
    "document": re.compile(r"[^/\\]+\Z"),
    "sha256": re.compile(r"[0-9a-f]{64}\Z"),
    "year": re.compile(r"(19|20)\d\d\Z"),
    "region": re.compile(r"[A-Z]{2}\Z"),
    "currency": re.compile(r"[A-Z]{3}\Z"),
    "role": re.compile(r"."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One bullet, row or note of a fact sheet."""

    seed: str
    line: int
    kind: FactKind
    section: str
    name: str
    proofs: tuple[Proof, ...]
    strength: str = ""
    row: PayRow | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What stays the same when lines shift."""
        return self.seed, self.section, self.strength if self.kind == "pay" else self.kind, self.name

    @property
    def source_lines(self) -> tuple[int, ...]:
        """The lines of the source document."""
        return tuple(proof.line for proof in self.proofs)

    @property
    def citation(self) -> Citation:
        """The fact as a citation."""
        return Citation(seed=self.seed, line=self.line, source_lines=self.source_lines, strength=self.strength)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A fact sheet."""

    seed: str  # file name within seeds/
    front: Mapping[str, str]
    units: Mapping[str, int]
    facts: tuple[Fact, ...]

    def of(self, *kinds: FactKind) -> Iterator[Fact]:
        """The facts of these kinds, in order."""
        return (fact for fact in self.facts if fact.kind in kinds)


@dataclass(slots=True)
class _Reading:
    """Where the reader of a sheet stands."""

    seed: str
    front: Mapping[str, str]
    units: Mapping[str, int]
    kind: str = ""  # Skills, Facts, Pay, Left out; "" before the first section
    section: str = ""
    part: str = ""  # the heading of the third level, if any
    columns: tuple[str, ...] | None = None
    facts: list[Fact] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, what: str) -> None:
        """Notes a fault of this line."""
        self.faults.append(Fault(f"seeds/{self.seed}:{line}", what))


def parse_sheet(seed: str, text: str) -> tuple[Sheet, tuple[Fault, ...]]:
    """The sheet and every fault in it; what is faulty is left out of the sheet."""
    lines = text.replace("\r\n", "\n").split("\n")
    front, units, body, faults = _front(seed, lines)
    reading = _Reading(seed=seed, front=front, units=units, faults=faults)
    for number in range(body, len(lines)):
        _read(reading, number + 1, lines[number].rstrip())
    sheet = Sheet(seed=seed, front=front, units=units, facts=tuple(reading.facts))
    return sheet, tuple(reading.faults)


def _front(seed: str, lines: list[str]) -> tuple[dict[str, str], dict[str, int], int, list[Fault]]:
    """Front matter, units, the index of the first line after it, faults."""
    end = next((at for at in range(1, len(lines)) if lines[at].rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        return {}, {}, 0, [Fault(f"seeds/{seed}:1", "the sheet does not begin with front matter between two lines of ---")]
    try:
        data = yaml.load("\n".join(lines[1:end]), yaml.CBaseLoader)
    except yaml.YAMLError as error:
        return {}, {}, end + 1, [Fault(f"seeds/{seed}:{1 + line_of(error)}", "the front matter is not YAML")]
    data = data if isinstance(data, dict) else {}
    faults = []
    for key, form in FRONT.items():
        if not isinstance(data.get(key), str) or not form.match(data[key]):
            faults.append(Fault(f"seeds/{seed}:1", f"the front matter's `{key}` is missing or not in its form"))
    units: dict[str, int] = {}
    given = data.pop("units", {})
    for unit, size in given.items() if isinstance(given, dict) else ():
        if str(size).isdecimal():
            units[unit] = int(size)
        else:
            faults.append(Fault(f"seeds/{seed}:1", f"the unit {unit!r} is no whole number of the currency"))
    return {key: value for key, value in data.items() if isinstance(value, str)}, units, end + 1, faults


def _read(reading: _Reading, number: int, line: str) -> None:
    if not line.startswith("|"):
        reading.columns = None
    if not line.strip():
        return
    if line.startswith("#"):
        _heading(reading, number, line)
    elif line.startswith(">"):
        _note(reading, number, line)
    elif line.startswith("|"):
        _table(reading, number, line)
    elif line.startswith(("- ", "* ")):
        _bullet(reading, number, line)
    elif reading.kind:
        reading.fault(number, "text that is neither heading, bullet, table nor `> Note:`")


def _heading(reading: _Reading, number: int, line: str) -> None:
    match = HEADING.match(line)
    if match is None:
        reading.fault(number, "a heading without words")
        return
    level, words = len(match[1]), match[2]
    if level != 2:
        reading.part = words if level > 2 else ""
        return
    section, reading.part = SECTION.match(words), ""
    if words == "Left out":
        reading.kind, reading.section = words, "reasons"
    elif section is None:
        reading.fault(number, f"the section {words!r} is none of `Skills: ...`, `Facts: ...`, `Pay: ...`, `Left out`")
        reading.kind, reading.section = "", words
    else:
        reading.kind, reading.section = section[1], section[2]
        if reading.kind == "Skills" and reading.section not in (*STRENGTHS, RAISE_PAY):
            reading.fault(number, f"no strength {reading.section!r}; there are: {', '.join((*STRENGTHS, RAISE_PAY))}")
            reading.kind = ""


def _bullet(reading: _Reading, number: int, line: str) -> None:
    match = BULLET.match(line)
    if match is None:
        reading.fault(number, "a bullet that does not end in its source lines, such as (L5, L24 [label])")
        return
    try:
        proofs = proofs_of(match[2])
    except ValueError as error:
        reading.fault(number, f"{error}")
        return
    kinds: Mapping[str, FactKind] = {"Facts": "statement", "Left out": "left out", "Skills": "skill"}
    if reading.kind not in kinds:
        reading.fault(number, "a bullet outside of a section for bullets")
        return
    kind: FactKind = "premium" if (reading.kind, reading.section) == ("Skills", RAISE_PAY) else kinds[reading.kind]
    if kind == "statement" and not all(proof.words for proof in proofs):
        reading.fault(number, "a statement's source line without [words] that stand on it")
    strength = reading.section if reading.kind == "Skills" else ""
    _keep(reading, number, kind, match[1].strip(), proofs, strength=strength)


def _note(reading: _Reading, number: int, line: str) -> None:
    match = NOTE.match(line)
    if match is None:
        reading.fault(number, "a quotation that does not begin with `> Note: `")
        return
    lines: dict[int, Proof] = {}
    try:
        for group in IN_NOTE.findall(match[1]):
            lines |= {proof.line: proof for proof in proofs_of(group)}
    except ValueError as error:
        reading.fault(number, f"{error}")
    if not lines:
        reading.fault(number, "a note without the source lines it is about, such as (L151, L167)")
    _keep(reading, number, "note", IN_NOTE.sub("", match[1]).strip(), tuple(lines.values()))


def _table(reading: _Reading, number: int, line: str) -> None:
    if reading.kind != "Pay":
        reading.fault(number, "a table outside of a section `Pay: ...`")
        return
    cells = split_row(line)
    try:
        if reading.columns is None:
            reading.columns = columns_of(cells)
        elif not is_rule(cells):
            if len(cells) != len(reading.columns):
                raise ValueError(f"the row has {len(cells)} cells and the table {len(reading.columns)} columns")
            given = PayCells(dict(zip(reading.columns, cells, strict=True)))
            row, proofs = row_of(given, reading.columns[0], reading.front.get("currency", ""), reading.units)
            _keep(reading, number, "pay", row.name, proofs, row=row, strength=row.kind)
    except ValueError as error:
        reading.columns = reading.columns or ()
        if reading.columns or not is_rule(cells):
            reading.fault(number, f"{error}")


def _keep(
    reading: _Reading,
    number: int,
    kind: FactKind,
    name: str,
    proofs: tuple[Proof, ...],
    *,
    strength: str = "",
    row: PayRow | None = None,
) -> None:
    section = " > ".join(filter(None, (f"{reading.kind}: {reading.section}", reading.part)))
    fact = Fact(seed=reading.seed, line=number, kind=kind, section=section, name=name, proofs=proofs, strength=strength, row=row)
    same = next((f for f in reading.facts if f.key == fact.key), None)
    if same is not None:
        reading.fault(number, f"{name!r} stands a second time under this heading (first at line {same.line})")
        return
    reading.facts.append(fact)
