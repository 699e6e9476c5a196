"""Works out how each HTML element of a page looks, from its style sheets, style attributes and its parent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from dlmatch.reading.csslook import Look, old_attributes, styled
from dlmatch.reading.cssrules import Rule, declarations, rules_of

_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_LOOK_OF_TAG = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "small": 0.83, "sub": 0.83, "sup": 0.83}


class Sheet:
    """All style sheets of a page."""

    def __init__(self, sheets: Iterable[str], ask: Callable[[str], frozenset[int]] | None = None) -> None:
        self._rules: dict[str, list[Rule]] = {}
        self._variables: dict[str, str] = {}
        for selector, rule in rules_of(sheets, ask):
            self._rules.setdefault(rule.key, []).append(rule)
            if selector in ("html", "body"):
                self._variables.update((name, value) for name, (value, _) in rule.declarations.items() if name.startswith("--"))

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
        stated = self._cascade(look, plain.get("style"), element)
        if plain and not stated.keys() >= {"color", "background-color"}:
            stated = {**old_attributes(tag, plain), **stated}
        if "hidden" in plain and "display" not in stated:
            stated = {**stated, "display": "none"}
        return styled(look, above, stated) if stated else look

    def _cascade(self, look: Look, style: str | None, element: int | None) -> dict[str, str]:
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
                for name, (value, important) in layer.items():
                    if important == wanted:
                        found[name] = (
                            _VAR.sub(lambda v: self._variables.get(v[1], v[2] or ""), value) if "var(" in value else value
                        )
        return found
