"""Compares the built files with what seeds/ and the curated files give now, and names each difference by what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dlmatch.errors import TaxonomyInvalid
from dlmatch.knowledge.faults import Fault
from dlmatch.knowledge.files import BUILT, COMPILED, PAY, PROFILE, Folders, taxonomy_text
from dlmatch.knowledge.yamllines import read_yaml

CITED = re.compile(r"(?P<seed>[^:]+):(?P<line>\d+)(?P<strength>(?: (?!L\d+\b)\S+)*)(?P<lines>(?: L\d+)*)\Z")
STATED = re.compile(r"(?P<seed>[^:]+):(?P<line>\d+)(?P<lines>(?: L\d+)+) \| (?P<section>[^|]*) \| (?P<name>.*)\Z")
BUILD = "run: dlmatch taxonomy build"
Key = tuple[str, str, str, str]  # seed, what it is, where it stands, its name


@dataclass(frozen=True, slots=True)
class Said:
    """What a built file holds of one fact."""

    line: int  # of the fact sheet
    source_lines: tuple[str, ...]
    content: str = ""  # figures and notes of a row of pay


def drift(folders: Folders, now: Mapping[str, str]) -> Iterator[Fault]:
    """A fault for each fact that only one side holds or that differs, and one for each file where lines merely moved."""
    for name in BUILT:
        try:
            before = taxonomy_text(folders, name)
            if before == now[name]:
                continue
            yield from _difference(name, before, now[name])
        except TaxonomyInvalid as error:
            yield Fault(error.where, f"{error.what} {BUILD}")
        except (KeyError, TypeError, ValueError, AttributeError):
            yield Fault(f"taxonomy/{name}", f"the file is not as it was built; {BUILD}")


def _difference(name: str, before: str, now: str) -> Iterator[Fault]:
    where = f"taxonomy/{name}"
    if name == PROFILE:
        yield from _profile_difference(where, read_yaml(before, where), read_yaml(now, where))
        return
    if name == COMPILED:
        yield Fault(where, f"taxonomy/skills has changed since it was built; {BUILD}")
        return
    facts = _pay_facts if name == PAY else _cited_facts
    old, new = dict(facts(read_yaml(before, where))), dict(facts(read_yaml(now, where)))
    found = [*_gone(old, new), *_changed(old, new), *_added(old, new)]
    yield from found
    moved = [key for key in old if key in new and old[key].line != new[key].line]
    if moved:
        seeds = ", ".join(sorted({f"seeds/{key[0]}" for key in moved}))
        yield Fault(where, f"{len(moved)} facts stand on other lines of {seeds} than it says; {BUILD}")
    elif not found:
        yield Fault(where, f"the file is not as it was built; {BUILD}")


def _gone(old: Mapping[Key, Said], new: Mapping[Key, Said]) -> Iterator[Fault]:
    for key, said in old.items():
        if key not in new:
            yield Fault(
                f"seeds/{key[0]}:{said.line}",
                f"{_about(key)} is no longer stated (it was, at {_lines(said.source_lines)}); put it back or {BUILD}",
            )


def _changed(old: Mapping[Key, Said], new: Mapping[Key, Said]) -> Iterator[Fault]:
    for key, said in old.items():
        other = new.get(key)
        if other is None:
            continue
        gone = [line for line in said.source_lines if line not in other.source_lines]
        added = [line for line in other.source_lines if line not in said.source_lines]
        parts = [f"no longer rests on {_lines(gone)}"] if gone else []
        parts += [f"now rests on {_lines(added)} as well"] if added else []
        parts += [f"was {said.content} and is {other.content}"] if said.content != other.content else []
        if parts:
            yield Fault(f"seeds/{key[0]}:{other.line}", f"{_about(key)} {', '.join(parts)}; put it back or {BUILD}")


def _added(old: Mapping[Key, Said], new: Mapping[Key, Said]) -> Iterator[Fault]:
    for key, said in new.items():
        if key not in old:
            yield Fault(f"seeds/{key[0]}:{said.line}", f"{_about(key)} is stated and not built in; {BUILD}")


def _about(key: Key) -> str:
    _, what, section, name = key
    shown = name if len(name) <= 60 else f"{name[:57]}..."
    return f"{what} {shown!r}" + (f" under {section!r}" if section else "")


def _lines(lines: Iterable[str]) -> str:
    return ", ".join(lines)


def _cited_facts(data: Mapping[str, object]) -> Iterator[tuple[Key, Said]]:
    for part, what in (("skills", "the skill"), ("premiums", "the rise in pay for"), ("requirements", "the requirement")):
        cited = data[part]
        for name, citations in cited.items() if isinstance(cited, dict) else ():
            for at, text in enumerate(citations):
                match = CITED.match(text)
                if match is None:
                    raise ValueError(text)
                strength = match["strength"].strip()
                said = Said(int(match["line"]), tuple(match["lines"].split()))
                same = sum(1 for other in citations[:at] if f" {strength} L" in other and other.startswith(match["seed"]))
                yield (match["seed"], what, strength + (f" ({same + 1})" if same else ""), name), said
    for text in str(data["statements"]).splitlines():
        match = STATED.match(text)
        if match is None:
            raise ValueError(text)
        key = (match["seed"], "the statement", match["section"], match["name"])
        yield key, Said(int(match["line"]), tuple(match["lines"].split()))


def _pay_facts(data: Mapping[str, object]) -> Iterator[tuple[Key, Said]]:
    tables = data["tables"]
    for table in tables if isinstance(tables, list) else ():
        seed = table["seed"]
        head = f"{table['region']} {table['year']} {table['currency']}"
        yield (seed, "the pay table", "", head), Said(1, ())
        for row in table["rows"]:
            match = CITED.match(row["source"])
            if match is None:
                raise ValueError(row["source"])
            said = Said(int(match["line"]), tuple(match["lines"].split()), _content(row))
            yield (seed, f"the figure {row['kind']}", "", row["name"]), said


def _content(row: Mapping[str, object]) -> str:
    kept = {key: value for key, value in row.items() if key not in ("kind", "name", "source")}
    return ", ".join(f"{key} {'; '.join(value) if isinstance(value, list) else value}" for key, value in kept.items())


def _profile_difference(where: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Fault]:
    before, now = _requirements(old), _requirements(new)
    for key in [*before, *(key for key in now if key not in before)]:
        if before.get(key) == now.get(key):
            continue
        was, would_be = before.get(key), now.get(key)
        if was is None or would_be is None:
            what = "is built in and no longer asked" if would_be is None else "is asked and not built in"
            yield Fault(where, f"the requirement {key!r} {what}; {BUILD}")
            continue
        parts = [f"{name} {was.get(name)} would be {value}" for name, value in would_be.items() if was.get(name) != value]
        yield Fault(where, f"the requirement {key!r}: {', '.join(parts)}; {BUILD}")
    if before == now:
        yield Fault(where, f"the file is not as it was built; {BUILD}")


def _requirements(data: Mapping[str, object]) -> dict[str, dict[str, object]]:
    found = data["requirements"]
    return {one["id"]: one for one in found} if isinstance(found, list) else {}
