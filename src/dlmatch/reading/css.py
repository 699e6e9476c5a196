"""Works out how an HTML element looks, from style sheets with simple selectors, style attributes and its parent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dlmatch.reading.csshiding import length, why_hidden
from dlmatch.reading.visible import BLACK, RGB, WHITE, blend, css_colour, why_unseen

MAX_RULES = 20_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_SIMPLE = re.compile(r"([.#]?)(-?[\w-]+|\*)|\[([\w-]+)(?:=[\"']?([^\"'\]]*)[\"']?)?\]")
_SIZES = {"xx-small": 6.75, "x-small": 7.5, "small": 9.75, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0}
_FONT_TAG = {"1": 7.5, "2": 9.75, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_LOOK_OF_TAG = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "small": 0.83, "sub": 0.83, "sup": 0.83}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text in an element looks. `hidden` holds for all that is inside; `unseen` may be undone further in."""

    tag: str = ""
    identity: str = ""
    classes: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)
    parent: Look | None = None
    hidden: str | None = None
    invisible: bool = False
    colour: RGB = BLACK
    alpha: float = 1.0
    ground: RGB | None = WHITE  # None: a picture or a gradient, which letters of any colour may stand on
    points: float = 12.0
    block: bool | None = None  # as `display` says; None: as usual for the tag

    @property
    def unseen(self) -> str | None:
        """Why text directly in this element can't be seen."""
        if self.hidden:
            return self.hidden
        if self.invisible:
            return "visibility: hidden"
        if self.ground is None:
            return why_unseen(None, WHITE, self.points)
        return why_unseen(blend(self.colour, self.ground, self.alpha), self.ground, self.points)


@dataclass(frozen=True, slots=True)
class _Part:
    """One compound of a selector: tag, id, classes and attributes of one element."""

    tag: str
    identity: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]

    def fits(self, look: Look) -> bool:
        return (
            (not self.tag or self.tag == look.tag)
            and (not self.identity or self.identity == look.identity)
            and self.classes <= look.classes
            and all(key in look.attributes and value in (None, look.attributes[key]) for key, value in self.attributes)
        )

    @property
    def weight(self) -> int:
        return 10_000 * bool(self.identity) + 100 * (len(self.classes) + len(self.attributes)) + bool(self.tag)


@dataclass(frozen=True, slots=True)
class _Rule:
    parts: tuple[tuple[str, _Part], ...]  # combinator before it ("" first, " " or ">"), compound
    declarations: Mapping[str, tuple[str, bool]]
    order: int

    def fits(self, look: Look) -> bool:
        at: Look | None = look
        combinator = ""
        for before, part in reversed(self.parts):
            if combinator == "" or combinator == ">":
                if at is None or not part.fits(at):
                    return False
            else:
                while at is not None and not part.fits(at):
                    at = at.parent
                if at is None:
                    return False
            at, combinator = at.parent, before
        return True

    @property
    def weight(self) -> int:
        return sum(part.weight for _, part in self.parts)


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """'a: b !important; c: d' as names with value and importance. Only what bears on being seen is asked for later."""
    found: dict[str, tuple[str, bool]] = {}
    for piece in _COMMENT.sub(" ", text).split(";"):
        name, colon, value = piece.partition(":")
        if colon:
            value = value.strip()
            important = value.lower().endswith("!important")
            value = value[: value.lower().rfind("!")].strip() if important else value
            name = name.strip() if name.strip().startswith("--") else name.strip().lower()
            if important or not found.get(name, ("", False))[1]:
                found[name] = (value, important)
    return found


class Sheet:
    """All style sheets of a page."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        self._variables: dict[str, str] = {}
        self._count = 0
        for sheet in sheets:
            self._add(_COMMENT.sub(" ", sheet))

    def _add(self, sheet: str) -> None:
        at = 0
        while at < len(sheet) and self._count < MAX_RULES:
            brace = sheet.find("{", at)
            if brace < 0:
                return
            end = _closing(sheet, brace)
            selector, body = sheet[at:brace].rpartition(";")[2].strip(), sheet[brace + 1 : end]
            at = end + 1
            if selector.startswith("@"):
                if _applies(selector.lower()):
                    self._add(body)
            else:
                self._keep(selector, body)

    def _keep(self, selectors: str, body: str) -> None:
        stated = declarations(body)
        for selector in selectors.split(","):
            selector = selector.strip().replace(":root", "html")
            if selector in ("html", "body"):
                self._variables.update((name, value) for name, (value, _) in stated.items() if name.startswith("--"))
            parts = _parts(selector)
            if parts:
                self._count += 1
                last = parts[-1][1]
                key = "#" + last.identity if last.identity else "." + min(last.classes) if last.classes else last.tag
                self._rules.setdefault(key, []).append(_Rule(parts, stated, self._count))

    def look(self, tag: str, attributes: Mapping[str, str | None], parent: Look | None) -> Look:
        """The look of an element inside `parent`."""
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
        stated = self._cascade(look, plain.get("style"))
        if plain and not stated.keys() >= {"color", "background-color"}:
            stated = {**_old_attributes(tag, plain), **stated}
        if "hidden" in plain and "display" not in stated:
            stated = {**stated, "display": "none"}
        return _styled(look, above, stated) if stated else look

    def _cascade(self, look: Look, style: str | None) -> dict[str, str]:
        keys = [look.tag, "", *("." + name for name in look.classes)]
        if look.identity:
            keys.append("#" + look.identity)
        rules = [rule for key in keys for rule in self._rules.get(key, ()) if rule.fits(look)] if self._rules else []
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


def _closing(text: str, brace: int) -> int:
    depth = 0
    for found in re.compile(r"[{}]").finditer(text, brace):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return len(text)


def _applies(rule: str) -> bool:
    """Rules for the screen hold; those for print or for some window sizes don't."""
    if rule.startswith("@media"):
        query = rule[6:].strip()
        return query in ("", "all", "screen", "only screen")
    return rule.startswith(("@supports", "@layer", "@container"))


