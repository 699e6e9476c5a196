"""A ranking into the outline that every view draws: lines under each name, or, for Markdown, one row a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dlmatch.model.document import OTHER_KIND, Finding
from dlmatch.model.ranking import RankedRow, Ranking, Specificity
from dlmatch.showing.amounts import count, plain_number
from dlmatch.showing.outline import Cell, Column, Note, Outline, Section, Table, Tone
from dlmatch.showing.quoting import clean, shorten
from dlmatch.showing.wording import DEGREES, listing, score_tone

METER: Final = 10  # the room of a score's bar
BROAD: Final = 110  # columns of a terminal from which on there is room for more
MISSING: Final = 3
TRUSTED: Final = ((0.75, "high"), (0.5, "fair"), (0.0, "low"))
FOUND: Final = {"hidden-text": "hidden text", "engines-disagree": "read in two ways"}
NAME: Final = 40  # of a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a view lays out the rows: `lines` under the name or columns beside it, and how many ranks before it folds."""

    lines: bool
    ranks: int | None = None
    broad: bool = False
    copies: int | None = 3  # named of one group


PAGE: Final = Shape(lines=True, broad=True, copies=None)
TABLE: Final = Shape(lines=False)  # for views that have no lines under a row
RANKS: Final = 25


def text_shape(width: int, *, unfolded: bool = False) -> Shape:
    """The shape for a terminal of this width; `unfolded` shows every rank there is."""
    return Shape(lines=True, ranks=None if unfolded else RANKS, broad=width >= BROAD)


def outline_ranking(ranking: Ranking, shape: Shape = PAGE) -> Outline:
    """The outline of a ranking."""
    what = "Resumes" if ranking.of == "resume" else "Job ads"
    sections = (
        _ranked(ranking, shape),
        _without_score(ranking),
        _unread(ranking),
        Section("How the order is made", "", (Note(clean(ranking.formula), "quiet"), Note(clean(ranking.order), "quiet"))),
    )
    counts = ranking.counts
    return Outline(
        kind=f"{what} ranked",
        name=f"for {clean(ranking.title or ranking.target.name) or 'the one given'}",
        score=None,
        score_text=f"{counts.ranked} ranked of {count(counts.files, 'file')}",
        verdict=_verdict(ranking),
        alerts=tuple(
            Cell(f"In {clean(ranking.target.name) or 'the one ranked for'}: {clean(finding.message)}", "bad")
            for finding in ranking.findings
        ),
        sections=tuple(section for section in sections if section is not None),
        closing=_made_with(ranking),
    )


def trust_words(specificity: Specificity) -> str:
    """How far a match score can be trusted, in a word and a figure: high (0.81)."""
    word = next(word for floor, word in TRUSTED if specificity.trust >= floor)
    return f"{word} ({specificity.trust:.2f})"


def missing_names(row: RankedRow, limit: int | None = MISSING) -> str:
    """What is asked and not shown, required first: the first three and how many more."""
    names = [clean(skill.name) for skill in row.match.missing] if row.match else []
    if limit is None or len(names) <= limit:
        return ", ".join(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit} more"


def _verdict(ranking: Ranking) -> str:
    counts, parts = ranking.counts, []
    if counts.copies:
        copies = "1 copy is" if counts.copies == 1 else f"{counts.copies} copies are"
        parts.append(f"{copies} folded under another")
    if counts.without_score:
        parts.append(f"{counts.without_score} {'has' if counts.without_score == 1 else 'have'} no score")
    parts.append(f"{counts.unread} could not be read" if counts.unread else "every file could be read")
    said = "; ".join(parts)
    text = f"{said[:1].upper()}{said[1:]}."
    asks = ranking.specificity
    if asks is None:
        return text
    if not asks.named:
        return f"{text} The ad names no skill that the taxonomy knows, so there is nothing to rank by."
    needs = ((asks.required, "required"), (asks.preferred, "preferred"), (asks.mentioned, "mentioned"))
    said = listing(f"{number} {need}" for number, need in needs if number)
    return f"{text} The ad names {count(asks.named, 'skill')}: {said}. Trust in a match with it: {trust_words(asks)}."


