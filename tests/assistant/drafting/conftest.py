"""Statements and units as a document gives them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.drafting.statement import Statement, Unit
from corpus.french.typography import typeset

Said = Callable[..., Unit]


@pytest.fixture
def said() -> Said:
    """The first thing that a sentence says."""

    def unit(text: str, heading: str = "") -> Unit:
        return Statement(0, typeset(text), (heading,) if heading else ()).units[0]

    return unit
