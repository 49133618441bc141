"""Statements and units as a document gives them."""

from __future__ import annotations

from assistant.reading.stated.statement import Statement, Unit
from corpus.french.typography import typeset


def first_said(text: str, heading: str = "") -> Unit:
    """The first thing that a sentence says."""
    return Statement(0, typeset(text), (heading,) if heading else ()).units[0]
