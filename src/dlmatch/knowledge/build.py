"""Turns the fact sheets and the curated files into profile.yaml, pay.yaml, citations.yaml and skills.json, as text."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dlmatch.errors import TaxonomyInvalid, UsageError
from dlmatch.knowledge.compiled import compiled_text
from dlmatch.knowledge.faults import Fault, refuse
from dlmatch.knowledge.files import CITATIONS, COMPILED, PAY, PROFILE, Folders, find_folders, seed_texts, skill_texts
from dlmatch.knowledge.load import read_skills
from dlmatch.knowledge.role import Asked, Role, read_role
from dlmatch.knowledge.sheets import Fact, Sheet, parse_sheet
from dlmatch.knowledge.weights import evidence, shares
from dlmatch.model.skill import Citation, PayRow, Skill

HEAD = "# Built from seeds/ and the curated files by: dlmatch taxonomy build. Never edited by hand.\n"
PLAIN = re.compile(r"[A-Za-z][\w.+#&/()' -]*\Z")
Cited = Mapping[str, tuple[Citation, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything the built files are made from, read and resolved."""

    sheets: tuple[Sheet, ...]
    skills: tuple[Skill, ...]
    role: Role
    cited: Cited  # skill id -> citations, in the order of the skills
    premiums: Cited
    texts: Mapping[str, str]  # the files of taxonomy/skills
    asked: Cited  # requirement id -> citations of lines that name it as a whole, such as "deep learning frameworks"


def build(folders: Folders | None = None) -> dict[str, str]:
    """The built files by name; TaxonomyInvalid with every fault of what they are built from."""
    sources, faults = gather(folders or find_folders())
    refuse(faults)
    return written(sources)


def write_built(files: Mapping[str, str], taxonomy: Path) -> tuple[str, ...]:
    """Writes the files that changed; their names."""
    changed = []
    for name, text in files.items():
        path = taxonomy / name
        try:
            if path.is_file() and path.read_bytes() == text.encode():
                continue
            path.write_bytes(text.encode())
        except OSError:
            step = "Copy taxonomy/ and seeds/ to a folder of your own and build there."
            raise UsageError("The file can't be written.", f"taxonomy/{name}", step) from None
        changed.append(name)
    return tuple(changed)


def gather(folders: Folders) -> tuple[Sources, tuple[Fault, ...]]:
    """What there is to build from, and every fault in it."""
    faults: list[Fault] = []
    sheets, sheet_faults = read_sheets(folders)
    faults += sheet_faults
    skills: tuple[Skill, ...] = ()
    texts = skill_texts(folders)
    role = Role(name="", specificity={}, asked=(), left_out={})
    try:
        skills = read_skills(texts)
    except TaxonomyInvalid as error:
        faults += located(error)
    try:
        role, role_faults = read_role(folders)
        faults += role_faults
    except TaxonomyInvalid as error:
        faults += located(error)
    skill_names, asked_names = names_of(skills), {one.name.casefold(): one.id for one in role.asked}
    if skills and role.asked:
        faults += _unknown_names(sheets, {**asked_names, **skill_names})
    sources = Sources(
        sheets=sheets,
        skills=skills,
        role=role,
        texts=texts,
        cited=_cited(sheets, skill_names, "skill"),
        premiums=_cited(sheets, skill_names, "premium"),
        asked=_cited(sheets, {name: one for name, one in asked_names.items() if name not in skill_names}, "skill"),
    )
    return sources, tuple(faults)


def _unknown_names(sheets: Iterable[Sheet], known: Collection[str]) -> list[Fault]:
    what = "is the name or an alias of no skill in taxonomy/skills, nor the name of a requirement"
    return [
        Fault(f"seeds/{fact.seed}:{fact.line}", f"{fact.name!r} {what}")
        for sheet in sheets
        for fact in sheet.of("skill", "premium")
        if fact.name.casefold() not in known
    ]


def located(error: TaxonomyInvalid) -> tuple[Fault, ...]:
    """The faults that an error carries, or the error itself as one."""
    split = [fault.split(": ", 1) for fault in error.faults]
    return tuple(Fault(where, what) for where, what in split) or (Fault(error.where, error.what),)


def read_sheets(folders: Folders) -> tuple[tuple[Sheet, ...], tuple[Fault, ...]]:
    """Every fact sheet of seeds/, and every fault in them."""
    read = [parse_sheet(name, text) for name, text in seed_texts(folders).items()]
    faults = [fault for _, found in read for fault in found]
    if not read:
        faults.append(Fault("seeds/", "there is no fact sheet in the folder"))
    return tuple(sheet for sheet, _ in read), tuple(faults)


def names_of(skills: Iterable[Skill]) -> dict[str, str]:
    """What a fact sheet may call a skill, casefolded: its name, its id, a surface form; names win over forms."""
    found: dict[str, str] = {}
    for skill in skills:
        for name in (skill.name, skill.id):
            found.setdefault(name.casefold(), skill.id)
    for skill in skills:
        for label in skill.labels:
            found.setdefault(label.casefold(), skill.id)
    return found


