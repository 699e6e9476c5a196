"""Numbers as files state them, read so that none of them can stop the reading."""

from __future__ import annotations

import re

# No length, share or count of a document needs more digits; longer ones are nonsense, and slow or too large to work with.
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_LONGEST = 60


def whole(text: str | None) -> int | None:
    """A whole number; None for all else."""
    stripped = (text or "")[:_LONGEST].strip()
    return int(stripped) if _WHOLE.fullmatch(stripped) else None


def decimal(text: str | None) -> float | None:
    """A number with or without a point; None for all else."""
    stripped = (text or "")[:_LONGEST].strip()
    return float(stripped) if _DECIMAL.fullmatch(stripped) else None


def hexadecimal(text: str | None) -> int | None:
    """A whole number in hex digits; None for all else."""
    stripped = (text or "")[:_LONGEST].strip()
    return int(stripped, 16) if re.fullmatch(r"[0-9a-fA-F]{1,8}", stripped) else None
