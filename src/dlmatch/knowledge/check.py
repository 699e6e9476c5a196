"""Finds every fault of taxonomy/ and seeds/ at once, each with its file and line: what `dlmatch taxonomy check` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dlmatch.errors import TaxonomyInvalid
from dlmatch.knowledge.build import Sources, gather, located, written
from dlmatch.knowledge.drift import drift
from dlmatch.knowledge.entries import Entry, read_entries
from dlmatch.knowledge.faults import Fault
from dlmatch.knowledge.files import SKILLS, Folders, find_folders, skill_texts
from dlmatch.knowledge.phrases import expand
from dlmatch.knowledge.role import WHERE, Role
from dlmatch.knowledge.spelling import key_of

MOST_FORMS = 400  # of a phrase that are compared; longer lists differ in their inflections only
Form = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owner:
    """A skill that names a form, and where."""

    id: str
    phrase: str
    where: str
    shared: frozenset[str]


def check(folders: Folders | None = None) -> tuple[Fault, ...]:
    """Every fault, sorted by place; nothing where all is well."""
    folders = folders or find_folders()
    faults: list[Fault] = []
    entries, entry_faults = read_entries(skill_texts(folders))
    faults += entry_faults
    sources, source_faults = gather(folders)
    # the skills were read above, with more exact places
    faults += (fault for fault in source_faults if not entry_faults or not fault.where.startswith(f"taxonomy/{SKILLS}/"))
    faults += _twice(entries)
    faults += _unknown_shared(entries)
    faults += _shared_forms(entries)
    faults += _unknown_in_role(sources.role, entries)
    if not entry_faults:
        faults += _homeless(sources.role, entries)
    faults += _unnamed(sources, entries)
    if not any(fault.where.startswith("seeds/") for fault in source_faults) and sources.skills and sources.role.asked:
        faults += drift(folders, written(sources))
    faults += _loads(folders)
    return tuple(sorted(dict.fromkeys(faults), key=_order))


def _order(fault: Fault) -> tuple[str, int, str]:
    file, _, line = fault.where.rpartition(":")
    return (file, int(line), fault.what) if line.isdecimal() else (fault.where, 0, fault.what)


def _twice(entries: Iterable[Entry]) -> Iterator[Fault]:
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    for entry in entries:
        for kind, key, seen in (("id", entry.skill.id, ids), ("name", entry.skill.name.casefold(), names)):
            if key in seen:
                yield Fault(entry.where(), f"the {kind} {key!r} stands a second time (first at {seen[key]})")
            seen.setdefault(key, entry.where())


def _unknown_shared(entries: tuple[Entry, ...]) -> Iterator[Fault]:
    known = {entry.skill.id for entry in entries}
    for entry in entries:
        for at, other in enumerate(entry.skill.shared):
            if other not in known:
                yield Fault(entry.where("shared", at), f"{entry.skill.id!r} shares with {other!r}, and there is no such skill")


def _shared_forms(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Aliases that two skills name without saying so in `shared`."""
    owners: dict[Form, dict[str, _Owner]] = defaultdict(dict)
    for entry in entries:
        for key, phrases in (("aliases", entry.skill.aliases), ("exact", entry.skill.exact)):
            for at, phrase in enumerate(phrases):
                owner = _Owner(id=entry.skill.id, phrase=phrase, where=entry.where(key, at), shared=frozenset(entry.skill.shared))
                for form in forms(phrase, exact=key == "exact"):
                    owners[form].setdefault(entry.skill.id, owner)
    told: set[tuple[str, str]] = set()
    for named in owners.values():
        first, *rest = named.values()
        for other in rest:
            if other.id in first.shared or first.id in other.shared or (first.where, other.where) in told:
                continue
            told.add((first.where, other.where))
            what = f"the alias {other.phrase!r} of {other.id!r} is an alias of {first.id!r} too ({first.where})"
            yield Fault(other.where, f"{what}; take it from one of them or name the other in `shared`")


def forms(phrase: str, *, exact: bool = False) -> frozenset[Form]:
    """The word sequences a phrase claims whole, spelling folded; of a phrase with gaps or unclaimed words none."""
    pattern = expand(phrase)
    if len(pattern.parts) > 1:
        return frozenset()
    found = [words for words in pattern.parts[0][:MOST_FORMS] if all(word.claimed for word in words)]
    if exact:  # R and r may differ: an exact form only meets exact forms
        return frozenset(("=", *(word.text for word in words)) for words in found)
    return frozenset(tuple(key_of(word.text.lower()) for word in words) for words in found)


def _unknown_in_role(role: Role, entries: Iterable[Entry]) -> Iterator[Fault]:
    known = {entry.skill.id for entry in entries}
    for asked in role.asked:
        for skill in asked.skills:
            if skill not in known:
                yield Fault(f"{WHERE}:{asked.line}", f"the requirement {asked.id!r} names {skill!r}, and there is no such skill")
    for skill in role.left_out:
        if skill not in known:
            yield Fault(f"{WHERE}:$.left_out", f"`left_out` names {skill!r}, and there is no such skill")


def _homeless(role: Role, entries: Iterable[Entry]) -> Iterator[Fault]:
    """Skills that stand in no requirement and are not left out with a reason; extensions may."""
    homes = {skill for asked in role.asked for skill in asked.skills} | set(role.left_out)
    for entry in entries:
        if role.asked and entry.skill.id not in homes and not entry.skill.extension:
            what = f"the skill {entry.skill.id!r} stands in no requirement"
            yield Fault(entry.where(), f"{what}; put it in one, or under `left_out` with the reason, in {WHERE}")


def _unnamed(sources: Sources, entries: Iterable[Entry]) -> Iterator[Fault]:
    for entry in entries:
        if sources.sheets and not entry.skill.extension and entry.skill.id not in {**sources.cited, **sources.premiums}:
            what = f"no fact sheet names the skill {entry.skill.id!r}"
            yield Fault(entry.where(), f"{what}; cite it in seeds/, or give the reason under `extension`")


def _loads(folders: Folders) -> Iterator[Fault]:
    """What still keeps the taxonomy from being loaded, language.yaml among it."""
    from dlmatch.knowledge.load import load_language, load_taxonomy

    for load in (load_taxonomy, load_language):
        try:
            load(folders.taxonomy)
        except TaxonomyInvalid as error:
            if not error.faults:
                yield from located(error)
