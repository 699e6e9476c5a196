"""The skills of taxonomy/skills as JSON that loads in a few milliseconds, beside the digest of the files it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from dlmatch.knowledge.files import digest
from dlmatch.knowledge.phrasebook import from_plain, phrasebook_of, plain
from dlmatch.model.phrasebook import Phrasebook
from dlmatch.model.skill import Context, Decoy, Skill

DEFAULTS: Mapping[type, Mapping[str, Any]] = {
    kind: {one.name: one.default for one in fields(kind)} for kind in (Skill, Context, Decoy)
}


def skills_digest(texts: Mapping[str, str]) -> str:
    """The digest of the files' texts."""
    return digest({name: text.encode() for name, text in texts.items()})


def compiled_text(skills: Sequence[Skill], texts: Mapping[str, str]) -> str:
    """The built file: one skill a line, what has its default left out."""
    rows = ",\n".join(json.dumps(_plain(skill), ensure_ascii=False) for skill in skills)
    note = "Built from skills/*.yaml by: dlmatch taxonomy build. Never edited by hand."
    book = ",\n".join(f"{json.dumps(key)}: {_compact(value)}" for key, value in plain(phrasebook_of(skills)).items())
    head = f'"note": "{note}",\n"made_from": "{skills_digest(texts)}"'
    return f'{{{head},\n"skills": [\n{rows}\n],\n"book": {{\n{book}\n}}}}\n'


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def compiled_skills(text: str, texts: Mapping[str, str]) -> tuple[tuple[Skill, ...], Phrasebook] | None:
    """The skills and their phrasebook, if the built file was made from just these texts; else None: read the texts."""
    if f'"made_from": "{skills_digest(texts)}"' not in text[:400]:
        return None
    try:
        given = json.loads(text)
        return tuple(_skill(one) for one in given["skills"]), from_plain(given["book"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if type(value) in DEFAULTS:
        defaults = DEFAULTS[type(value)]
        return {name: _plain(getattr(value, name)) for name, default in defaults.items() if getattr(value, name) != default}
    return value


def _skill(given: dict[str, Any]) -> Skill:
    contexts = tuple(Context(**_tuples(one)) for one in given.pop("contexts", ()))
    decoys = tuple(Decoy(**one) for one in given.pop("decoys", ()))
    return Skill(**_tuples(given), contexts=contexts, decoys=decoys)


def _tuples(given: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if type(value) is list else value for key, value in given.items()}
