"""Plain text in any usual encoding, decoded to a Document."""

from __future__ import annotations

import codecs

from dlmatch.errors import UnsupportedFormat
from dlmatch.model.document import Document, ReadWarning
from dlmatch.reading.garbled import mend
from dlmatch.reading.gather import clean
from dlmatch.reading.limits import MAX_CHARACTERS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"+/v8", "utf-7"),
)
_SAMPLE = 16_384
# Share of control characters above which bytes are no text.
_MAX_CONTROLS = 0.05
_CONTROL_BYTES = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27} | {127})
# Windows-1252 leaves five bytes undefined; there Latin-1 has controls, which show nothing.
_HOLES = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def _fill_hole(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(_HOLES.get(byte, "\ufffd") for byte in error.object[error.start : error.end]), error.end


codecs.register_error("dlmatch-1252", _fill_hole)


def read_text_bytes(data: bytes, name: str) -> Document:
    """Plain text from bytes."""
    text, warnings = decode(data)
    return _document(text, warnings)


def read_string(text: str) -> Document:
    """Plain text from a string."""
    return _document(text, [])


def _document(text: str, warnings: list[ReadWarning]) -> Document:
    mended = mend(text)
    if mended != text:
        warnings.append(ReadWarning(code="mended-encoding", message="Letters that a program had garbled were put right."))
    text = clean(mended)
    status = "ok"
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        status = "partial"
        message = (
            f"Only a part was read: the limit on characters was reached: the text is longer than {MAX_CHARACTERS:,} characters."
        )
        warnings.append(ReadWarning(code="limit-characters", message=message))
    return Document(text=text, status="partial" if status == "partial" else "ok", warnings=tuple(warnings))


def decode(data: bytes) -> tuple[str, list[ReadWarning]]:
    """The text of bytes whose encoding nobody tells, and what had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) if encoding != "utf-7" else 0 :], encoding)
    wide = _wide(data)
    if wide:
        return _lenient(data, wide)
    _refuse_binary(data)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _eight_bit(data)


def _lenient(data: bytes, encoding: str) -> tuple[str, list[ReadWarning]]:
    text = data.decode(encoding, "replace")
    sample = text[:_SAMPLE]
    if sum(map(_is_odd, sample)) > _MAX_CONTROLS * max(len(sample), 1) + 1:
        raise UnsupportedFormat("Its bytes are no text.")
    return text, _stray(text.count("\ufffd"))


def _is_odd(character: str) -> bool:
    return (character < " " and character not in "\t\n\r\f\v\b\0") or "\ue000" <= character <= "\uf8ff"


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: Latin letters leave zero bytes at every second, or three of four, places."""
    sample = data[: _SAMPLE & ~3]
    size = len(sample) // 4 * 4
    if size < 4 or not sample.count(0):
        return None
    zeros = [sample[place:size:4].count(0) / (size // 4) for place in range(4)]
    patterns: tuple[tuple[str, tuple[int, ...], tuple[int, ...], float], ...] = (
        ("utf-32-le", (0,), (1, 2, 3), 0.9), ("utf-32-be", (3,), (0, 1, 2), 0.9),
        ("utf-16-le", (0, 2), (1, 3), 0.4), ("utf-16-be", (1, 3), (0, 2), 0.4),
    )  # fmt: skip
    for encoding, full, empty, share in patterns:
        if all(zeros[place] > share for place in empty) and all(zeros[place] < 0.1 for place in full):
            return encoding
    return None


def _refuse_binary(data: bytes) -> None:
    """Zero bytes are only left out: text that passed through a faulty program holds them. Other controls are the sign."""
    sample = data[:_SAMPLE].replace(b"\0", b"")
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    zeros = data[:_SAMPLE].count(0)
    if controls > max(1, _MAX_CONTROLS * len(sample)) or zeros > len(sample):
        raise UnsupportedFormat("Its bytes are no text, and of no other kind that a reader takes.")


def _eight_bit(data: bytes) -> tuple[str, list[ReadWarning]]:
    """Not valid UTF-8: UTF-8 with a few broken places, or Windows-1252, which Latin-1 is a part of.

    Zero bytes say that the file is broken rather than old: then a stray byte is no letter.
    """
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = sum(character >= "\x80" for character in lenient) - broken
    if whole > broken or b"\0" in data:
        return lenient, _stray(broken)
    text = data.decode("cp1252", "dlmatch-1252")
    return text, [ReadWarning(code="guessed-encoding", message="The text is not UTF-8; it was read as Windows-1252.")]


def _stray(count: int) -> list[ReadWarning]:
    message = f"{count} places could not be decoded; a replacement character stands there."
    return [ReadWarning(code="stray-bytes", message=message)] if count else []
