"""An assessment as it leaves the program: each criterion with its label, its reason and its citation."""

from __future__ import annotations

from assistant.eligibility.assess import Assessment
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import EPCI_POPULATION, POPULATION
from assistant.eligibility.judge import Judged
from assistant.eligibility.kind import CriterionKind
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.alternative import Alternative
from assistant.eligibility.passages import passages_of, stated_by
from assistant.reply import CriterionResult, Eligibility, WouldChange
from corpus.communes.commune import Commune
from corpus.fiches.criteria import Rule
from corpus.fiches.fiche import Fiche
from corpus.labels import TerritoryList


def eligibility_shape(assessment: Assessment, fiche: Fiche, book: CitationBook) -> Eligibility:
    """Write an assessment in the shape of the API; each criterion cites the sentence that states it."""
    scheme = assessment.scheme
    return Eligibility(
        scheme_id=scheme.id,
        verdict=assessment.verdict,
        criteria=tuple(
            CriterionResult(
                label=kind_of(judged.criterion).label,
                verdict=judged.verdict,
                because=judged.because,
                citation=cite_criterion(judged, fiche, book),
            )
            for judged in assessment.criteria
        ),
        missing=assessment.missing,
        availability=assessment.availability.shape(scheme.status.note),
        would_change=tuple(
            WouldChange(fact=change.fact, to=change.to, verdict="eligible", text=change.text)
            for change in assessment.would_change
        ),
    )


def cite_criterion(judged: Judged, fiche: Fiche, book: CitationBook) -> int:
    """Cite the sentence of the fiche that states a criterion."""
    stated = passages_of(fiche)[judged.index]
    return book.sentence(fiche, stated.section, stated.sentence)


def cite_parts(kind: CriterionKind[Rule], fiche: Fiche, book: CitationBook) -> list[int]:
    """Cite the sentence of the fiche that states a criterion: one a part for an alternative."""
    parts = kind.parts if isinstance(kind, Alternative) else (kind,)
    stated = (stated_by(part, fiche) for part in parts)
    return [book.sentence(fiche, item.section, item.sentence) for item in stated]


def cite_commune_facts(judged: Judged, commune: Commune | None, book: CitationBook) -> tuple[int, ...]:
    """Cite what a criterion took from the commune tables."""
    if commune is None:
        return ()
    numbers = []
    for name in judged.commune_facts:
        if name == POPULATION:
            numbers.append(book.population(commune))
        elif name == EPCI_POPULATION:
            numbers.append(book.epci(commune))
        elif name == "location":
            numbers.append(book.location(commune))
        elif name == "body":
            numbers.append(book.body(commune))
        else:
            numbers.append(book.membership(commune, TerritoryList(name)))
    return tuple(numbers)
