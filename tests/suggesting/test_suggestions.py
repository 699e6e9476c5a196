"""What is proposed from a set of documents, and what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import dlmatch
from dlmatch.knowledge.entries import read_entries
from dlmatch.knowledge.load import load_language, load_taxonomy
from dlmatch.reading.read import read_text
from dlmatch.suggesting.places import search
from dlmatch.suggesting.stub import yaml_stub
from dlmatch.suggesting.terms import Suggestion, ranked

ADS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "ads.jsonl"
# Zephyrdb and Quartzflow are invented products, Fabrikam is an invented firm.
POSTINGS = (
    "Fabrikam in Denver builds things for everybody. Our team members are kind.\n\nRequirements\n"
    "- Experience with Python, Zephyrdb and SQL\n- 5 years experience\n- Passion for your team members",
    "About Fabrikam\n\nFabrikam is hiring in Denver. We love our team members.\n\nRequirements\n"
    "- Knowledge of Zephyrdb, Docker, Quartzflow\n- Java or quartzflow\n- Years of experience as part of a team",
    "Fabrikam, Denver\n\nYou will help team members of Fabrikam grow.\n\nRequirements\n"
    "- Proficient in TensorFlow, Quartzflow, Zephyrdb\n- Great team members\n- Degree in Physics, Statistics or Zoology",
    "Join Fabrikam in Denver.\n\nRequirements\n- Tools such as Zephyrdb\n- PyTorch, Quartzflow\n- Degree in Zoology",
)


@pytest.fixture(scope="module")
def engine() -> dlmatch.Engine:
    return dlmatch.Engine()


def suggested(engine: dlmatch.Engine, texts: tuple[str, ...], at_least: int = 2) -> tuple[Suggestion, ...]:
    """The suggestions from ads."""
    language = load_language(None)
    documents = [read_text(text, f"ad{at}.txt") for at, text in enumerate(texts)]
    searched = [search(document, engine.report("job", document), language) for document in documents]
    return ranked(searched, at_least=at_least, is_place=lambda name: name == "Denver")


def test_skills_come_first_and_companies_places_and_plain_words_do_not(engine: dlmatch.Engine) -> None:
    terms = [one.term for one in suggested(engine, POSTINGS)]
    assert terms[:2] == ["Zephyrdb", "Quartzflow"]
    assert not {"Fabrikam", "Denver", "team members", "Zoology", "Physics", "years", "Python", "TensorFlow"} & set(terms)


def test_a_suggestion_carries_its_counts_its_neighbours_and_its_examples(engine: dlmatch.Engine) -> None:
    first, second = suggested(engine, POSTINGS)[:2]
    assert (first.documents, first.elsewhere) == (4, 0)
    assert first.examples[0] == ("ad0.txt", "…- Experience with Python, Zephyrdb and SQL…")
    assert first.category in {skill.category for skill in engine.taxonomy.skills}
    assert (second.plain, second.spellings) == (True, ("Quartzflow", "quartzflow"))


def test_the_same_documents_give_the_same_suggestions(engine: dlmatch.Engine) -> None:
    assert suggested(engine, POSTINGS) == suggested(engine, POSTINGS)


def test_what_every_posting_repeats_word_for_word_counts_once(engine: dlmatch.Engine) -> None:
    text = "Requirements\n- Python, Zephyrdb\n"
    assert suggested(engine, (text,) * 9) == ()


@pytest.mark.parametrize("texts", [(), ("Hello",), ("Requirements\n- kindness",)])
def test_nothing_to_suggest(engine: dlmatch.Engine, texts: tuple[str, ...]) -> None:
    assert suggested(engine, texts) == ()


def test_the_stub_is_sound_taxonomy(engine: dlmatch.Engine) -> None:
    taken = {skill.id for skill in engine.taxonomy.skills}
    odd = [
        replace(suggested(engine, POSTINGS)[0], term=term, category=category)
        for term, category in [
            ("F#", ""),
            ("R&Z", "data"),
            ("Node.jsx", "web"),
            ("Yes", "tools"),
            ("Python", "tools"),
            (".NETZ", "web"),
        ]
    ]
    text = yaml_stub([*suggested(engine, POSTINGS), *odd], taken, 4)
    entries, faults = read_entries({"suggested.yaml": text})
    assert faults == ()
    ids = [entry.skill.id for entry in entries]
    assert ids[:2] == ["zephyrdb", "quartzflow"]
    assert {"f-sharp", "r-and-z", "node-jsx", "yes", "python-2"} <= set(ids)
    assert entries[1].skill.exact == ("Quartzflow",)


@pytest.mark.skipif(not ADS.is_file(), reason="the ads of ../shared/corpus are not here")
def test_what_is_struck_out_of_the_taxonomy_is_proposed_again() -> None:
    gone = {"kubernetes", "hadoop", "kafka", "react", "typescript", "angular"}
    whole = load_taxonomy(None)
    assert gone <= {skill.id for skill in whole.skills}
    cut = replace(whole, skills=tuple(skill for skill in whole.skills if skill.id not in gone), phrasebook=None)
    engine = dlmatch.Engine(taxonomy=cut)
    with ADS.open(encoding="utf-8") as stream:
        texts = tuple(json.loads(line)["description"] for line in stream)
    first = [one.term.lower() for one in suggested(engine, texts, at_least=3)[:30]]
    found = {name for name in gone if any(name in term for term in first)}
    assert len(found) >= 5, first
    assert not {"experience", "team", "year", "passion", "microsoft"} & set(first)
