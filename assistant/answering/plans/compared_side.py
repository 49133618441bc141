"""One of the schemes, or pages, that are compared: what is said of it, what it pays, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answering.knowledge import Knowledge
from assistant.answering.plans.compared_amounts import MOST_RULES, Paid, paid
from assistant.answering.plans.compared_rows import Own, Said
from assistant.answering.plans.compared_windows import Calendar, calendar_of
from assistant.answering.told_sums import Asked
from assistant.answering.turn import Turn
from assistant.eligibility.citations import CitationBook
from assistant.lines import Line
from assistant.messages import comparisons
from assistant.reading.applicant import Applicant
from corpus.fiches.fiche import Fiche
from corpus.labels import FUNDER_LABELS


@dataclass(frozen=True, slots=True)
class Side:
    """One of the schemes, or pages, that are compared.

    Attributes:
        own: what the sources say of it.
        head: its name and who pays.
        fiche: its fiche; None for a page.
        paid: what it pays; None for a page.
        calendar: what is known of its calendar; None for a page.
        is_refused: whether whoever asks may not have it.
    """

    own: Own
    head: str
    fiche: Fiche | None = None
    paid: Paid | None = None
    calendar: Calendar | None = None
    is_refused: bool = False

    @property
    def sums(self) -> tuple[Line, ...]:
        """The lines on what it pays; none for who may not have it."""
        if self.paid is None or self.is_refused:
            return ()
        return tuple(item.line for item in self.paid.told[:MOST_RULES])

    @property
    def is_dated(self) -> bool:
        """Whether the dates of a period are known of its calendar."""
        return self.calendar is not None and self.calendar.is_dated

    def without(self, found: Iterable[Said], lines: Iterable[Line], book: CitationBook) -> list[Said]:
        """Sentences without those that some lines rest on: they'd say the same again."""
        cited = {number for told in lines for number in told.citations}
        quotes = {item.quote for item in book.citations if item.n in cited}
        return [item for item in found if item.text not in quotes]


def make_side(
    name: str,
    knowledge: Knowledge,
    turn: Turn,
    applicant: Applicant,
    book: CitationBook,
    *,
    is_refused: bool,
) -> Side:
    """Gather what is known of one of the schemes, or pages, that are compared.

    Args:
        name: its id.
        knowledge: what every turn draws on.
        turn: the turn, its sentences weighed.
        applicant: who asks.
        book: issues the numbers of the citations.
        is_refused: whether who asks may not have it.
    """
    found = tuple(item for item in turn.evidence if item.hit.chunk.subject_id == name and not item.is_gap)
    if name not in knowledge.catalogue:
        title = found[0].hit.chunk.label if found else ""
        return Side(
            Own(name, found, None, knowledge.catalogue, knowledge.names), comparisons.column_of_page(title)
        )
    fiche, on = knowledge.catalogue.fiche(name), knowledge.today()
    words = applicant.own_words or (turn.understood.text,)
    label, own = fiche.scheme.label, Own(name, found, fiche, knowledge.catalogue, knowledge.names)
    asked = Asked(fiche, applicant.facts, knowledge.territory, on, words)
    return Side(
        own,
        comparisons.column_of_scheme(label, FUNDER_LABELS[fiche.scheme.funder]),
        fiche,
        paid(label, asked, book, against=own.is_denied),
        calendar_of(fiche, on, book),
        is_refused,
    )
