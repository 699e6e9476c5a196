"""From a document to the skills it names, with the words that name them, and to what only looked like one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dlmatch.finding.candidates import Candidate, in_text_order
from dlmatch.finding.context import Surroundings
from dlmatch.finding.matcher import Matcher
from dlmatch.finding.named import Named
from dlmatch.finding.need import need_of
from dlmatch.finding.sections import Section, runs_on
from dlmatch.finding.sentences import glued_words, sentence_starts
from dlmatch.finding.standing import standing
from dlmatch.finding.tokens import tokens_of
from dlmatch.finding.words import Words, cut
from dlmatch.knowledge.language import Language
from dlmatch.model.document import Document
from dlmatch.model.report import Evidence, Need, Rejected, Role, Shown, SkillFound
from dlmatch.model.skill import Skill

NEEDS: tuple[Need, ...] = ("required", "preferred", "mentioned")  # the strongest first
PROOF = frozenset({"experience", "projects", "publications", "awards", "volunteering"})
ITEMISED = frozenset({"skills"})  # sections whose list items name a skill by its bare name
SILENT = frozenset({"legal", "references"})  # what is said there is of others
LISTS = frozenset({"skills", "summary", "education", "certifications", "courses", "interests"})


@dataclass(frozen=True, slots=True)
class Reading:
    """All places that name a skill, all that were refused, and what the judges of meaning looked at."""

    named: tuple[Named, ...]
    rejected: tuple[Rejected, ...]
    surroundings: Surroundings


def named_in(document: Document, words: Words, sections: Sequence[Section], matcher: Matcher, language: Language) -> Reading:
    """Every place of the text that names a skill."""
    text = document.text
    breaks: Sequence[int] = sentence_starts(text)
    cuts = glued_words(text, language.glued) if runs_on(text) else ()
    if cuts:
        words = cut(words, cuts)
        breaks = sorted({*breaks, *cuts})
    tokens = tokens_of(words, matcher.known, breaks)
    seen = matcher.sightings(tokens, items=any(section.kind in ITEMISED for section in sections))
    around = Surroundings(tokens, sections, seen, language)
    in_play, rejected = _in_play(seen.candidates, around)
    stand, hidden = standing(in_play)
    for candidate, decoy in hidden:
        rejected.append(_refused(candidate, around, "homograph", decoy.entry.decoy.why if decoy.entry.decoy else ""))
    named: list[Named] = []
    section = around.section_at(0)
    for candidate in stand:
        if candidate.entry.decoy is not None:
            continue
        start, end = around.range_of(candidate)
        if not section.start <= start < section.end:
            section = around.section_at(start)
        sentence = around.sentence_at(start, end)
        if around.is_degree_field(candidate):
            rejected.append(_refused(candidate, around, "other-sense", "the field of a degree names no skill"))
        elif around.is_of_a_name(start, end):
            rejected.append(_refused(candidate, around, "other-sense", "a person's name"))
        elif sentence.may_deny and sentence.denies(start, end):
            rejected.append(_refused(candidate, around, "negated", "the sentence denies it"))
        else:
            named.append(Named(candidate.entry.skill, start, end, section, sentence))
    return Reading(tuple(named), _distinct(rejected, named), around)


def _in_play(candidates: Iterable[Candidate], around: Surroundings) -> tuple[list[Candidate], list[Rejected]]:
    """The candidates that may stand, and the refusals of those that lack the support they need."""
    in_play: list[Candidate] = []
    unsupported: list[Candidate] = []
    silent = not SILENT.isdisjoint(around.kinds)
    for candidate in candidates:
        if silent and around.section_at(around.tokens.starts[candidate.first]).kind in SILENT:
            continue
        entry = candidate.entry
        if entry.context is None or around.supported(candidate):
            in_play.append(candidate)
        elif not entry.whole_item:
            unsupported.append(candidate)
    return in_play, [_unsupported(candidate, around) for candidate in sorted(unsupported, key=in_text_order)]


def _unsupported(candidate: Candidate, around: Surroundings) -> Rejected:
    """The refusal of an ambiguous phrase: a decoy around it says more than the lack of support does."""
    for other in around.decoys.get((candidate.skill_id, min(candidate.claims)), ()):
        if other.entry.decoy and candidate.claims <= other.claims:
            return _refused(candidate, around, "homograph", other.entry.decoy.why)
    return _refused(candidate, around, "other-sense", candidate.entry.context.why if candidate.entry.context else "")


def _refused(
    candidate: Candidate, around: Surroundings, reason: Literal["homograph", "negated", "hidden", "other-sense"], why: str
) -> Rejected:
    start, end = around.range_of(candidate)
    quote = around.tokens.text[start:end]
    return Rejected(id=candidate.skill_id, quote=quote, start=start, end=end, reason=reason, why=why)


def _distinct(rejected: Sequence[Rejected], named: Sequence[Named]) -> tuple[Rejected, ...]:
    """One row for a place and skill; none where the same skill is named by overlapping words."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for place in sorted(named, key=lambda place: place.end):
        ends.setdefault(place.skill.id, []).append((place.end, place.start))
    found: dict[tuple[str, int], Rejected] = {}
    for row in sorted(rejected, key=lambda row: (row.start, row.id, -row.end, row.reason)):
        places = ends.get(row.id, [])
        at = bisect_right(places, (row.start, len(row.quote) + row.end))
        if at == len(places) or places[at][1] >= row.end:
            found.setdefault((row.id, row.start), row)
    return tuple(found.values())