def _ranked(ranking: Ranking, shape: Shape) -> Section | None:
    rows = [row for row in ranking.rows if row.rank is not None]
    if not rows:
        return None
    last = max(row.rank or 0 for row in rows)
    limit = last if shape.ranks is None or last <= shape.ranks + 1 else shape.ranks
    kept = [row for row in rows if (row.rank or 0) <= limit]
    hidden = ranking.counts.ranked - limit
    more = f"and {hidden} more (--top N says how many, --format csv lists all)" if hidden else ""
    of_ads = ranking.of == "job"
    lead = "best first; score = match x trust in it" if of_ads else "best first, by match score"
    lay = _lined if shape.lines else _columned
    table = lay(kept, shape, of_ads=of_ads, more=more)
    return Section("Ranking", lead, (table,))


def _lined(rows: Sequence[RankedRow], shape: Shape, *, of_ads: bool, more: str) -> Table:
    """Each document as a line of figures, and under its name what is missing, the facts, remarks, copies."""
    columns = (
        Column("", right=True),
        Column("Job ad" if of_ads else "Resume", wide=True),
        Column("Score", right=True),
        Column(""),
        *((Column("Match", right=True), Column("Trust", right=True)) if of_ads else ()),
        Column("Required", right=True),
        *((Column("Preferred", right=True), Column("Mentioned", right=True)) if shape.broad else ()),
    )
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        if row.folded:
            continue
        more_needs = (_of(row, "preferred"), _of(row, "mentioned")) if shape.broad else ()
        figures = _figures(row, of_ads=of_ads, meter=2 * METER if shape.broad else METER)
        lines.append((Cell(str(row.rank), "quiet"), Cell(_name(row), "strong"), *figures, *more_needs))
        lines.extend((Cell(), cell) for cell in _under(row, _copy_words(_copies(row, rows), shape.copies), of_ads=of_ads))
    return Table(columns, tuple(lines), more=more)


def _figures(row: RankedRow, *, of_ads: bool, meter: int = METER) -> tuple[Cell, ...]:
    score = row.score or 0.0
    trust = row.specificity.trust if row.specificity else 0.0
    match = row.match.score if row.match and row.match.score is not None else 0.0
    return (
        Cell(f"{score:.1f}"),
        Cell(" " * meter, score_tone(score), share=score / 100),
        *((Cell(f"{match:.1f}", "quiet"), Cell(f"{trust:.2f}", "quiet")) if of_ads else ()),
        _of(row, "required"),
    )


def _of(row: RankedRow, need: str) -> Cell:
    met = next((met for met in row.needs if met.need == need), None)
    return Cell(f"{met.met} of {met.asked}") if met and met.asked else Cell("none", "quiet")


def _under(row: RankedRow, copies: str, *, of_ads: bool) -> Iterator[Cell]:
    if of_ads and row.match and row.match.title:
        yield Cell(shorten(clean(row.match.title), 2 * NAME))
    missing = missing_names(row)
    yield Cell(f"lacks {missing}" if missing else "lacks nothing that is asked", "quiet" if missing else "good")
    facts = [cell for cell in (_years(row), _degree(row)) if cell.text]
    if facts:
        tone: Tone = "fair" if any(cell.tone == "fair" for cell in facts) else "quiet"
        yield Cell(", ".join(cell.text for cell in facts), tone)
    remark = _remarks(row)
    if remark:
        yield Cell(f"! {remark}", "bad")
    if copies:
        yield Cell(copies, "quiet")


def _columned(rows: Sequence[RankedRow], shape: Shape, *, of_ads: bool, more: str) -> Table:
    """Each document on one line, copies among them."""
    columns = (
        Column("", right=True),
        Column("Job ad" if of_ads else "Resume"),
        *((Column("Title"),) if of_ads else ()),
        Column("Score", right=True),
        Column(""),
        *((Column("Match", right=True), Column("Trust", right=True)) if of_ads else ()),
        Column("Required", right=True),
        Column("Preferred", right=True),
        Column("Missing", wide=True),
        Column("Years"),
        Column("Degree"),
        Column("Remarks"),
    )
    return Table(columns, tuple(_line(row, of_ads=of_ads) for row in rows), more=more)


