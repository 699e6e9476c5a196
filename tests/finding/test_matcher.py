"""The matcher on a small taxonomy: variants match, the longest wins, homographs are refused with a reason."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.matcher import Matcher
from dlmatch.finding.sections import sections_of
from dlmatch.finding.sentences import sentence_starts
from dlmatch.finding.skills import Reading, named_in
from dlmatch.finding.standing import standing
from dlmatch.finding.tokens import tokens_of
from dlmatch.finding.words import words_of
from dlmatch.knowledge.load import load_language
from dlmatch.knowledge.phrasebook import phrasebook_of
from dlmatch.model.document import Document
from dlmatch.model.skill import Context, Decoy, Skill


def skill(name: str, *aliases: str, **more: object) -> Skill:
    return Skill(id=name.lower().replace(" ", "-"), name=name, category="test", aliases=aliases, **more)  # type: ignore[arg-type]


SKILLS = (
    skill("Machine learning", "machine learning", exact=("ML",)),
    skill("Cloud", "cloud", "cloud computing"),
    skill("Google Cloud", "google cloud (platform|)"),
    skill("Neural networks", "neural network"),
    skill("Convolutional", "convolutional neural network"),
    skill("Pipelines", "data pipeline", "<machine learning> pipeline"),
    skill("Training", "{train} .. (models|deep models of text)"),
    skill("CI/CD", "CI/CD", "continuous integration"),
    skill("C++", "C++"),
    skill("Frontend", "front-end"),
    skill("scikit-learn", "scikit-learn", "sklearn"),
    skill(
        "R",
        contexts=(Context(phrase="R", exact=True, near=("programming", "statistical"), in_list=True, why="a lone letter"),),
        decoys=(Decoy(phrase="R&D", why="research and development", exact=True),),
    ),
    skill("Python", "python"),
    skill("SQL", "SQL"),
    skill(
        "Spark", decoys=(Decoy(phrase="spark interest", why="a verb"),), contexts=(Context(phrase="spark", never_near=("plug",)),)
    ),
    skill("Visualization", "data visualization"),
    skill("Statistics", "statistics"),
)
MATCHER = Matcher(SKILLS, phrasebook_of(SKILLS))
LANGUAGE = load_language(None)


def reading_of(text: str) -> Reading:
    document = Document(text=text)
    return named_in(document, words_of(document.text), sections_of(document, "job", LANGUAGE), MATCHER, LANGUAGE)


def names_in(text: str) -> list[str]:
    return sorted({named.skill.name for named in reading_of(text).named})


NAMED = [
    ("MACHINE LEARNING", ["Machine learning"], "case"),
    ("machine-learning", ["Machine learning"], "a hyphen for a space"),
    ("machine\nlearning", ["Machine learning"], "a line end for a space"),
    ("machine\u00a0learning", ["Machine learning"], "a hard space"),
    ("machine, learning", [], "a comma parts words"),
    ("machine. Learning", [], "a full stop parts words"),
    ("ML engineer", ["Machine learning"], "an exact-case abbreviation"),
    ("5 ml of water", [], "the same letters in another case"),
    ("cloud platforms (Google Cloud)", ["Cloud", "Google Cloud"], "both stand at different places"),
    ("Google Cloud", ["Google Cloud"], "the longest wins"),
    ("convolutional neural networks", ["Convolutional"], "the longest wins over its part"),
    ("machine learning pipelines", ["Machine learning", "Pipelines"], "unclaimed words are left to others"),
    ("trained several large models", ["Training"], "a gap"),
    ("trained a team. Our models are", [], "a gap does not cross a sentence"),
    ("train one two three four five models", [], "a gap longer than allowed"),
    ("we train models", ["Training"], "a phrase with a gap at the very end of the text"),
    ("CI/CD", ["CI/CD"], "a slash inside a name"),
    ("CI / CD", ["CI/CD"], "spaces around the slash"),
    ("C++/Python", ["C++", "Python"], "a slash between names"),
    ("front end, frontend, front-end", ["Frontend"], "three spellings"),
    ("scikit-\nlearn", ["scikit-learn"], "a name broken at its hyphen"),
    ("convolu-\ntional neural networks", ["Convolutional"], "a word broken at a line end"),
    ("data visualisation", ["Visualization"], "British spelling"),
    ("Python, R and SQL", ["Python", "R", "SQL"], "a lone letter in a list of skills"),
    ("R programming", ["R"], "a lone letter beside its support"),
    ("our R&D team", [], "a homograph"),
    ("class R licence", [], "a lone letter without support"),
    ("spark interest in data", [], "a homograph by its neighbour"),
    ("experience with Spark", ["Spark"], "the same word elsewhere"),
    ("a spark plug", [], "a neighbour that rules it out"),
    ("No experience with Python needed.", [], "denied"),
    ("Python is not required.", [], "denied after"),
    ("Python (never used it)", [], "denied in a bracket"),
    ("Python is not required but a plus.", ["Python"], "a denial taken back"),
    ("not only Python", ["Python"], "no denial"),
    ("We need Python. No Java required.", ["Python"], "a denial stays in its sentence"),
    ("Bachelor's degree in Statistics or a related field", [], "the field of a degree"),
    ("knowledge of statistics", ["Statistics"], "the same word as a skill"),
    ("\u041cachine learning", ["Machine learning"], "a look-alike letter"),
]


@pytest.mark.parametrize(("text", "names", "why"), NAMED, ids=[f"{row[2]}: {row[0]!r}" for row in NAMED])
def test_what_a_text_names(text: str, names: list[str], why: str) -> None:
    assert names_in(text) == names, why


REFUSED = [
    ("our R&D team", "R", "homograph"),
    ("class R licence", "R", "other-sense"),
    ("Python is not required.", "Python", "negated"),
    ("degree in Statistics", "Statistics", "other-sense"),
    ("spark interest", "Spark", "homograph"),
]


@pytest.mark.parametrize(("text", "quote", "reason"), REFUSED)
def test_what_was_refused_is_told_with_its_place(text: str, quote: str, reason: str) -> None:
    rows = [row for row in reading_of(text).rejected if row.reason == reason]
    assert rows
    assert all(text[row.start : row.end] == row.quote for row in rows)
    assert any(quote.lower() in row.quote.lower() and row.why for row in rows)


WORDS = "machine learning google cloud computing convolutional neural network data pipeline train models CI/CD R R&D , . and spark plug".split()


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.randoms())
def test_overlaps_resolve_alike_in_any_order_and_when_asked_again(words: list[str], chance: random.Random) -> None:
    text = " ".join(words)
    tokens = tokens_of(words_of(text), MATCHER.known, sentence_starts(text))
    candidates = list(MATCHER.sightings(tokens).candidates)
    stand, _ = standing(candidates)
    shuffled = candidates[:]
    chance.shuffle(shuffled)

    def identity(rows: object) -> list[tuple[object, ...]]:
        return sorted((c.first, c.last, c.skill_id, c.entry.phrase) for c in rows)  # type: ignore[attr-defined]

    assert identity(standing(shuffled)[0]) == identity(stand)
    assert identity(standing(stand)[0]) == identity(stand)


@given(st.text(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_every_quote_is_a_slice_of_the_text(text: str) -> None:
    reading = reading_of(text)
    for named in reading.named:
        assert 0 <= named.start < named.end <= len(text)
    for row in reading.rejected:
        assert text[row.start : row.end] == row.quote


def test_a_phrase_of_many_words_is_found() -> None:
    words = "design and operation of very large and very old machines that learn from what people wrote"
    skills = (skill("Long", words),)
    document = Document(text=f"Experience in the {words}.")
    found = named_in(
        document,
        words_of(document.text),
        sections_of(document, "job", LANGUAGE),
        Matcher(skills, phrasebook_of(skills)),
        LANGUAGE,
    )
    assert [document.text[place.start : place.end] for place in found.named] == [words]
