"""What a case may refer to: schemes, passages, documents, communes, facts to ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.eligibility.assess import fact_keys
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from evaluation.questions.documents import PlainDocument, plain_documents
from evaluation.questions.expectation import Expectation

# What a question back may ask for, beside the claims of the criteria.
_ASKABLE = frozenset({"population", "epci_population", "beneficiary", "commune", "project", "cost", "scheme"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a case may refer to.

    Attributes:
        sections: passages of the fiches, ``scheme/section``.
        schemes: identifiers.
        documents: the plain documents, by name.
        communes: codes INSEE.
        asks: the facts that a question back may ask for.
    """

    sections: frozenset[str]
    schemes: frozenset[str]
    documents: Mapping[str, PlainDocument]
    communes: frozenset[str]
    asks: frozenset[str]


def known_of(catalogue: Catalogue, territory: Territory) -> Known:
    """What the catalogue, the territory and the plain documents hold."""
    schemes = [scheme.id for scheme in catalogue.schemes]
    sections = frozenset(
        f"{name}/{section.title}" for name in schemes for section in catalogue.fiche(name).sections
    )
    asks = _ASKABLE | fact_keys(catalogue.schemes)
    return Known(sections, frozenset(schemes), plain_documents(), frozenset(territory.communes), asks)


def unknown(expected: Expectation, commune: str | None, known: Known) -> Iterator[str]:
    """Say in French what a case refers to that doesn't exist, and what to write in its place."""
    for name in expected.named_schemes:
        if name not in known.schemes:
            yield f"dispositif inconnu « {name} ». Les identifiants sont ceux de corpus/schemes."
    for name in dict.fromkeys(expected.documents):
        if name not in known.documents:
            yield f"document inconnu « {name} ». Les documents sont ceux de evaluation/data/documents."
    for passage in (*expected.gold, *expected.also):
        yield from _unknown_passage(passage, expected, known)
    if commune is not None and commune not in known.communes:
        yield f"code INSEE inconnu « {commune} »."
    for key in expected.asks:
        if key not in known.asks:
            yield (
                f"« asks » nomme un fait inconnu, « {key} ». "
                "Les faits sont ceux des critères, dans corpus/schemes."
            )


def _unknown_passage(passage: str, expected: Expectation, known: Known) -> Iterator[str]:
    name, _, heading = passage.partition("/")
    document = known.documents.get(name)
    if document is None:
        # A document that doesn't exist has been told once already.
        if passage not in known.sections and name not in expected.documents:
            yield f"passage inconnu « {passage} ». Écrivez fiche/section, comme dans la fiche."
    elif not document.spans(heading):
        yield (
            f"passage inconnu « {passage} ». "
            "Écrivez document/titre, comme dans le document, ou document/* pour le document entier."
        )
