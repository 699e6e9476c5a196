"""Turns a Document, or the error instead of it, into JSON for the pipe and back; nothing is ever unpickled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from dlmatch.errors import DamagedDocument, DlmatchError, LimitExceeded, every_error
from dlmatch.model.document import Block, BlockKind, Document, Finding, Place, ReadWarning, Status

_KINDS = frozenset(get_args(BlockKind))
_STATUSES = frozenset(get_args(Status))
_ERRORS = {kind.slug: kind for kind in every_error()}


def pack(document: Document) -> bytes:
    """A Document as JSON."""
    body = {
        "text": document.text,
        "name": document.name,
        "media_type": document.media_type,
        "status": document.status,
        "reader": document.reader,
        "pages": document.pages,
        "blocks": [(b.start, b.end, b.kind, b.page) for b in document.blocks],
        "places": [(p.start, p.end, p.page, p.bbox) for p in document.places],
        "warnings": [(w.code, w.message, w.page) for w in document.warnings],
        "findings": [(f.code, f.message, f.page, f.quote) for f in document.findings],
        "stated": dict(document.stated),
    }
    return json.dumps({"document": body}, separators=(",", ":")).encode()


def pack_error(error: DlmatchError) -> bytes:
    """A typed error as JSON."""
    return json.dumps({"error": [error.slug, error.what, error.where, error.next_step]}).encode()


def unpack(answer: bytes) -> Document:
    """The Document of an answer; raises the error of an answer. An answer that is neither counts as damaged."""
    try:
        body = json.loads(answer)
        if not body.get("error"):
            return _document(body["document"])
        slug, what, where, next_step = (str(part) for part in body["error"])
    except RecursionError:
        raise LimitExceeded("The limit on nesting was reached: what was read is nested too deep.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedDocument("Reading it gave no usable answer.") from None
    raise _ERRORS.get(slug, DamagedDocument)(what, where, next_step)


def _document(body: Mapping[str, Any]) -> Document:
    if body["status"] not in _STATUSES or not isinstance(body["text"], str) or not isinstance(body["stated"], dict):
        raise ValueError(body["status"])
    size = len(body["text"])
    blocks = [
        Block(start=a, end=b, kind=kind, page=page)
        for a, b, kind, page in body["blocks"]
        if kind in _KINDS and 0 <= a <= b <= size
    ]
    places = [
        Place(start=a, end=b, page=page, bbox=(box[0], box[1], box[2], box[3]) if box else None)
        for a, b, page, box in body["places"]
        if 0 <= a <= b <= size
    ]
    return Document(
        text=body["text"],
        name=body["name"],
        media_type=body["media_type"],
        status=body["status"],
        reader=body["reader"],
        pages=body["pages"],
        blocks=tuple(blocks),
        places=tuple(places),
        warnings=tuple(ReadWarning(code=code, message=message, page=page) for code, message, page in body["warnings"]),
        findings=tuple(Finding(code=c, message=m, page=page, quote=quote) for c, m, page, quote in body["findings"]),
        stated=body["stated"],
    )
