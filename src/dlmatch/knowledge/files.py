"""Finds the folders taxonomy/ and seeds/ and turns their files into texts and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dlmatch.errors import TaxonomyInvalid

PACKAGE = Path(__file__).resolve().parents[1]
HOMES = (PACKAGE / "_data", PACKAGE.parents[1])  # inside the wheel; a checkout's root
SKILLS = "skills"
REQUIREMENTS = "requirements.yaml"
LANGUAGE = "language.yaml"
PROFILE, PAY, CITATIONS, COMPILED = BUILT = ("profile.yaml", "pay.yaml", "citations.yaml", "skills.json")
ENDINGS = (".yaml", ".tsv", ".md", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where the curated and built files and the fact sheets are."""

    taxonomy: Path
    seeds: Path


def find_folders(taxonomy: Path | None = None, seeds: Path | None = None) -> Folders:
    """The folders given; else a `seeds` beside the given taxonomy; else those that come with the package."""
    home = next((home for home in HOMES if (home / "taxonomy").is_dir()), None)
    if taxonomy is None:
        if home is None:
            raise TaxonomyInvalid("The folder is missing.", "taxonomy/", "Install dlmatch again.")
        taxonomy = home / "taxonomy"
    elif not taxonomy.is_dir():
        raise TaxonomyInvalid("There is no such folder.", taxonomy.name, "Give the folder that holds skills/ and profile.yaml.")
    if seeds is None:
        beside = taxonomy.resolve().parent / "seeds"
        seeds = beside if beside.is_dir() or home is None else home / "seeds"
    return Folders(taxonomy=taxonomy, seeds=seeds)


def read_text(path: Path, shown: str) -> str:
    """A file's text with line ends as \\n; TaxonomyInvalid where it can't be read or is not UTF-8."""
    try:
        return _with_plain_ends(path.read_bytes()).decode("utf-8-sig")
    except OSError:
        raise TaxonomyInvalid("The file is missing or can't be read.", shown) from None
    except UnicodeDecodeError as error:
        raise TaxonomyInvalid(f"The file is not UTF-8 at byte {error.start}.", shown) from None


def seed_texts(folders: Folders) -> dict[str, str]:
    """The fact sheets by file name, sorted; README.md, if there is one, is none."""
    found = sorted(path for path in folders.seeds.glob("*.md") if path.is_file() and path.name.lower() != "readme.md")
    return {path.name: read_text(path, f"seeds/{path.name}") for path in found}


def skill_texts(folders: Folders) -> dict[str, str]:
    """The files of taxonomy/skills by file name, sorted."""
    found = sorted((folders.taxonomy / SKILLS).glob("*.yaml"))
    return {path.name: read_text(path, f"taxonomy/{SKILLS}/{path.name}") for path in found}


def taxonomy_text(folders: Folders, name: str) -> str:
    """One file of taxonomy/."""
    return read_text(folders.taxonomy / name, f"taxonomy/{name}")


def digest(contents: Mapping[str, bytes]) -> str:
    """SHA-256 over sorted names and contents, whatever the line ends, so that every checkout has the same."""
    total = hashlib.sha256()
    for name in sorted(contents):
        content = _with_plain_ends(contents[name])
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _with_plain_ends(content: bytes) -> bytes:
    """With \\n at the end of every line. To look for \\r alone first takes a tenth of the time."""
    return content.replace(b"\r\n", b"\n") if b"\r" in content else content


def folder_digest(folder: Path) -> str:
    """The digest of a folder's files of the known endings, at every depth."""
    found = (path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    try:
        return digest({path.relative_to(folder).as_posix(): path.read_bytes() for path in found})
    except OSError:
        raise TaxonomyInvalid("A file of the folder can't be read.", f"{folder.name}/") from None
