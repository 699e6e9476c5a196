"""A report as JSON on one line: the very text that json.dumps makes of its to_dict, in a sixth of the time.

A batch writes a report for each document, and json.dumps with to_dict before it would take a third of a report's own time.
So each class of the model gets a writer, compiled from its fields when it is first met, as dataclasses compiles __init__;
and what comes again and again from one document to the next, the requirements and what is missing, is written once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from json.encoder import encode_basestring as quoted
from math import isfinite
from operator import attrgetter
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from dlmatch.model.report import RENAMED, SCHEMA, Gap, Group, Kind, Report, SkillFound, plain

Writer = Callable[[Any], str]
REMEMBERED: Final = 10_000  # pieces of text: some 5 MB, and more than there are in a run
UNUSED: Final[dict[Kind, tuple[str, ...]]] = {"job": ("shown", "months", "last_used"), "resume": ("need",)}  # of a skill


# plain values as JSON on one line, without spaces; made once, since json.dumps makes an encoder for each value
dumped: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def compact(report: Report) -> str:
    """The report as JSON on one line, without spaces."""
    return _REPORT[report.kind](report)


class _Writers(dict[type, Writer]):
    """What writes a value, by its type; compiled for a class that is met for the first time."""

    def __missing__(self, kind: type) -> Writer:
        self[kind] = made = _compiled(kind) if is_dataclass(kind) else lambda value: dumped(plain(value))
        return made


def _compiled(kind: type, without: tuple[str, ...] = ()) -> Writer:
    """A writer for a class: one formatted string that holds all of its fields."""
    hints = get_type_hints(kind)
    parts = [
        f'"{RENAMED.get(field.name, field.name)}":{_expression(f"v.{field.name}", hints[field.name])}'
        for field in fields(kind)
        if field.name not in without
    ]
    made: Writer = eval(f"lambda v: f'''{{{{{','.join(parts)}}}}}'''", {"quoted": quoted, "written": WRITERS})
    return made


def _expression(value: str, hint: Any) -> str:
    """The piece of a formatted string that writes a field: the short way where its type says what it is."""
    if hint is str or get_origin(hint) is Literal:
        return f"{{quoted({value})}}"
    if hint is int:
        return f"{{{value}}}"
    if get_origin(hint) in (Union, UnionType) and len(rest := [one for one in get_args(hint) if one is not type(None)]) == 1:
        return f"{{'null' if {value} is None else {_expression(value, rest[0])[1:-1]}}}"
    if get_origin(hint) is tuple and get_args(hint)[0] is str:
        return f"{{'[' + ','.join([quoted(one) for one in {value}]) + ']'}}"
    return f"{{written[type({value})]({value})}}"


def _remembering(kind: type) -> Writer:
    """A writer that knows a value again: judging hands out the same objects for what documents have in common."""
    write = _compiled(kind)
    known = _KNOWN[kind] = {}
    held: list[Any] = []  # the values themselves, so that no other takes the number of one

    def remembered(value: Any) -> str:
        text = known.get(id(value))
        if text is None:
            if len(known) >= REMEMBERED:
                known.clear()
                held.clear()
            text = known[id(value)] = write(value)
            held.append(value)
        return text

    return remembered


def _number(value: float) -> str:
    return repr(value) if isfinite(value) else dumped(value)  # which refuses it


def _list(values: Any) -> str:
    if not values:
        return "[]"
    texts: list[str | None] = list(map(_KNOWN.get(type(values[0]), _NOTHING).get, map(id, values)))
    if None in texts:
        texts = [WRITERS[type(one)](one) for one in values]
    return f"[{','.join(texts)}]"  # type: ignore[arg-type]  # none of them is None by now


def _dict(values: dict[Any, Any]) -> str:
    if not values:
        return "{}"
    keys = tuple(values)
    frame = _FRAMES.get(keys)
    if frame is None:
        if not all(type(key) is str for key in keys):
            return dumped(plain(values))
        if len(_FRAMES) >= REMEMBERED:
            _FRAMES.clear()
        frame = _FRAMES[keys] = f"{{{','.join([quoted(key).replace('%', '%%') + ':%s' for key in keys])}}}"
    return frame % tuple([WRITERS[type(one)](one) for one in values.values()])


def _gap(gap: Gap) -> str:
    """What a gap does to the pay depends on the document; without pay, a gap is one of a few thousand."""
    return _USUAL_GAP(gap) if gap.pay_effect is None else _PAID_GAP(gap)


def _report(kind: Kind) -> Writer:
    skill = _compiled(SkillFound, UNUSED[kind])
    names = [field.name for field in fields(Report)]
    parts: Callable[[Report], tuple[Any, ...]] = attrgetter(*names)
    at = names.index("skills")
    frame = f'{{"schema":{quoted(SCHEMA)},{",".join(f"{quoted(name)}:%s" for name in names)}}}'

    def written(report: Report) -> str:
        texts = [WRITERS[type(part)](part) if number != at else "" for number, part in enumerate(parts(report))]
        texts[at] = f"[{','.join([skill(one) for one in report.skills])}]"
        return frame % tuple(texts)

    return written


_KNOWN: Final[dict[type, dict[int, str]]] = {}  # what was written for values of a class, by their identity
_NOTHING: Final[dict[int, str]] = {}
_FRAMES: Final[dict[tuple[Any, ...], str]] = {}  # of dicts, by their keys
WRITERS: Final = _Writers(
    {
        str: quoted,
        int: repr,
        float: _number,
        bool: lambda value: "true" if value else "false",
        type(None): lambda value: "null",
        tuple: _list,
        list: _list,
        dict: _dict,
    }
)
_USUAL_GAP: Final = _remembering(Gap)
_PAID_GAP: Final = _compiled(Gap)
WRITERS[Group] = _remembering(Group)
WRITERS[Gap] = _gap
_REPORT: Final[dict[Kind, Writer]] = {"job": _report("job"), "resume": _report("resume")}
