"""The note of a scheme examined for a commune: the verdict, the conditions, the money, what isn't known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.eligibility.citations import CitationBook
from assistant.eligibility.commune_view import commune_view
from assistant.eligibility.service import EligibilityService
from assistant.eligibility.shape import eligibility_shape
from assistant.eligibility.verdict_words import epci_words, population_words
from assistant.page import texts
from assistant.page.plain.note import words
from assistant.page.plain.note.content import (
    Block,
    Bullets,
    Note,
    Paragraph,
    Section,
    SourceBook,
    Table,
)
from assistant.page.plain.note.parts import age, conditions, fiche_address, left_open, next_step, seems
from assistant.page.plain.sheet import Sheet, sheet_of
from assistant.page.plain.verdict import answered
from assistant.reply import Eligibility
from corpus.communes.commune import Commune
from corpus.fiches.fiche import Fiche
from corpus.french.dates import french_date


def scheme_note(
    service: EligibilityService, scheme_id: str, commune: Commune, answers: Mapping[str, bool], root: str
) -> Note:
    """Make the note of a scheme for a commune, today.

    Args:
        service: examines.
        scheme_id: a scheme of its catalogue.
        commune: the applicant.
        answers: yes or no by the key of a question of ours; others are left out.
        root: the whole address of the root of the site, with its last slash.

    Raises:
        WrongDate: today is out of reach of the corpus.
    """
    on, fiche = service.today(), service.catalogue.fiche(scheme_id)
    scheme, book = fiche.scheme, SourceBook()
    passages = CitationBook(service.territory)
    found = eligibility_shape(service.assessed(scheme_id, commune, answers), fiche, passages)
    citations = {item.n: item for item in passages.citations}
    sheet = sheet_of(fiche, service.catalogue, on)
    view = commune_view(commune, service.territory)
    given = answered(service, answers)
    verdict: list[Block] = [Paragraph(seems(found, scheme.label), Paragraph.VERDICT)]
    if found.criteria:
        verdict.append(
            conditions(found, scheme.label, lambda n: book.cited(f"[{n}]", citations) if n else "")
        )
    if given:
        verdict.append(Paragraph(f"{words.ANSWERED}\u00a0:"))
        verdict.append(
            Bullets(tuple(words.ANSWERED_ITEM.format(text=i.text, answer=i.answer) for i in given))
        )
    verdict.append(Paragraph(texts.COMPUTED, Paragraph.SMALL))
    sections = (
        Section(words.VERDICT, tuple(verdict)),
        Section(words.IN_SHORT, (_facts(sheet, fiche, book),)),
        *((Section(words.AMOUNTS, (_money(sheet, fiche, book),)),) if sheet.funding else ()),
        Section(words.TO_CONFIRM, (Bullets(tuple(_to_confirm(sheet, fiche, found, book))),)),
        Section(words.NEXT, (Bullets((next_step(scheme), fiche_address(scheme, root))),)),
    )
    place = book.add([view.source])
    return Note(
        title=words.TITLE,
        facts=(
            (words.DATE, french_date(on.isoformat())),
            (words.COMMUNE, view.label),
            (words.POPULATION, f"{population_words(view)} [{place[0]}]"),
            (words.EPCI, epci_words(view)),
            (words.SUBJECT, words.OF_SCHEME.format(name=scheme.name)),
        ),
        sections=sections,
        sources=book.sources,
        name=f"note-conseil-{scheme.id}-{commune.insee}-{on.isoformat()}",
    )


def _facts(sheet: Sheet, fiche: Fiche, book: SourceBook) -> Table:
    """The answer in five lines."""
    rows = tuple(
        (
            fact.heading,
            " ".join(f"{told.text} {book.of_fiche(fiche, told.sources)}".strip() for told in fact.told),
        )
        for fact in sheet.facts
    )
    return Table(words.IN_SHORT, (words.ESSENTIAL, words.IT_IS), rows)


def _money(sheet: Sheet, fiche: Fiche, book: SourceBook) -> Table:
    """Every typed rule, with its years."""
    rows = tuple(
        (
            row.label or words.RULE_OF_SCHEME,
            f"{row.text} {book.of_fiche(fiche, row.sources)}".strip(),
            row.period or words.UNTOLD,
        )
        for row in sheet.funding
    )
    return Table(words.AMOUNTS, (words.RULE, words.AID, words.YEARS), rows)


def _to_confirm(sheet: Sheet, fiche: Fiche, found: Eligibility, book: SourceBook) -> Iterator[str]:
    """The conditions still open, the calendar, what isn't known, how old it all is."""
    yield from left_open(found, fiche.scheme.label)
    if sheet.availability.state != "open":
        yield sheet.availability.text
    for block in sheet.unknown:
        for sentence in block.sentences:
            yield f"{sentence.text} {book.of_fiche(fiche, sentence.sources)}".strip()
    yield age(fiche.scheme)
