"""A copy of taxonomy/ and seeds/ that a test may spoil, and a small one of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dlmatch.knowledge.files import Folders

ROOT = Path(__file__).resolve().parents[2]
SKILLS = """
- {id: pytorch, name: PyTorch, category: frameworks, aliases: [torch], exact: [PT]}
- {id: keras, name: Keras, category: frameworks}
- {id: python, name: Python, category: programming}
"""
REQUIREMENTS = """
role: Engineer
specificity: {role: 1.0, shared: 0.5}
areas:
  - id: tools
    name: Tools
    requirements:
      - {id: framework, name: A framework, skills: [pytorch, keras], specificity: role}
      - {id: python, name: Python, skills: [python], specificity: shared}
"""
SHEET = """---
title: An invented survey
publisher: nobody
document: survey.txt
sha256: 0000000000000000000000000000000000000000000000000000000000000000
year: 2025
region: DE
currency: EUR
units:
  thousand: 1000
role: Engineer
---

# Engineers, Germany, 2025

## Skills: essential
- PyTorch (L3, L9)
- Python (L4)

## Skills: raise pay
- Keras (L12)

## Facts: responsibilities
- Trains models [still part of the text] (L5 [train; models])

## Pay: bands
| band | years | low | high | unit | note | lines |
|---|---|---|---|---|---|---|
| entry | 0-1 | 50 | 60.5 | thousand | | L20 |
| senior | 5+ | 80,000 | 110,000+ | EUR | top left open | L21 |

| city | low | high | unit | also | state | lines |
|---|---|---|---|---|---|---|
| Munich | 10 | 15 | % | München | BY; Bavaria | L22 |

> Note: nothing is said of two to four years (L20, L21).

## Left out
- Headings (L1-L2)
"""


@pytest.fixture
def sheet_text() -> str:
    """The invented sheet."""
    return SHEET


@pytest.fixture
def real(tmp_path: Path) -> Folders:
    """A copy of the project's own files."""
    wanted = shutil.ignore_patterns("places.tsv")
    shutil.copytree(ROOT / "taxonomy", tmp_path / "taxonomy", ignore=wanted)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return Folders(taxonomy=tmp_path / "taxonomy", seeds=tmp_path / "seeds")


@pytest.fixture
def small(tmp_path: Path) -> Folders:
    """Three skills, two requirements and one sheet."""
    folders = Folders(taxonomy=tmp_path / "small" / "taxonomy", seeds=tmp_path / "small" / "seeds")
    (folders.taxonomy / "skills").mkdir(parents=True)
    folders.seeds.mkdir()
    (folders.taxonomy / "skills" / "all.yaml").write_text(SKILLS, encoding="utf-8")
    (folders.taxonomy / "requirements.yaml").write_text(REQUIREMENTS, encoding="utf-8")
    (folders.seeds / "de-2025.md").write_text(SHEET, encoding="utf-8")
    return folders
