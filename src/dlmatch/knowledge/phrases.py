"""Turns a phrase of the alias grammar into the word sequences that name a skill.

deep learning                 words; a space matches a space or a hyphen in the text
front-end                     front end, front-end, frontend
{deploy} (ML|) models         deploy, deploys, deployed or deploying; alternatives; an optional word
{train} .. models             up to 4 other words between, in one sentence (`..2`: up to 2)
<machine learning> pipelines  the words in <> must stand there and are left to other skills
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

DEFAULT_GAP = 4
MOST_AT_ONCE = 12  # sequences of a part; more are split into parts that follow each other
MOST_ALTERNATIVES = 100_000  # of one part; a phrase beyond it is a slip in the taxonomy, not a wish


class PhraseError(ValueError):
    """A phrase that does not follow the grammar."""


PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sequence as written in the taxonomy; an unclaimed one is only context."""

    text: str
    claimed: bool = True


Sequence = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that follow each other with at most `gaps[i]` words between part i and part i + 1."""

    parts: tuple[tuple[Sequence, ...], ...]
    gaps: tuple[int, ...]


IRREGULAR = {
    "build": ("build", "builds", "built", "building"),
    "lead": ("lead", "leads", "led", "leading"),
    "write": ("write", "writes", "wrote", "written", "writing"),
    "teach": ("teach", "teaches", "taught", "teaching"),
    "keep": ("keep", "keeps", "kept", "keeping"),
    "find": ("find", "finds", "found", "finding"),
    "hold": ("hold", "holds", "held", "holding"),
    "give": ("give", "gives", "gave", "given", "giving"),
    "take": ("take", "takes", "took", "taken", "taking"),
    "make": ("make", "makes", "made", "making"),
    "break": ("break", "breaks", "broke", "broken", "breaking"),
    "drive": ("drive", "drives", "drove", "driven", "driving"),
    "grow": ("grow", "grows", "grew", "grown", "growing"),
    "run": ("run", "runs", "ran", "running"),
    "understand": ("understand", "understands", "understood", "understanding"),
    "speak": ("speak", "speaks", "spoke", "spoken", "speaking"),
    "think": ("think", "thinks", "thought", "thinking"),
    "get": ("get", "gets", "got", "getting"),
    "meet": ("meet", "meets", "met", "meeting"),
    "bring": ("bring", "brings", "brought", "bringing"),
    "oversee": ("oversee", "oversees", "oversaw", "overseen", "overseeing"),
    "sell": ("sell", "sells", "sold", "selling"),
    "see": ("see", "sees", "saw", "seen", "seeing"),
    "know": ("know", "knows", "knew", "known", "knowing"),
    "do": ("do", "does", "did", "done", "doing"),
    "go": ("go", "goes", "went", "gone", "going"),
    "have": ("have", "has", "had", "having"),
    "be": ("be", "is", "are", "was", "were", "been", "being"),
    "set": ("set", "sets", "setting"),
    "put": ("put", "puts", "putting"),
    "split": ("split", "splits", "splitting"),
    "read": ("read", "reads", "reading"),
    "learn": ("learn", "learns", "learned", "learnt", "learning"),
    "seek": ("seek", "seeks", "sought", "seeking"),
    "tell": ("tell", "tells", "told", "telling"),
    "show": ("show", "shows", "showed", "shown", "showing"),
    "stay": ("stay", "stays", "stayed", "staying"),
    "spend": ("spend", "spends", "spent", "spending"),
    "feed": ("feed", "feeds", "fed", "feeding"),
    "develop": ("develop", "develops", "developed", "developing"),
    "deliver": ("deliver", "delivers", "delivered", "delivering"),
    "monitor": ("monitor", "monitors", "monitored", "monitoring"),
    "mentor": ("mentor", "mentors", "mentored", "mentoring"),
    "gather": ("gather", "gathers", "gathered", "gathering"),
    "visit": ("visit", "visits", "visited", "visiting"),
    "benefit": ("benefit", "benefits", "benefited", "benefiting"),
    "edit": ("edit", "edits", "edited", "editing"),
    "audit": ("audit", "audits", "audited", "auditing"),
    "interpret": ("interpret", "interprets", "interpreted", "interpreting"),
    "implement": ("implement", "implements", "implemented", "implementing"),
    "document": ("document", "documents", "documented", "documenting"),
    "present": ("present", "presents", "presented", "presenting"),
    "model": ("model", "models", "modeled", "modeling"),
    "label": ("label", "labels", "labeled", "labeling"),
    "travel": ("travel", "travels", "traveled", "traveling"),
    "focus": ("focus", "focuses", "focused", "focusing"),
    "publish": ("publish", "publishes", "published", "publishing"),
}
VOWELS = "aeiou"


def inflections(verb: str) -> tuple[str, ...]:
    """A verb's present, third person, past and -ing forms: the table above first, then the regular rules."""
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing")
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    doubled = verb + verb[-1] if _doubles(verb) else verb
    return (verb, third, doubled + "ed", doubled + "ing")


def _doubles(verb: str) -> bool:
    """plan -> planned: one syllable that ends consonant, vowel, consonant."""
    syllables = len(re.findall(r"[aeiouy]+", verb))
    return syllables == 1 and len(verb) > 2 and verb[-1] not in VOWELS + "wxy" and verb[-2] in VOWELS and verb[-3] not in VOWELS


