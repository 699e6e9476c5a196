"""Rules of style sheets: which elements a selector means, and what is declared for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dlmatch.reading.csslook import Look
from dlmatch.reading.cssmedia import applies
from dlmatch.reading.gather import names

MAX_RULES = 20_000
# Characters of a value, and of a selector, that are looked at.
_MAX_VALUE = 1000
_MAX_SELECTOR = 20_000
Declarations = Mapping[str, tuple[str, bool]]
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_SIMPLE = re.compile(r"([.#]?)(-?[\w-]+|\*)|\[([\w-]+)(?:=[\"']?([^\"'\]]*)[\"']?)?\]")
# States that a page as it was saved is not in, and parts that are no elements.
_NOT_NOW = re.compile(
    r":(?:hover|focus|active|visited|target|checked|disabled|enabled|invalid|valid|open|before|after|first-l|placeholder|selection|marker|-)"
)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_SCOPE = re.compile(r"@scope\s*\(([^()]*)\)", re.I)
_BRACES = re.compile(r"[{}]")
# Properties that bear on being seen; rules without one are passed over.
_BEARING = names(
    "display visibility content-visibility opacity filter color -webkit-text-fill-color background background-color "
    "background-image background-clip -webkit-background-clip font font-size position left top right bottom inset text-indent "
    "margin-left margin-top transform translate scale zoom clip clip-path -webkit-clip-path overflow overflow-x overflow-y "
    "fill fill-opacity white-space contain backface-visibility margin-inline-start inset-inline-start inset-block-start "
    "inset-inline-end inset-block-end text-shadow box-shadow -webkit-text-stroke -webkit-text-stroke-color "
    "width height max-width max-height line-height block-size inline-size letter-spacing"
)
# Selectors that only the HTML library can match, asked for at most so often: each asks the whole page.
_MAX_ASKED = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One compound of a selector: tag, id, classes and attributes of one element."""

    tag: str
    identity: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]

    def fits(self, look: Look) -> bool:
        """Does it mean the element with this look?"""
        return (
            (not self.tag or self.tag == look.tag)
            and (not self.identity or self.identity == look.identity)
            and self.classes <= look.classes
            and all(key in look.attributes and value in (None, look.attributes[key]) for key, value in self.attributes)
        )

    @property
    def weight(self) -> int:
        """How much it counts against others."""
        return 10_000 * bool(self.identity) + 100 * (len(self.classes) + len(self.attributes)) + bool(self.tag)


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector with its declarations: as parts, or, where it is beyond those, as the elements it was found to mean."""

    parts: tuple[tuple[str, Part], ...]  # combinator before it ("" first, " " or ">"), compound
    elements: frozenset[int] | None
    declarations: Declarations
    weight: int
    order: int

    @property
    def key(self) -> str:
        """What an element must have for the rule to be worth a look."""
        if not self.parts:
            return ""
        last = self.parts[-1][1]
        return "#" + last.identity if last.identity else "." + min(last.classes) if last.classes else last.tag

    def fits(self, look: Look, element: int | None) -> bool:
        """Does it mean the element with this look?"""
        if self.elements is not None:
            return element in self.elements
        at: Look | None = look
        combinator = ""
        for before, part in reversed(self.parts):
            if combinator != " ":
                if at is None or not part.fits(at):
                    return False
            else:
                while at is not None and not part.fits(at):
                    at = at.parent
                if at is None:
                    return False
            at, combinator = at.parent, before
        return True


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """'a: b !important; c: d' as names with value and importance. Only what bears on being seen is asked for later."""
    found: dict[str, tuple[str, bool]] = {}
    for piece in COMMENT.sub(" ", text).split(";"):
        name, colon, value = (_ESCAPE.sub(_letter, piece) if "\\" in piece else piece).partition(":")
        if colon:
            value = value.strip()
            important = value.lower().endswith("!important")
            value = (value[: value.lower().rfind("!")].strip() if important else value)[:_MAX_VALUE]
            name = name.strip() if name.strip().startswith("--") else name.strip().lower()
            if important or not found.get(name, ("", False))[1]:
                found[name] = (value, important)
    return found


def _letter(found: re.Match[str]) -> str:
    return chr(min(int(found[1], 16), 0x10FFFF))


def rules_of(sheets: Iterable[str], ask: Callable[[str], frozenset[int]] | None) -> Iterator[tuple[str, Rule]]:
    """Every rule that holds for the page as it stands, with its selector, in order. `ask` finds the elements of a
    selector that is more than tags, ids, classes and attributes."""
    order = asked = 0
    for selectors, body in _bodies(sheets):
        stated = {name: said for name, said in declarations(body).items() if name.startswith("--") or name in _BEARING}
        if not stated:
            continue
        for selector in selectors.split(",") if not _grouped(selectors) else [selectors]:
            selector = selector.strip().replace(":root", "html")
            parts = parts_of(selector)
            elements: frozenset[int] | None = None
            if not parts:
                if ask is None or not selector or _NOT_NOW.search(selector) or asked >= _MAX_ASKED:
                    continue
                asked += 1
                elements = ask(selector)
                if not elements:
                    continue
            order += 1
            if order > MAX_RULES:
                return
            weight = sum(part.weight for _, part in parts) or _rough_weight(selector)
            yield selector, Rule(parts, elements, stated, weight, order)


def _grouped(selectors: str) -> bool:
    """Commas inside brackets, as in :is(a, b), don't part selectors."""
    return any("," in piece.partition("(")[2] for piece in selectors.split(")"))