def _line(row: RankedRow, *, of_ads: bool) -> tuple[Cell, ...]:
    copy = f"copy of {clean(row.group.first)} ({row.group.alike:.0%})" if row.folded and row.group else ""
    said = "; ".join(part for part in (_remarks(row), copy) if part)
    return (
        Cell("=" if row.folded else str(row.rank), "quiet"),
        Cell(_name(row), "quiet" if row.folded else "strong"),
        *((Cell(clean(row.match.title or "") if row.match else ""),) if of_ads else ()),
        *_figures(row, of_ads=of_ads),
        _of(row, "preferred"),
        Cell(missing_names(row), "quiet"),
        _years(row),
        _degree(row),
        Cell(said, "bad" if _remarks(row) else "quiet"),
    )


def _name(row: RankedRow) -> str:
    return clean(row.name) or "(no name)"


def _years(row: RankedRow) -> Cell:
    if row.match is None:
        return Cell()
    fact = row.match.years
    shown, asked = (plain_number(value) if isinstance(value, (int, float)) else "" for value in (fact.shown, fact.asked))
    return _compared(f"{shown} year{'' if shown == '1' else 's'}" if shown else "", asked, fact.met, "years")


def _degree(row: RankedRow) -> Cell:
    if row.match is None:
        return Cell()
    fact = row.match.degree
    return _compared(_degree_word(fact.shown), _degree_word(fact.asked), fact.met, "degree")


def _degree_word(value: float | str | None) -> str:
    return DEGREES.get(value, "") if isinstance(value, str) and value != "none" else ""


def _compared(shown: str, asked: str, met: bool | None, absent: str) -> Cell:
    """What is shown and what is asked, in words that need no colour: 7 years (5 asked); 2 years (under 5 asked)."""
    if not asked:
        return Cell(shown, "quiet")
    if not shown:
        return Cell(f"{absent} not stated ({asked} asked)", "quiet")
    if met is False:
        return Cell(f"{shown} (under {asked} asked)", "fair")
    return Cell(f"{shown} ({asked} asked)", "quiet")


def _remarks(row: RankedRow) -> str:
    """What was found in the file, each kind once, and that only part of it was read."""
    kinds = dict.fromkeys(map(_remark, row.findings))
    parts = [*kinds, *(["read in part"] if row.status == "partial" else [])]
    return ", ".join(parts)


def _remark(finding: Finding) -> str:
    if finding.code == OTHER_KIND:  # "It reads like a job ad, and was taken for a resume."
        return clean(finding.message).partition(",")[0].removeprefix("It ")
    return FOUND.get(finding.code, clean(finding.code).replace("-", " "))


def _copies(first: RankedRow, rows: Sequence[RankedRow]) -> list[RankedRow]:
    if first.group is None:
        return []
    return [row for row in rows if row.folded and row.group and row.group.first == first.name]


def _copy_words(copies: Sequence[RankedRow], limit: int | None) -> str:
    """The copies by name, with how much of the text they share: 4 copies: cv2.pdf (94%), cv3.pdf (88%) and 2 more."""
    if not copies:
        return ""
    named = [f"{shorten(_name(row), NAME)} ({row.group.alike:.0%})" for row in copies if row.group]
    return f"{count(len(named), 'copy', 'copies')}: {listing(named, len(named) if limit is None else limit)}"


def _without_score(ranking: Ranking) -> Section | None:
    rows = [row for row in ranking.rows if row.rank is None and row.error is None]
    if not rows:
        return None
    cells = tuple((Cell(_name(row)), Cell(clean(row.score_reason or ""), "quiet")) for row in rows)
    return Section("Without a score", "", (Table((Column("File"), Column("Why", wide=True)), cells),))


def _unread(ranking: Ranking) -> Section | None:
    rows = [(row, row.error) for row in ranking.rows if row.error is not None]
    if not rows:
        return None
    cells = tuple((Cell(_name(row)), Cell(error.slug, "bad"), Cell(clean(error.message))) for row, error in rows)
    columns = (Column("File"), Column("Fault"), Column("What happened and what to do", wide=True))
    return Section("Not read", f"{count(len(rows), 'file')}, by name", (Table(columns, cells),))


def _made_with(ranking: Ranking) -> str:
    made = ranking.made_with
    return clean(f"dlmatch {made.dlmatch}, taxonomy {made.taxonomy[:12]}, seeds {made.seeds[:12]}, as of {made.as_of}")