def job_skills(document: Document, reading: Reading) -> tuple[SkillFound, ...]:
    """The skills of an ad, each with the strongest need that a place of it has."""
    lowered = reading.surroundings.lowered

    def skill_found(skill: Skill, places: Sequence[Named]) -> SkillFound:
        ranked = sorted([(NEEDS.index(need_of(place, lowered)), place.start, at) for at, place in enumerate(places)])
        evidence = _evidence(document, [places[at] for _, _, at in ranked])
        return SkillFound(id=skill.id, name=skill.name, category=skill.category, need=NEEDS[ranked[0][0]], evidence=evidence)

    return _by_skill(reading.named, skill_found)


def resume_skills(
    document: Document,
    reading: Reading,
    roles: Sequence[Role],
    months_of: Callable[[Sequence[Role], Sequence[tuple[int, int]]], tuple[int | None, str | None]],
) -> tuple[SkillFound, ...]:
    """The skills of a resume: shown in dated work or output, or only listed, with the months of the roles that show them."""

    def skill_found(skill: Skill, places: Sequence[Named]) -> SkillFound:
        proofs = [_shown(place, roles) for place in places]
        order = sorted(range(len(places)), key=lambda at: (proofs[at] != "demonstrated", places[at].start))
        months, last_used = months_of(roles, [(place.start, place.end) for place in places])
        return SkillFound(
            id=skill.id,
            name=skill.name,
            category=skill.category,
            shown="demonstrated" if "demonstrated" in proofs else "listed",
            months=months,
            last_used=last_used,
            evidence=_evidence(document, [places[at] for at in order]),
        )

    return _by_skill(reading.named, skill_found)


def _shown(place: Named, roles: Sequence[Role]) -> Shown:
    if place.section.kind in PROOF:
        return "demonstrated"
    role = next((role for role in roles if role.span[0] <= place.start < role.span[1]), None)
    if role is None:
        return "listed"
    # a section that began before the role did is only where the role was found; one inside it says more
    return "listed" if place.section.kind in LISTS and place.section.start > role.span[0] else "demonstrated"


def _by_skill(named: Sequence[Named], make: Callable[[Skill, Sequence[Named]], SkillFound]) -> tuple[SkillFound, ...]:
    places: dict[str, list[Named]] = {}
    for one in named:
        places.setdefault(one.skill.id, []).append(one)
    return tuple(make(rows[0].skill, rows) for _, rows in sorted(places.items()))


def _evidence(document: Document, places: Sequence[Named]) -> tuple[Evidence, ...]:
    found = []
    for start, end, section in dict.fromkeys((place.start, place.end, place.section.kind) for place in places):
        page, box = document.place_of(start, end) if document.places else (None, None)
        quote = document.text[start:end]
        found.append(Evidence(quote=quote, start=start, end=end, page=page, bbox=box, section=section))
    return tuple(found)
