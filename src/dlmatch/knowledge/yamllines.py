"""Reads YAML with every scalar as text, and says on which line a part of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from dlmatch.errors import TaxonomyInvalid

Path = Sequence[str | int]


def read_yaml(text: str, where: str) -> Any:
    """The content, `no`, `on` and 1.10 left as they are written; TaxonomyInvalid with the line of a fault."""
    try:
        return yaml.load(text, yaml.CBaseLoader)
    except yaml.YAMLError as error:
        what = getattr(error, "problem", None) or "it can't be parsed"
        raise TaxonomyInvalid(f"This is not YAML: {what}.", f"{where}:{line_of(error)}") from None


def line_of(error: yaml.YAMLError) -> int:
    """The line of a fault in YAML, from 1."""
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 1 if mark is not None else 1


class Lines:
    """The lines of a YAML text's parts; composed when first asked, since only faults ask."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Any = None

    def of(self, path: Path) -> int:
        """The line, from 1, of the part that a path of keys and indexes leads to, or of the last part it reaches."""
        if self._root is None:
            self._root = yaml.compose(self._text, yaml.CBaseLoader)
        node = self._root
        line = node.start_mark.line
        for step in path:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            elif isinstance(node, yaml.MappingNode):
                pair = next(((key, value) for key, value in node.value if key.value == step), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line, pair[1]
                continue
            else:
                break
            line = node.start_mark.line
        return int(line) + 1


def written_path(path: Path) -> str:
    """("areas", 0, "name") as $.areas[0].name."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
