"""Set the calendars of several schemes side by side: what is known of each, and which is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.verdict_reply import sentence_on
from assistant.eligibility.availability import Known, availability_on
from assistant.eligibility.citations import CitationBook
from assistant.lines import Line, line
from assistant.markers import marked
from assistant.messages import comparisons, reserves
from corpus.fiches.fiche import Fiche
from corpus.labels import State


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of the calendar of one of the schemes.

    Attributes:
        label: its usual name.
        known: its state on the day.
        text: that state with its dates, cited; without them where no sentence states them.
        is_dated: whether it gives the dates of a period.
        is_over: whether the scheme is closed for good.
    """

    label: str
    known: Known
    text: str
    is_dated: bool
    is_over: bool


def calendar_of(fiche: Fiche, on: date, book: CitationBook) -> Calendar:
    """Say what is known of the calendar of a scheme on a day.

    Args:
        fiche: of the scheme.
        on: the day.
        book: issues the numbers of the citations.
    """
    scheme, known = fiche.scheme, availability_on(fiche.scheme, on)
    stated = sentence_on(fiche, known.window.closes or known.window.opens) if known.window else None
    text = comparisons.AVAILABILITY[known.state]
    if stated is not None:
        text = f"{known.text} {marked((book.sentence(fiche, *stated),))}"
    is_over = known.state == "closed" and scheme.status.state is State.CLOSED
    if is_over:
        text = reserves.no_longer_open(scheme.label, None, text if stated is not None else None)
    return Calendar(scheme.label, known, text, stated is not None, is_over)


def which_is_open(sides: Sequence[Calendar]) -> Line:
    """The line that says which of some schemes, two at least, takes requests."""
    if all(item.known.state == "unknown" and item.is_dated for item in sides):
        return line("verdict", comparisons.LAST_CALLS_OVER)
    by = {
        state: [item.label for item in sides if item.known.state == state]
        for state in ("open", "closed", "unknown")
    }
    return line("verdict", comparisons.which_is_open(by["open"], by["closed"], by["unknown"]))
