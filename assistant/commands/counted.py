"""A number with its noun, as French writes it."""

from __future__ import annotations


def counted(number: int, *words: str) -> str:
    """Write « 2 documents retirés »: each word takes an s from two on."""
    plural = "s" if number > 1 else ""
    return " ".join([str(number), *(f"{word}{plural}" for word in words)])