def _cited(sheets: Iterable[Sheet], ids: Mapping[str, str], kind: str) -> Cited:
    found: dict[str, list[Citation]] = {one: [] for one in ids.values()}
    for sheet in sheets:
        for fact in sheet.facts:
            if fact.kind == kind and fact.name.casefold() in ids:
                found[ids[fact.name.casefold()]].append(fact.citation)
    return {one: tuple(citations) for one, citations in found.items() if citations}


def written(sources: Sources) -> dict[str, str]:
    """The built files as text."""
    return {
        PROFILE: _profile_text(sources),
        PAY: _pay_text(sources.sheets),
        CITATIONS: _citations_text(sources),
        COMPILED: compiled_text(sources.skills, sources.texts),
    }


def scalar(value: object) -> str:
    """A YAML scalar: plain where nothing can be mistaken, else in double quotes."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, (int, float)) or (PLAIN.match(text) and ": " not in text and not text.endswith((" ", ":"))):
        return text
    return json.dumps(text, ensure_ascii=False)


def citation_text(citation: Citation) -> str:
    """`us-2024.md:31 essential L60 L99`; without strength where there is none."""
    lines = " ".join(f"L{line}" for line in citation.source_lines)
    return " ".join(filter(None, (f"{citation.seed}:{citation.line}", citation.strength, lines)))


def _profile_text(sources: Sources) -> str:
    role = sources.role
    found = [evidence(_named_by(asked, sources)) for asked in role.asked]
    weights = shares([value * role.specificity[asked.specificity] for value, asked in zip(found, role.asked, strict=True)])
    rows = [HEAD, f"role: {scalar(role.name)}\n", "requirements:\n"]
    for asked, value, weight in zip(role.asked, found, weights, strict=True):
        rows += [
            f"- id: {asked.id}\n",
            f"  name: {scalar(asked.name)}\n",
            f"  area: {scalar(asked.area)}\n",
            f"  skills: [{', '.join(asked.skills)}]\n",
            f"  enough: {asked.enough}\n",
            f"  partial: {scalar(asked.partial)}\n",
            f"  specificity: {asked.specificity}\n",
            f"  evidence: {float(round(value, 4)):.4f}\n",
            f"  weight: {float(weight):.2f}\n",
        ]
    return "".join(rows)


def _named_by(asked: Asked, sources: Sources) -> Iterator[Citation]:
    for skill in asked.skills:
        yield from sources.cited.get(skill, ())
        yield from sources.premiums.get(skill, ())
    yield from sources.asked.get(asked.id, ())


def _pay_text(sheets: Iterable[Sheet]) -> str:
    rows = [HEAD, "tables:\n"]
    for sheet in sheets:
        facts = list(sheet.of("pay"))
        if not facts:
            continue
        rows += [f"- region: {scalar(sheet.front.get('region', ''))}\n", f"  year: {sheet.front.get('year', '')}\n"]
        rows += [f"  currency: {sheet.front.get('currency', '')}\n", f"  seed: {scalar(sheet.seed)}\n", "  rows:\n"]
        rows += [f"  - {{{_row_text(fact)}}}\n" for fact in facts]
    return "".join(rows)


def _row_text(fact: Fact) -> str:
    row = fact.row
    assert row is not None  # facts of this kind have one
    source = Citation(seed=fact.seed, line=fact.line, source_lines=fact.source_lines, strength="")
    cells: dict[str, str] = {"kind": row.kind, "name": scalar(row.name)}
    cells |= {key: f"{value:g}" if value < 1e5 else f"{value:.0f}" for key, value in _amounts(row).items()}
    cells |= {"unit": scalar(row.unit)} if row.unit else {}
    cells |= {key: str(value) for key, value in (("years_from", row.years_from), ("years_to", row.years_to)) if value is not None}
    cells |= {"open_ended": "true"} if row.open_ended else {}
    cells |= {"period": row.period} if row.period != "year" else {}
    cells |= {"aliases": _list(row.aliases)} if row.aliases else {}
    cells |= {"states": _list(row.states)} if row.states else {}
    cells |= {"note": json.dumps(row.note, ensure_ascii=False)} if row.note else {}
    cells["source"] = json.dumps(citation_text(source), ensure_ascii=False)
    return ", ".join(f"{key}: {value}" for key, value in cells.items())


def _amounts(row: PayRow) -> dict[str, float]:
    return {key: value for key, value in (("low", row.low), ("high", row.high)) if value is not None}


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(json.dumps(text, ensure_ascii=False) for text in texts)}]"


def _citations_text(sources: Sources) -> str:
    rows = [HEAD]
    for key, cited in (("skills", sources.cited), ("premiums", sources.premiums), ("requirements", sources.asked)):
        rows.append(f"{key}:\n" if cited else f"{key}: {{}}\n")
        for skill, citations in cited.items():
            rows.append(f"  {skill}:\n")
            rows += [f"  - {citation_text(citation)}\n" for citation in citations]
    return "".join([*rows, *_statements(sources.sheets)])


def _statements(sheets: Iterable[Sheet]) -> Iterable[str]:
    """What the sheets state besides skills and pay, one a line, so that a deleted statement is noticed too."""
    yield "statements: |\n"
    for sheet in sheets:
        for fact in sheet.of("statement", "note", "left out"):
            lines = " ".join(f"L{line}" for line in fact.source_lines)
            yield f"  {fact.seed}:{fact.line} {lines} | {fact.section} | {fact.name}\n"
