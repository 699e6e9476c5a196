"""Reading: bytes of any kind become a Document, its visible text with what was noticed on the way."""

from __future__ import annotations

from dlmatch.reading.read import read, read_text, warm

__all__ = ["read", "read_text", "warm"]
