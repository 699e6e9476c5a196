"""E-mail files (and web archives in the same form) to one text: the message, then each attachment that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from dlmatch.errors import DlmatchError
from dlmatch.model.document import Document
from dlmatch.reading.formats import parse_embedded
from dlmatch.reading.gather import Gathering
from dlmatch.reading.limits import MAX_ATTACHMENTS, MAX_MAIL_PARTS, LimitReached, spending
from dlmatch.reading.text import decode, read_string
from dlmatch.reading.webpage import read_webpage

_NO_DOCUMENTS = ("image/", "audio/", "video/", "font/", "text/css", "text/calendar", "text/javascript", "application/pgp",
"application/pkcs7",
                 "application/x-pkcs7", "application/ics", "text/x-vcard", "text/vcard")  # fmt: skip


def read_mail(data: bytes, name: str) -> Document:
    """A mail from bytes."""
    with spending() as budget:
        gathering = Gathering(budget)
        message = message_from_bytes(data)
        gathering.run(lambda: _read(message, gathering))
        return gathering.document("mail", "message/rfc822")


def _read(message: Message, gathering: Gathering) -> None:
    saved_page = message.get("Snapshot-Content-Location") is not None or "saved by" in str(message.get("From", "")).lower()
    if not saved_page:
        gathering.line(_header(message, "Subject"), "heading")
    attached = 0
    for part in _parts(message):
        kind = part.get_content_type()
        if _is_text(part):
            gathering.include(_body(part, kind))
            continue
        if kind.startswith(_NO_DOCUMENTS):
            continue
        attached += 1
        if attached > MAX_ATTACHMENTS:
            raise LimitReached("attachments", f"the mail has more than {MAX_ATTACHMENTS} attachments")
        _attachment(part, attached, gathering)


def _parts(message: Message) -> Iterator[Message]:
    """The parts a reader of the mail sees: of alternatives the richest, of a page and its pictures the page."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MAX_MAIL_PARTS:
            raise LimitReached("mail-parts", f"the mail has more than {MAX_MAIL_PARTS} parts")
        inner = part.get_payload() if part.is_multipart() else None  # of a text it decodes, and fails
        if not isinstance(inner, list):
            yield part
        elif part.get_content_subtype() == "alternative":
            best = _richest([piece for piece in inner if isinstance(piece, Message)])
            waiting.extend(best)
        elif part.get_content_subtype() == "related":
            rest = [
                piece for piece in inner[1:] if isinstance(piece, Message) and piece.get_content_disposition() == "attachment"
            ]
            waiting.extend(reversed([*inner[:1], *rest]))
        else:
            waiting.extend(reversed([piece for piece in inner if isinstance(piece, Message)]))


def _richest(pieces: list[Message]) -> list[Message]:
    """Mail programs show the last alternative they know. Parts that are no text (a calendar entry) are not shown."""
    shown = [piece for piece in pieces if piece.is_multipart() or piece.get_content_type() in ("text/plain", "text/html")]
    filled = [piece for piece in shown if piece.is_multipart() or _bytes(piece).strip()]
    return filled[-1:] or shown[-1:]


def _is_text(part: Message) -> bool:
    return part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body(part: Message, kind: str) -> Document:
    raw = _bytes(part)
    try:
        text = raw.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):  # no such encoding, or one whose rules the bytes break
        text, _ = decode(raw) if raw else ("", [])
    return read_webpage(text.encode("utf-8-sig", "replace"), "") if kind == "text/html" else read_string(text)


def _attachment(part: Message, number: int, gathering: Gathering) -> None:
    name = _file_name(part) or f"attachment {number}"
    data = _bytes(part)
    if not data:
        return
    try:
        document = parse_embedded(data, name)
    except DlmatchError as error:
        gathering.warn(f"attachment-unread-{number}", f"Attachment {number} was not read ({error.slug}).")
        return
    gathering.include(document)


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename()
        return str(make_header(decode_header(name))) if name else ""
    except (LookupError, ValueError, TypeError, MessageError):
        return ""


def _header(message: Message, field: str) -> str:
    value = message.get(field, "")
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, ValueError, TypeError, MessageError):
        return str(value)
