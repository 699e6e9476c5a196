"""Works out how each HTML element of a page looks, from its style sheets, style attributes and its parent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from dlmatch.reading.csslook import Look, old_attributes, styled
from dlmatch.reading.cssrules import Rule, declarations, rules_of

_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")
# Characters of a value with its variables put in, and variables that hold in an element (large design systems have 3,000).
_MAX_VALUE = 1000
_MAX_VARIABLES = 5000
_LOOK_OF_TAG = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "small": 0.83, "sub": 0.83, "sup": 0.83}


class Sheet:
    """All style sheets of a page."""

    def __init__(self, sheets: Iterable[str], ask: Callable[[str], frozenset[int]] | None = None) -> None:
        self._rules: dict[str, list[Rule]] = {}
        for _, rule in rules_of(sheets, ask):
            self._rules.setdefault(rule.key, []).append(rule)

    def look(self, tag: str, attributes: Mapping[str, str | None], parent: Look | None, element: int | None = None) -> Look:
        """The look of an element inside `parent`; `element` is how `ask` names it."""
        above = parent or Look()
        plain = {key: value or "" for key, value in attributes.items()}
        classes = frozenset(plain["class"].split()) if plain.get("class") else frozenset()
        points = above.points * _LOOK_OF_TAG[tag] if tag in _LOOK_OF_TAG else above.points
        look = replace(
            above,
            tag=tag,
            identity=plain.get("id", ""),
            classes=classes,
            attributes=plain,
            parent=parent,
            points=points,
            block=None,
        )
        stated, variables = self._cascade(look, plain.get("style"), element)
        if variables is not look.variables:
            look = replace(look, variables=variables)
        if "popover" in plain and "display" not in stated:
            stated = {**stated, "display": "none"}
        if plain and not stated.keys() >= {"color", "background-color"}:
            stated = {**old_attributes(tag, plain, parent), **stated}
        if "hidden" in plain and "display" not in stated:
            stated = {**stated, "display": "none"}
        return styled(look, above, stated) if stated else look

    def _cascade(self, look: Look, style: str | None, element: int | None) -> tuple[dict[str, str], Mapping[str, str]]:
        """What is declared for an element, and the variables that hold in it: its own over those of its parent."""
        keys = [look.tag, "", *("." + name for name in look.classes)]
        if look.identity:
            keys.append("#" + look.identity)
        rules = [rule for key in keys for rule in self._rules.get(key, ()) if rule.fits(look, element)] if self._rules else []
        rules.sort(key=lambda rule: (rule.weight, rule.order))
        layers = [rule.declarations for rule in rules]
        if style:
            layers.append(declarations(style))
        found: dict[str, str] = {}
        for wanted in (False, True):
            for layer in layers:
                found.update((name, value) for name, (value, important) in layer.items() if important == wanted)
        own = {name: found.pop(name) for name in list(found) if name.startswith("--")}
        variables = look.variables
        if any(variables.get(name) != value for name, value in own.items()) and len(variables) + len(own) <= _MAX_VARIABLES:
            variables = {**variables, **own}
        return {name: _filled(value, variables) if "var(" in value else value for name, value in found.items()}, variables


def _filled(value: str, variables: Mapping[str, str]) -> str:
    """A value with its variables put in, those inside variables too."""
    for _ in range(30):
        value, number = _VAR.subn(lambda found: variables.get(found[1], found[2] or ""), value)
        if not number or len(value) > _MAX_VALUE:
            break
    return value[:_MAX_VALUE]