def _rough_weight(selector: str) -> int:
    return 10_000 * selector.count("#") + 100 * len(re.findall(r"[.\[:]", selector)) + 1


def _bodies(sheets: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, those inside conditions that hold and inside other rules too; from a stack."""
    for sheet in sheets:
        waiting = [(COMMENT.sub(" ", sheet).replace("<!--", " ").replace("-->", " "), 0, "")]
        while waiting:
            text, at, outer = waiting.pop()
            brace = text.find("{", at)
            if brace < 0:
                if outer and text[at:].strip():
                    yield outer, text[at:]
                continue
            end = _closing(text, brace)
            before, _, selectors = text[at:brace].rpartition(";")
            selectors, body = selectors.strip(), text[brace + 1 : end]
            if outer and before.strip():
                yield outer, before
            waiting.append((text, end + 1, outer))
            scope = _SCOPE.match(selectors)
            if scope and len(waiting) < 20:
                waiting.append((body, 0, _inside(outer, scope[1]) if outer else scope[1]))
                continue
            if selectors.startswith("@"):
                if applies(selectors.lower()) and len(waiting) < 20:
                    waiting.append((body, 0, outer))
                continue
            inner = (_inside(outer, selectors) if outer else selectors)[:_MAX_SELECTOR]
            if "{" in body and len(waiting) < 20:
                waiting.append((body, 0, inner))
            else:
                yield inner, body


def _inside(outer: str, selectors: str) -> str:
    """A rule inside a rule: `&` stands for what the outer one means, else it is meant inside of that."""
    if (len(outer) + 1) * (selectors.count("&") + selectors.count(",") + 1) > _MAX_SELECTOR:
        return ""
    if _grouped(outer) or _grouped(selectors) or outer.count(",") * selectors.count(",") > 100:
        return selectors.replace("&", f":is({outer})") if "&" in selectors else f":is({outer}) :is({selectors})"
    parts = [(part.strip(), one.strip()) for one in outer.split(",") for part in selectors.split(",")]
    return ", ".join(part.replace("&", one) if "&" in part else f"{one} {part}" for part, one in parts)


def _closing(text: str, brace: int) -> int:
    depth = 0
    for found in _BRACES.finditer(text, brace):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return len(text)


def parts_of(selector: str) -> tuple[tuple[str, Part], ...]:
    """A selector of tags, ids, classes, attributes, descendants and children as parts; () for all others."""
    if not selector or any(sign in selector for sign in ":+~|\\"):
        return ()
    parts: list[tuple[str, Part]] = []
    combinator = ""
    for word in re.sub(r"\s*>\s*", " > ", selector).split():
        if word == ">":
            combinator = ">"
            continue
        tag = identity = ""
        classes: set[str] = set()
        attributes: list[tuple[str, str | None]] = []
        if _SIMPLE.sub("", word):  # signs that this is too simple for
            return ()
        for simple in _SIMPLE.finditer(word):
            if simple[3]:
                attributes.append((simple[3].lower(), simple[4]))
            elif simple[1] == ".":
                classes.add(simple[2])
            elif simple[1] == "#":
                identity = simple[2]
            elif simple[2] != "*":
                tag = simple[2].lower()
        parts.append((combinator, Part(tag, identity, frozenset(classes), tuple(attributes))))
        combinator = " "
    return tuple(parts)
