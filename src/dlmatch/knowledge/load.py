"""Turns the files of taxonomy/ into the Taxonomy that the matcher and the judges use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from dlmatch.errors import TaxonomyInvalid
from dlmatch.knowledge.compiled import compiled_skills
from dlmatch.knowledge.faults import Fault, refuse
from dlmatch.knowledge.files import (
    CITATIONS,
    COMPILED,
    LANGUAGE,
    PAY,
    PROFILE,
    SKILLS,
    Folders,
    find_folders,
    folder_digest,
    skill_texts,
    taxonomy_text,
)
from dlmatch.knowledge.language import Language, language_of
from dlmatch.knowledge.phrases import plain_texts
from dlmatch.knowledge.yamllines import Lines, read_yaml
from dlmatch.model.phrasebook import Phrasebook
from dlmatch.model.skill import Citation, Context, Decoy, PayRow, PayTable, Profile, Requirement, Skill, Taxonomy

Entry = Mapping[str, Any]
Cited = Mapping[str, tuple[Citation, ...]]
Made = TypeVar("Made")
TEXTS_OF_SKILL = ("id", "name", "category", "note")
LISTS_OF_SKILL = ("aliases", "exact", "shared")
OPTIONS_OF_SKILL = ("esco", "onet", "extension")
KEYS_OF_SKILL = frozenset({*TEXTS_OF_SKILL, *LISTS_OF_SKILL, *OPTIONS_OF_SKILL, "contexts", "decoys", "personal"})
LISTS_OF_CONTEXT = ("near", "sections", "never_near", "yes", "no")


def load_taxonomy(taxonomy: Path | None = None, seeds: Path | None = None) -> Taxonomy:
    """The taxonomy of a folder, or of the package; TaxonomyInvalid with every fault in its place."""
    folders = find_folders(taxonomy, seeds)
    skills, book = _skills_and_book(folders)
    citations = read_yaml(taxonomy_text(folders, CITATIONS), f"taxonomy/{CITATIONS}")
    named = _made(f"taxonomy/{CITATIONS}", lambda: _citations(citations["skills"]))
    premiums = _made(f"taxonomy/{CITATIONS}", lambda: _citations(citations["premiums"]))
    whole = _made(f"taxonomy/{CITATIONS}", lambda: _citations(citations["requirements"]))
    return Taxonomy(
        skills=skills,
        profile=_profile(folders, dict(named), dict(whole)),
        pay=_pay(folders),
        citations=named,
        premiums=premiums,
        digest=folder_digest(folders.taxonomy),
        seeds_digest=folder_digest(folders.seeds),
        phrasebook=book,
    )


def load_language(taxonomy: Path | None = None) -> Language:
    """The wordings of a folder's language.yaml; the package's own where the folder has none."""
    folders = find_folders(taxonomy)
    if not (folders.taxonomy / LANGUAGE).is_file():
        folders = find_folders()
    data = read_yaml(taxonomy_text(folders, LANGUAGE), f"taxonomy/{LANGUAGE}")
    return _made(f"taxonomy/{LANGUAGE}", lambda: language_of(data))


def load_skills(folders: Folders) -> tuple[Skill, ...]:
    """The skills of taxonomy/skills, files and entries in order; from skills.json where that was made from these files."""
    return _skills_and_book(folders)[0]


def _skills_and_book(folders: Folders) -> tuple[tuple[Skill, ...], Phrasebook | None]:
    texts = skill_texts(folders)
    built = folders.taxonomy / COMPILED
    compiled = compiled_skills(taxonomy_text(folders, COMPILED), texts) if built.is_file() else None
    return (read_skills(texts), None) if compiled is None else compiled


def read_skills(texts: Mapping[str, str]) -> tuple[Skill, ...]:
    """The skills of these files; TaxonomyInvalid with every fault."""
    found: list[Skill] = []
    faults: list[Fault] = []
    for name, text in texts.items():
        where = f"taxonomy/{SKILLS}/{name}"
        try:
            entries = read_yaml(text, where)
        except TaxonomyInvalid as error:
            faults.append(Fault(error.where, error.what))
            continue
        for at, entry in enumerate(entries or ()):
            try:
                found.append(skill_of(entry))
            except (KeyError, TypeError, ValueError, AttributeError) as error:  # a PhraseError is a ValueError
                faults.append(Fault(f"{where}:{Lines(text).of((at,))}", f"a skill that is not in its form: {error}"))
    refuse(faults)
    return tuple(found)


def skill_of(entry: Entry) -> Skill:
    """An entry of taxonomy/skills as a skill."""
    unknown = sorted(set(entry) - KEYS_OF_SKILL)
    if unknown:
        raise ValueError(f"unknown keys {', '.join(unknown)}")
    texts = {key: _text(entry.get(key, "")) for key in TEXTS_OF_SKILL}
    lists = {key: _texts(entry.get(key)) for key in LISTS_OF_SKILL}
    options = {key: _option(entry.get(key)) for key in OPTIONS_OF_SKILL}
    if not (texts["id"] and texts["name"] and texts["category"]):
        raise KeyError("id, name and category")
    return Skill(
        **texts,  # type: ignore[arg-type]  # the keys are those above
        **lists,  # type: ignore[arg-type]  # likewise
        **options,  # type: ignore[arg-type]  # likewise
        contexts=tuple(_context(given) for given in _several(entry.get("contexts"))),
        decoys=tuple(_decoy(given) for given in _several(entry.get("decoys"))),
        personal=_truth(entry.get("personal", "false")),
        labels=_labels(texts["name"], (*lists["aliases"], *lists["exact"])),
    )


def _labels(name: str, phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((name, *(text for phrase in phrases for text in plain_texts(phrase)))))


def _context(given: Entry | str) -> Context:
    if isinstance(given, str):
        return Context(phrase=given)
    rest = {key: value for key, value in given.items() if key not in LISTS_OF_CONTEXT}
    lists = {key: _texts(given.get(key)) for key in LISTS_OF_CONTEXT}
    return Context(
        phrase=_text(rest.pop("phrase")),
        exact=_truth(rest.pop("exact", "false")),
        within=int(rest.pop("within", 8)),
        in_list=_truth(rest.pop("in_list", "false")),
        whole_item=_truth(rest.pop("whole_item", "false")),
        why=_text(rest.pop("why", "")),
        **lists,
        **rest,
    )


def _decoy(given: Entry | str) -> Decoy:
    if isinstance(given, str):
        return Decoy(phrase=given, why="")
    rest = dict(given)
    return Decoy(
        phrase=_text(rest.pop("phrase")), why=_text(rest.pop("why", "")), exact=_truth(rest.pop("exact", "false")), **rest
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a list or mapping where a text should be")
    return value


def _option(value: Any) -> str | None:
    return None if value in (None, "", "null", "~") else _text(value)


def _several(value: Any) -> Sequence[Any]:
    if value in (None, "", "null", "~"):
        return ()
    if isinstance(value, list):
        return value
    raise TypeError("a text or mapping where a list should be")


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(item) for item in _several(value))


def _truth(value: Any) -> bool:
    if value not in ("true", "false"):
        raise ValueError(f"{value!r} where true or false should be")
    return bool(value == "true")


def _number(value: Any) -> float | None:
    return None if value in (None, "", "null") else float(value)


def _whole(value: Any) -> int | None:
    return None if value in (None, "", "null") else int(value)


def _made(where: str, make: Callable[[], Made]) -> Made:
    try:
        return make()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        what = f"The file is not in its form ({type(error).__name__}: {error})."
        raise TaxonomyInvalid(what, where, "Build it again with: dlmatch taxonomy build") from None


def citation_of(text: str) -> Citation:
    """`us-2024.md:31 essential L60 L99` as a citation."""
    place, *words = text.split(" ")
    seed, _, line = place.rpartition(":")
    lines = [word for word in words if word[0] == "L" and word[1:].isdecimal()]
    strength = " ".join(words[: len(words) - len(lines)])
    return Citation(seed=seed, line=int(line), source_lines=tuple(int(word[1:]) for word in lines), strength=strength)


def _citations(given: Mapping[str, Sequence[str]] | str) -> tuple[tuple[str, tuple[Citation, ...]], ...]:
    if isinstance(given, str):  # an empty mapping
        return ()
    return tuple((skill, tuple(citation_of(text) for text in texts)) for skill, texts in given.items())


def _profile(folders: Folders, citations: Cited, whole: Cited) -> Profile:
    where = f"taxonomy/{PROFILE}"
    data = read_yaml(taxonomy_text(folders, PROFILE), where)

    def requirement(given: Entry) -> Requirement:
        return Requirement(
            id=given["id"],
            name=given["name"],
            area=given["area"],
            skills=_texts(given["skills"]),
            enough=int(given["enough"]),
            partial=_truth(given["partial"]),
            weight=float(given["weight"]),
            sources=(*(c for skill in given["skills"] for c in citations.get(skill, ())), *whole.get(given["id"], ())),
        )

    return _made(where, lambda: Profile(role=data["role"], requirements=tuple(map(requirement, data["requirements"]))))


def _pay(folders: Folders) -> tuple[PayTable, ...]:
    where = f"taxonomy/{PAY}"
    data = read_yaml(taxonomy_text(folders, PAY), where)

    def row(given: Entry) -> PayRow:
        return PayRow(
            kind=given["kind"],
            name=given["name"],
            low=_number(given.get("low")),
            high=_number(given.get("high")),
            unit=given.get("unit", ""),
            years_from=_whole(given.get("years_from")),
            years_to=_whole(given.get("years_to")),
            open_ended=_truth(given.get("open_ended", "false")),
            period=given.get("period", "year"),
            note=given.get("note", ""),
            source=citation_of(given["source"]),
            aliases=_texts(given.get("aliases")),
            states=_texts(given.get("states")),
        )

    def table(given: Entry) -> PayTable:
        return PayTable(
            region=given["region"],
            year=int(given["year"]),
            currency=given["currency"],
            seed=given["seed"],
            rows=tuple(row(item) for item in given["rows"]),
        )

    return _made(where, lambda: tuple(table(given) for given in _several(data.get("tables"))))