def _parts(selector: str) -> tuple[tuple[str, _Part], ...]:
    """A selector of tags, ids, classes, attributes, descendants and children; () for all others."""
    if not selector or any(sign in selector for sign in ":+~|\\"):
        return ()
    parts: list[tuple[str, _Part]] = []
    combinator = ""
    for word in re.sub(r"\s*>\s*", " > ", selector).split():
        if word == ">":
            combinator = ">"
            continue
        tag = identity = ""
        classes: set[str] = set()
        attributes: list[tuple[str, str | None]] = []
        for simple in _SIMPLE.finditer(word):
            if simple[3]:
                attributes.append((simple[3].lower(), simple[4]))
            elif simple[1] == ".":
                classes.add(simple[2])
            elif simple[1] == "#":
                identity = simple[2]
            elif simple[2] != "*":
                tag = simple[2].lower()
        parts.append((combinator, _Part(tag, identity, frozenset(classes), tuple(attributes))))
        combinator = " "
    return tuple(parts)


def _old_attributes(tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes from before CSS."""
    found: dict[str, str] = {}
    if "bgcolor" in attributes:
        found["background-color"] = attributes["bgcolor"]
    if attributes.get("background"):
        found["background-image"] = "url()"
    if tag == "font" and "color" in attributes:
        found["color"] = attributes["color"]
    if tag == "font" and attributes.get("size") in _FONT_TAG:
        found["font-size"] = f"{_FONT_TAG[attributes['size']]}pt"
    if tag == "body" and "text" in attributes:
        found["color"] = attributes["text"]
    if tag in ("text", "tspan") and "fill" in attributes:
        found["color"] = attributes["fill"]
    return found


def _styled(look: Look, above: Look, stated: Mapping[str, str]) -> Look:
    points = _font_size(stated, above.points, look.points)
    alpha, colour = look.alpha, look.colour
    fill = stated.get("-webkit-text-fill-color") or stated.get("color")
    if fill and (parsed := css_colour(fill)):
        colour, alpha = parsed
    ground = _ground(stated, above.ground)
    if "text" in stated.get("background-clip", "") + stated.get("-webkit-background-clip", ""):
        ground = None  # letters show the background through them
    visibility = stated.get("visibility", "").lower()
    invisible = visibility in ("hidden", "collapse") if visibility in ("hidden", "collapse", "visible") else look.invisible
    display = stated.get("display", "").lower()
    block = None if not display else display.startswith(("block", "flex", "grid", "table", "list-item", "flow-root"))
    return replace(
        look, points=points, colour=colour, alpha=alpha, ground=ground, invisible=invisible, block=block,
        hidden=look.hidden or why_hidden(stated, points),
    )  # fmt: skip


def _font_size(stated: Mapping[str, str], parent: float, own: float) -> float:
    value = stated.get("font-size", "").strip().lower()
    if not value and "font" in stated:
        sizes = re.findall(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%))(?:/|\s|$)", stated["font"].lower())
        value = sizes[0] if sizes else ""
    if not value:
        return own
    if value in _SIZES:
        return _SIZES[value]
    size = length(value, parent)
    return own if size is None else size


def _ground(stated: Mapping[str, str], parent: RGB | None) -> RGB | None:
    image = stated.get("background-image", "") + stated.get("background", "")
    if "url(" in image or "gradient(" in image:
        return None
    value = stated.get("background-color") or stated.get("background")
    if not value:
        return parent
    for word in re.findall(r"[a-z-]+\([^)]*\)|[^\s]+", value.lower()):
        parsed = css_colour(word)
        if parsed:
            return blend(parsed[0], parent or WHITE, parsed[1]) if parsed[1] else parent
    return parent
