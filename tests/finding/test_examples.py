"""The examples beside each ambiguous phrase in taxonomy/skills hold: every `yes` names the skill, every `no` does not."""

from __future__ import annotations

import pytest

import dlmatch
from dlmatch.finding.sections import sections_of
from dlmatch.finding.skills import named_in
from dlmatch.finding.words import words_of
from dlmatch.knowledge.load import load_language
from dlmatch.model.document import Document

ENGINE = dlmatch.Engine()
LANGUAGE = load_language(None)
CASES = [
    (skill.id, text, counts)
    for skill in ENGINE.taxonomy.skills
    for context in skill.contexts
    for texts, counts in ((context.yes, True), (context.no, False))
    for text in texts
]


@pytest.mark.parametrize(("skill", "text", "counts"), CASES, ids=[f"{row[0]}-{row[2]}-{row[1][:40]}" for row in CASES])
def test_an_example_holds(skill: str, text: str, counts: bool) -> None:
    document = Document(text=text)
    named = named_in(document, words_of(document.text), sections_of(document, "job", LANGUAGE), ENGINE._matcher, LANGUAGE).named
    assert (skill in {place.skill.id for place in named}) is counts


def test_every_ambiguous_phrase_says_why_and_most_have_examples() -> None:
    contexts = [(skill.id, context) for skill in ENGINE.taxonomy.skills for context in skill.contexts]
    assert not [name for name, context in contexts if not context.why]
    with_examples = sum(bool(context.yes and context.no) for _, context in contexts)
    assert with_examples >= 0.6 * len(contexts)
