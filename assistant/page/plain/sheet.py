"""The fiche of a scheme as a page shows it: the answer in five lines, then all that is known, sourced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.availability import Known, availability_on
from assistant.eligibility.citations import cited_source
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.words import spaced
from assistant.page.plain import words
from assistant.page.plain.drawing import capital
from assistant.page.plain.funding import FundingRow, amount_of, funding_rows
from assistant.page.plain.origin import Origin, origin_of
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.document import Block, Section, Sentence
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.fiches.scheme import Scheme
from corpus.labels import (
    BENEFICIARY_LABELS,
    FUNDER_LABELS,
    RELATION_LABELS,
    TOPIC_LABELS,
    Funder,
    RelationKind,
)

# The fiche that says where requests to the Region are made, and whom to ask.
CONTACTS = "depot-et-contacts"
_WHOM, _MONEY, _HOW = "Bénéficiaires", "Montant", "Démarche"
_FIRST_TOLD = {RelationKind.REPLACED_BY: 0, RelationKind.REPLACES: 1, RelationKind.NOT_CUMULATIVE_WITH: 2}
_INVERSE = {
    RelationKind.PART_OF: words.CONTAINS,
    RelationKind.REPLACES: RELATION_LABELS[RelationKind.REPLACED_BY],
    RelationKind.REPLACED_BY: RELATION_LABELS[RelationKind.REPLACES],
}


@dataclass(frozen=True, slots=True)
class Told:
    """A text with the numbers of the sources that state it."""

    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the five lines: a heading, what is known, and the way to more (an anchor or a path) if any."""

    heading: str
    told: tuple[Told, ...]
    more: str = ""
    more_text: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another scheme: how it stands to this one, its id, its name, a remark, the sources of that."""

    how: str
    id: str
    name: str
    note: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of a scheme shows.

    Attributes:
        scheme: the scheme.
        funder: who pays, in French.
        topics: the themes, in French.
        whom: who may ask, in French.
        availability: whether requests are taken today.
        age: how old what is known is.
        facts: the answer in five lines.
        criteria: the conditions, each with its sources.
        funding: the rules of the money.
        sections: the statements, without what isn't known.
        unknown: what isn't known.
        related: other schemes.
        origins: the sources, numbered.
        description: one sentence.
    """

    scheme: Scheme
    funder: str
    topics: tuple[str, ...]
    whom: tuple[str, ...]
    availability: Known
    age: str
    facts: tuple[Fact, ...]
    criteria: tuple[Told, ...]
    funding: tuple[FundingRow, ...]
    sections: tuple[Section, ...]
    unknown: tuple[Block, ...]
    related: tuple[Related, ...]
    origins: tuple[Origin, ...]
    description: str


def sheet_of(fiche: Fiche, catalogue: Catalogue, on: date) -> Sheet:
    """Make the page of a fiche, as of a day."""
    scheme = fiche.scheme
    available = availability_on(scheme, on)
    first = next((sentence for sentence in _sentences(fiche, "Objet")), None)
    return Sheet(
        scheme=scheme,
        funder=FUNDER_LABELS[scheme.funder],
        topics=tuple(TOPIC_LABELS[topic] for topic in scheme.topics),
        whom=tuple(BENEFICIARY_LABELS[kind] for kind in scheme.beneficiaries),
        availability=available,
        age=_age(scheme),
        facts=tuple(_facts(fiche, catalogue, available)),
        criteria=tuple(
            Told(spaced(kind_of(item).label) + (f" ({item.note})" if item.note else ""), item.source)
            for item in scheme.criteria
        ),
        funding=funding_rows(fiche),
        sections=tuple(section for section in fiche.sections if section.title != UNKNOWN_SECTION),
        unknown=tuple(
            block
            for section in fiche.sections
            if section.title == UNKNOWN_SECTION
            for block in section.blocks
        ),
        related=tuple(_related(scheme, catalogue)),
        origins=tuple(_origins(scheme)),
        description=first.text if first else scheme.name,
    )


def _facts(fiche: Fiche, catalogue: Catalogue, available: Known) -> Iterator[Fact]:
    """For whom, how much, until when, how, whom to ask."""
    scheme = fiche.scheme
    labels = Told(capital(", ".join(BENEFICIARY_LABELS[kind] for kind in scheme.beneficiaries)) + ".")
    yield Fact(words.FOR_WHOM, _first(fiche, _WHOM) or (labels,))
    yield Fact(
        words.HOW_MUCH,
        _amount(fiche) or _first(fiche, _MONEY) or (Told(words.NO_AMOUNT),),
        *(("#montants", words.ALL_AMOUNTS) if len(scheme.funding) > 1 else ()),
    )
    window = available.window.source if available.window else ()
    yield Fact(words.UNTIL, (Told(available.text, window),))
    yield Fact(words.HOW, _first(fiche, _HOW) or (Told(words.NOT_PUBLISHED),))
    yield _contact(scheme, catalogue)


def _contact(scheme: Scheme, catalogue: Catalogue) -> Fact:
    """Whom to ask: the instructing service, by the funder; the Region's has a fiche of its own."""
    if scheme.funder is Funder.REGION and CONTACTS in catalogue and scheme.id != CONTACTS:
        return Fact(words.CONTACT, (Told(words.ASK_REGION),), f"dispositifs/{CONTACTS}", words.WHERE_TO_ASK)
    if scheme.funder is Funder.STATE:
        return Fact(words.CONTACT, (Told(words.ASK_STATE),))
    source = next((source for source in scheme.sources if source.url), scheme.sources[0])
    told = Told(words.ASK_WHERE.format(publisher=source.publisher), (source.n,))
    return Fact(words.CONTACT, (told,), "#sources", words.SEE_SOURCES)


def _amount(fiche: Fiche) -> tuple[Told, ...]:
    """The typed amount, then the sentence that states it, with its date and its sources."""
    amount = amount_of(fiche)
    if amount is None:
        return ()
    return (Told(f"{capital(amount.text)}."), Told(amount.sentence.text, amount.sentence.sources))


def _first(fiche: Fiche, title: str) -> tuple[Told, ...]:
    """The first sentence of a section, if there is one."""
    return tuple(Told(sentence.text, sentence.sources) for sentence in _sentences(fiche, title))[:1]


def _sentences(fiche: Fiche, title: str) -> Iterator[Sentence]:
    for section in fiche.sections:
        if section.title == title:
            for block in section.blocks:
                yield from block.sentences


def _age(scheme: Scheme) -> str:
    years = [source.year for source in scheme.sources if source.year is not None]
    return words.NEWEST.format(year=max(years)) if years else words.UNDATED


def _related(scheme: Scheme, catalogue: Catalogue) -> Iterator[Related]:
    """The schemes that this one names, then those that name it, each once."""
    named = set()
    for relation in sorted(scheme.relations, key=lambda item: _FIRST_TOLD.get(item.kind, len(_FIRST_TOLD))):
        if relation.scheme in catalogue:
            named.add(relation.scheme)
            how = capital(RELATION_LABELS[relation.kind])
            name = catalogue.scheme(relation.scheme).label
            yield Related(how, relation.scheme, name, relation.note or "", relation.source or ())
    for other in catalogue.schemes:
        for relation in other.relations:
            if relation.scheme == scheme.id and other.id not in named:
                named.add(other.id)
                how = _INVERSE.get(relation.kind, RELATION_LABELS[relation.kind])
                yield Related(capital(how), other.id, other.label, "", ())


def _origins(scheme: Scheme) -> Iterator[Origin]:
    for source in scheme.sources:
        for reference in (source, *source.also):
            yield origin_of(cited_source(reference), source.n)
