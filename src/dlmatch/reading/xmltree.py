"""Parses XML parts into small trees with short names, without document types, entities or anything from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from dlmatch.reading.limits import MAX_XML_NESTING, Budget, LimitReached


class Tree:
    """The root as far as it could be read; `damaged` if the XML broke off, `limit` if a limit was met on the way."""

    __slots__ = ("damaged", "limit", "root")

    def __init__(self, root: Element | None, damaged: bool, limit: LimitReached | None) -> None:
        self.root = root
        self.damaged = damaged
        self.limit = limit


class _Names(dict[str, str]):
    """'uri|local' -> 'prefix:local' with the caller's prefixes, whatever prefixes the file uses."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        uri, bar, local = name.rpartition("|")
        short = f"{self._prefixes.get(uri, '?')}:{local}" if bar else local
        if len(self) < 10_000:
            self[name] = short
        return short


def parse(chunks: Iterable[bytes], budget: Budget, prefixes: Mapping[str, str]) -> Tree:
    """The tree of a part. What was read before a fault or a limit is kept."""
    names = _Names(prefixes)
    builder = TreeBuilder()
    roots: list[Element] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth >= MAX_XML_NESTING:
            raise LimitReached("nesting", f"elements lie more than {MAX_XML_NESTING} deep inside each other")
        budget.element()
        depth += 1
        element = builder.start(names[name], {names[key]: value for key, value in attributes.items()})
        if depth == 1:
            roots.append(element)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(names[name])

    def doctype(name: str, system: str | None, public: str | None, has_subset: int) -> None:
        # Only old OpenOffice files name a document type, and they declare nothing in it.
        if has_subset:
            raise LimitReached("entities", "the file declares entities, which no word processor writes")

    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    limit: LimitReached | None = None
    damaged = False
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            budget.clock()
        parser.Parse(b"", True)
    except LimitReached as reached:
        limit = reached
    except (expat.ExpatError, ValueError, LookupError):
        damaged = True
    if limit is not None or damaged:
        for _ in range(depth):  # flush what the builder still holds
            builder.end("")
    return Tree(roots[0] if roots else None, damaged, limit)


def down(element: Element | None, *tags: str) -> Element | None:
    """The first child with the first tag, its first child with the second, and so on."""
    for tag in tags:
        if element is None:
            return None
        element = element.find(tag)
    return element


def first(element: Element, tag: str) -> Element | None:
    """The first element with this tag anywhere inside."""
    return next(element.iter(tag), None)


def outside(element: Element, *walls: str) -> Iterator[Element]:
    """Everything inside an element in order, down to the elements whose tags are `walls`, but nothing inside those.

    Boxes lie in boxes; without the walls, each would be found once for every box around it.
    """
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        yield child
        if child.tag not in walls:
            waiting.append(iter(child))
