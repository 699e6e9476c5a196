"""dlmatch taxonomy build, check and show: the data that the matcher knows, and the lines that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dlmatch.cli import suggest
from dlmatch.cli.options import Out
from dlmatch.cli.output import STDIO, deliver

if TYPE_CHECKING:
    from dlmatch.knowledge.files import Folders
    from dlmatch.knowledge.show import SeedLine, SkillSheet
    from dlmatch.model.skill import Requirement

app = typer.Typer(name="taxonomy", add_completion=False, rich_markup_mode=None, help="Build, check and show what dlmatch knows.")
app.command("suggest")(suggest.suggest_command)
Root = Annotated[
    Path | None,
    typer.Option(
        "--root", metavar="FOLDER", help="The folder that holds taxonomy/ and seeds/. Without it, the one dlmatch uses."
    ),
]


@app.command("build")
def build_command(root: Root = None) -> None:
    """Make the built files anew from the fact sheets.

    profile.yaml, pay.yaml and citations.yaml follow from seeds/ and the curated files; nobody edits them.

    \b
    Example:
      dlmatch taxonomy build --root .
    """
    deliver(build_text(root), STDIO)


@app.command("check")
def check_command(root: Root = None) -> None:
    """Say every fault of the data with its place.

    Exit code 2 if there is one.

    \b
    Example:
      dlmatch taxonomy check
    """
    deliver(check_text(root), STDIO)


@app.command("show")
def show_command(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="A skill's id or name.")],
    root: Root = None,
    out: Out = STDIO,
) -> None:
    """Show one skill with its names, weight and sources.

    \b
    Example:
      dlmatch taxonomy show pytorch
    """
    deliver(show_text(skill, root), out)


def build_text(root: Path | None = None) -> str:
    """Build, and say which files changed."""
    from dlmatch.knowledge.build import build, write_built

    folders = _folders(root)
    changed = write_built(build(folders), folders.taxonomy)
    return "".join(f"taxonomy/{name}\n" for name in changed) or "Nothing changed: the built files follow from seeds/ already.\n"


def check_text(root: Path | None = None) -> str:
    """One line when all is well; raises TaxonomyInvalid with every fault otherwise."""
    from dlmatch.knowledge.check import check
    from dlmatch.knowledge.faults import refuse

    refuse(check(_folders(root)))
    return "taxonomy/ and seeds/ agree; no fault found.\n"


def show_text(wanted: str, root: Path | None = None) -> str:
    """One skill as text; raises UsageError with the nearest ones where there is none of this name."""
    from dlmatch.knowledge.show import show

    return "\n".join(sheet_lines(show(wanted, _folders(root)))) + "\n"


def sheet_lines(sheet: SkillSheet) -> Iterable[str]:
    """A skill's sheet, line by line."""
    skill = sheet.skill
    yield f"{skill.name}  ({skill.id}, {skill.category.replace('-', ' ')})"
    if skill.note:
        yield f"  {skill.note}"
    yield from _listed("Names", skill.aliases)
    yield from _listed("Names in exactly this case", skill.exact)
    yield from _listed("Names only beside other words", [_because(context.phrase, context.why) for context in skill.contexts])
    yield from _listed("Not meant by", [_because(decoy.phrase, decoy.why) for decoy in skill.decoys])
    yield from _listed("Elsewhere", [f"{kind} {known}" for kind, known in (("ESCO", skill.esco), ("O*NET", skill.onet)) if known])
    yield from _listed("Beyond the source documents", [skill.extension] if skill.extension else [])
    yield from _listed("Requirement", [_requirement(sheet.requirement)] if sheet.requirement else [])
    yield from _listed("Named in the fact sheets", [_seed_line(line) for line in sheet.lines if not line.raises_pay])
    yield from _listed("Said there to raise pay", [_seed_line(line) for line in sheet.lines if line.raises_pay])


def _because(phrase: str, why: str) -> str:
    return f"{phrase}  ({why})" if why else phrase


def _seed_line(line: SeedLine) -> str:
    return f"{line.citation}  {line.citation.strength}"


def _folders(root: Path | None) -> Folders:
    from dlmatch.knowledge.files import find_folders

    return find_folders() if root is None else find_folders(root / "taxonomy", root / "seeds")


def _listed(title: str, items: Sequence[str]) -> Iterable[str]:
    if items:
        yield ""
        yield f"  {title}"
        yield from (f"    {item}" for item in items)


def _requirement(requirement: Requirement) -> str:
    number = len(requirement.skills)
    enough = "" if number == 1 else f", any {requirement.enough} of {number} are enough"
    return f"{requirement.name}  (area {requirement.area}, weight {requirement.weight:g} of 100{enough})"
