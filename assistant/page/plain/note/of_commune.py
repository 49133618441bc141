"""The note of a commune: every scheme sorted for it, as its page does."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.eligibility.commune_view import commune_view
from assistant.eligibility.service import EligibilityService
from assistant.eligibility.verdict_words import epci_words, population_words
from assistant.page import texts
from assistant.page.plain.commune_sheet import Group, Row, groups_of
from assistant.page.plain.funding import amount_of
from assistant.page.plain.note import words
from assistant.page.plain.note.content import Block, Bullets, Note, Paragraph, Section, SourceBook, Table
from assistant.page.plain.note.parts import next_step
from assistant.page.plain.verdict import answered
from corpus.communes.commune import Commune
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche
from corpus.french.dates import french_date

# What is told with its amount, its sources and what is left to check; the rest, with why alone.
_WHOLE = frozenset({"probables", "a-verifier"})


def commune_note(
    service: EligibilityService, commune: Commune, answers: Mapping[str, bool], root: str
) -> Note:
    """Make the note of every scheme for a commune, today.

    Args:
        service: examines.
        commune: the applicant.
        answers: yes or no by the key of a question of ours; others are left out.
        root: the whole address of the root of the site, with its last slash.

    Raises:
        WrongDate: today is out of reach of the corpus.
    """
    on, catalogue, book = service.today(), service.catalogue, SourceBook()
    view = commune_view(commune, service.territory)
    place = book.add([view.source])
    groups = groups_of(service, catalogue, commune, answers)
    given = answered(service, answers)
    first: list[Block] = [Paragraph(texts.COMPUTED, Paragraph.SMALL)]
    if given:
        first.append(Paragraph(f"{words.ANSWERED}\u00a0:"))
        first.append(Bullets(tuple(words.ANSWERED_ITEM.format(text=i.text, answer=i.answer) for i in given)))
    sections = [
        Section("", tuple(first)),
        *(Section(group.title, (_group(group, catalogue, book),)) for group in groups),
        Section(words.TO_CONFIRM, (Bullets((words.YEARS_DIFFER,)),)),
        Section(words.NEXT, (Bullets(_next(groups, catalogue, f"{root}communes/{commune.insee}")),)),
    ]
    return Note(
        title=words.TITLE,
        facts=(
            (words.DATE, french_date(on.isoformat())),
            (words.COMMUNE, view.label),
            (words.POPULATION, f"{population_words(view)} [{place[0]}]"),
            (words.EPCI, epci_words(view)),
            (words.SUBJECT, words.OF_COMMUNE),
        ),
        sections=tuple(sections),
        sources=book.sources,
        name=f"note-conseil-{commune.insee}-{on.isoformat()}",
    )


def _group(group: Group, catalogue: Catalogue, book: SourceBook) -> Table:
    """The schemes of one kind of verdict."""
    if group.id not in _WHOLE:
        rows = tuple((row.name, row.why or row.availability) for row in group.rows)
        return Table(group.title, (words.SCHEME, words.DECIDES), rows)
    decides = words.LEFT if group.id == "a-verifier" else words.DECIDES
    head = (words.SCHEME, words.AMOUNT, decides, words.AVAILABILITY)
    return Table(group.title, head, tuple(_row(row, catalogue.fiche(row.id), book) for row in group.rows))


def _row(row: Row, fiche: Fiche, book: SourceBook) -> tuple[str, ...]:
    """A scheme with who pays, what it pays, what is left to check; its source is that of the amount."""
    amount = amount_of(fiche)
    first = (amount.sentence.sources if amount else (1,))[:1]
    return (
        f"{row.name} ({row.funder}) {book.of_fiche(fiche, first)}",
        row.amount or words.UNTOLD_AMOUNT,
        row.asked.text if row.asked else row.why,
        words.STATES[row.state],
    )


def _next(groups: tuple[Group, ...], catalogue: Catalogue, page: str) -> tuple[str, ...]:
    """Where aids are asked for, by who pays those that may be had; the page that is kept up to date."""
    schemes = [catalogue.scheme(row.id) for group in groups if group.id in _WHOLE for row in group.rows]
    steps = dict.fromkeys(next_step(scheme) for scheme in schemes)
    return (*steps, words.SHEET_OF_COMMUNE.format(address=page))