@cache
def expand(phrase: str) -> Pattern:
    """The pattern of a phrase; PhraseError where it does not follow the grammar."""
    pieces = re.split(r"\s+\.\.(\d*)(?=\s)", " " + phrase.strip())
    if phrase.strip().endswith(".."):
        raise PhraseError(f"nothing follows the gap of the phrase {phrase!r}")
    parts: list[tuple[Sequence, ...]] = []
    gaps: list[int] = []
    for at, text in enumerate(pieces[0::2]):
        if at:
            gap = pieces[2 * at - 1]
            gaps.append(int(gap) if gap else DEFAULT_GAP)
        chunks = _chunks(text.strip(), phrase)
        gaps += [0] * (len(chunks) - 1)
        parts += chunks
    if not any(all(any(word.claimed for word in words) for words in part) for part in parts):
        raise PhraseError(f"the phrase {phrase!r} claims no word; what stands in <> is left to other skills")
    return Pattern(tuple(parts), tuple(gaps))


def _chunks(text: str, phrase: str) -> list[tuple[Sequence, ...]]:
    """A text without gaps as word sequences; where there are many, as parts that must follow each other at once.

    (a|b|c) (d|e|f) (g|h|i) is 27 sequences in one part, or 9 in three: what is looked for stays small.
    """
    runs, at = _runs(text, 0, phrase, closing="")
    if at != len(text):
        raise PhraseError(f"an unmatched {text[at]!r} in the phrase {phrase!r}")
    whole = _unique([words for run in runs for words in _joined(run)], phrase)
    if len(runs) > 1 or len(whole) <= MOST_AT_ONCE:
        return [whole]
    chunks: list[list[Sequence]] = [[()]]
    for group in runs[0]:
        grown = [before + words for before in chunks[-1] for words in group]
        if len(grown) > MOST_AT_ONCE and () not in chunks[-1] and () not in group:
            chunks.append(list(group))
        else:
            chunks[-1] = grown
    return [_unique(chunk, phrase) for chunk in chunks]


def _unique(sequences: list[Sequence], phrase: str) -> tuple[Sequence, ...]:
    found = {words for words in sequences if words}
    if not found or len(found) > MOST_ALTERNATIVES:
        raise PhraseError(f"the phrase {phrase!r} names {len(found)} word sequences; 1 to {MOST_ALTERNATIVES} may be")
    return tuple(sorted(found, key=lambda words: [(w.text, w.claimed) for w in words]))


def _choices(text: str, at: int, phrase: str, closing: str) -> tuple[list[Sequence], int]:
    """The alternatives from `at` to `closing`, and the place after them."""
    runs, at = _runs(text, at, phrase, closing)
    return [words for run in runs for words in _joined(run)], at


Run = list[list[Sequence]]  # groups that follow each other, each a choice of sequences


def _runs(text: str, at: int, phrase: str, closing: str) -> tuple[list[Run], int]:
    """The alternatives from `at` to `closing`, each as its groups, and the place after them."""
    runs: list[Run] = []
    run: Run = []
    while at < len(text) and text[at] != closing:
        sign = text[at]
        if sign.isspace():
            at += 1
        elif sign == "|":
            runs.append(run)
            run, at = [], at + 1
        elif sign in "(<":
            inner, at = _choices(text, at + 1, phrase, ")" if sign == "(" else ">")
            if at >= len(text):
                raise PhraseError(f"an unclosed {sign!r} in the phrase {phrase!r}")
            if sign == "<":
                inner = [tuple(Word(word.text, False) for word in words) for words in inner]
            run.append(inner)
            at += 1
        elif sign == "{":
            end = text.find("}", at)
            if end < 0:
                raise PhraseError(f"an unclosed '{{' in the phrase {phrase!r}")
            run.append([(Word(form),) for form in inflections(text[at + 1 : end].strip().lower())])
            at = end + 1
        elif sign in ")>}":
            return [*runs, run], at
        else:
            end = re.compile(r"[\s|(){}<>]|$").search(text, at).start()  # type: ignore[union-attr]  # `$` always matches
            run.append([tuple(Word(part) for part in words) for words in spellings_of_word(text[at:end])])
            at = end
    return [*runs, run], at


def _joined(run: Run) -> list[Sequence]:
    return [tuple(word for words in choice for word in words) for choice in product(*run)]


# a word, or a sign that joins two words into one name: CI/CD, R&D, Node.js
WORDS = re.compile(r"[^\W_]+(?:\+\+|#)?|[/&.]")


def spellings_of_word(word: str) -> list[tuple[str, ...]]:
    """A written word as the tokens it may stand for: front-end is front end or frontend; CI/CD is ci / cd."""
    apart = tuple(WORDS.findall(word))
    pieces = [piece for piece in re.split(r"[-_'’]", word) if piece]
    if "-" not in word or len(pieces) < 2 or not all(piece.isalnum() for piece in pieces):
        return [apart]
    return [apart, ("".join(pieces),)]


def plain_texts(phrase: str) -> tuple[str, ...]:
    """The surface forms of a phrase as plain text; where a phrase has several parts, the first form of each, joined."""
    pattern = expand(phrase)
    if len(pattern.parts) > 1:
        return (" ".join(_text(part[0]) for part in pattern.parts),)
    return tuple(_text(words) for words in pattern.parts[0])


def _text(words: Sequence) -> str:
    joined = " ".join(word.text for word in words)
    return re.sub(r" ([/&.]) ", r"\1", joined)
