"""An outline as GitHub Markdown, in which no text of a document can act as markup."""

from __future__ import annotations

import re
from typing import Final

from dlmatch.showing.outline import Bullets, Cell, Column, Note, Outline, Part, Section, Table

BAR: Final = 20
ACTIVE: Final = re.compile(r"([\\`*_\[\]<>#|~&$@])")
LEADING: Final = re.compile(r"^(?:([-+=])(?=[-+=\s]|$)|(\d+)([.)])(?=\s|$))")  # what would begin a list or a rule
LINKS: Final = re.compile(r"(?i)\b(https?|ftp)(:)(?=//)|\b(www)(\.)")  # what GitHub would make a link of its own accord


def render_markdown(outline: Outline) -> str:
    """The whole view as Markdown text."""
    bar = "" if outline.score is None else f" `{_bar(outline.score / 100)}`"
    head = [
        f"# {escape(outline.kind)}: {escape(outline.name)}",
        f"**{escape(outline.score_text)}**{bar}",
        escape(outline.verdict),
        *(f"> {escape(alert.text)}" for alert in outline.alerts),
    ]
    body = [block for section in outline.sections for block in _section(section)]
    return "\n\n".join([*head, *body, "---", f"*{escape(outline.closing)}*"]) + "\n"


def escape(text: str) -> str:
    """Text as Markdown that shows exactly it: every character that could begin markup is taken literally."""
    literal = LINKS.sub(_break_link, ACTIVE.sub(r"\\\1", text))
    return LEADING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", literal)


def _break_link(found: re.Match[str]) -> str:
    return f"{found[1] or found[3]}\\{found[2] or found[4]}"


def _section(section: Section) -> list[str]:
    blocks = [f"## {escape(section.title)}"]
    if section.lead:
        blocks.append(escape(_sentence(section.lead)))
    for part in section.parts:
        blocks.extend(_part(part))
    return blocks


def _part(part: Part) -> list[str]:
    if isinstance(part, Note):
        return [escape(part.text)]
    heading = [f"### {escape(part.heading)}"] if part.heading else []
    more = [escape(part.more)] if part.more else []
    if isinstance(part, Bullets):
        return [*heading, "\n".join(f"- {escape(item.text)}" for item in part.items), *more]
    return [*heading, _table(part), *more]


def _table(table: Table) -> str:
    titles = "| " + " | ".join(escape(column.title) for column in table.columns) + " |"
    rule = "|" + "|".join(_rule(column) for column in table.columns) + "|"
    rows = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.rows]
    return "\n".join([titles, rule, *rows])


def _rule(column: Column) -> str:
    return " --: " if column.right else " --- "


def _cell(cell: Cell) -> str:
    if cell.share is not None:
        return f"`{_bar(cell.share)}`"
    if not cell.text:
        return ""
    return f"**{escape(cell.text)}**" if cell.tone == "strong" else escape(cell.text)


def _bar(share: float) -> str:
    full = min(BAR, max(0, round(share * BAR)))
    return "█" * full + "░" * (BAR - full)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
