"""Find the sentence of a fiche that states a criterion, so that every reason can be cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.eligibility import words as say
from corpus.fiches.criteria import (
    BeneficiaryIn,
    CostBetween,
    Criterion,
    HasLabel,
    ListedIn,
    LocatedIn,
    ManualCheck,
    OneOf,
    PopulationBetween,
    ProjectIs,
    WindowOpen,
)
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.french.figures import figure_values
from corpus.labels import BENEFICIARY_LABELS, LIST_LABELS, TOPIC_LABELS
from ingest.lexical import analyse

# Sections where a kind of criterion is usually stated, the likeliest first.
_WHO = ("Bénéficiaires", "Objet", "Démarche")
_WHAT = ("Dépenses éligibles", "Objet", "Bénéficiaires", "Dépenses exclues", "Cumul", "Démarche")
_HOW_MUCH = ("Montant", "Dépenses éligibles", "Bénéficiaires")
_WHEN = ("Calendrier", UNKNOWN_SECTION)
_FIGURE_WEIGHT, _SECTION_WEIGHT, _SOURCE_WEIGHT, _ASIDE_WEIGHT = 1.0, 0.25, 0.5, -0.4
# Where a rule is recalled, contradicted or said to be missing, rather than stated.
_ASIDE = frozenset({UNKNOWN_SECTION, "À ne pas confondre", "Exemples"})
_COLLECTIVE = "collectivité commune intercommunalité groupement association public maître d’ouvrage"


@dataclass(frozen=True, slots=True)
class StatedBy:
    """A sentence and the section that holds it."""

    section: str
    sentence: Sentence


@lru_cache(maxsize=256)
def passages_of(fiche: Fiche) -> tuple[StatedBy, ...]:
    """The sentence that states each criterion of a fiche, in the order of the criteria."""
    return tuple(stated_by(criterion, fiche) for criterion in fiche.scheme.criteria)


def stated_by(criterion: Criterion, fiche: Fiche) -> StatedBy:
    """Find the sentence that states a criterion: by its sources, its figures, its words, its section.

    Raises:
        ValueError: the fiche has no sentence.
    """
    words = frozenset(analyse(_words(criterion)))
    figures = _figures(criterion)
    sections = _sections(criterion)
    sources = set(criterion.source)

    def weight(stated: StatedBy) -> float:
        stems = frozenset(analyse(stated.sentence.text))
        shared = len(words & stems) / max(1, min(len(words), 8))
        held = len(figures & figure_values(stated.sentence.text)) / len(figures) if figures else 0.0
        place = 1 - sections.index(stated.section) / len(sections) if stated.section in sections else 0.0
        backed = 1.0 if sources & set(stated.sentence.sources) else 0.0
        aside = _ASIDE_WEIGHT if stated.section in _ASIDE and stated.section not in sections else 0.0
        return shared + _FIGURE_WEIGHT * held + _SECTION_WEIGHT * place + _SOURCE_WEIGHT * backed + aside

    return max(_sentences(fiche), key=weight)


def _sentences(fiche: Fiche) -> Iterator[StatedBy]:
    for section, sentence in fiche.as_document.sentences():
        yield StatedBy(section.title, sentence)


def _words(criterion: Criterion) -> str:
    """The words that a sentence stating the criterion is likely to hold."""
    note = re.sub(r"«[^«»]*»", " ", criterion.note or "")
    match criterion:
        case PopulationBetween():
            return f"population habitants communes {note}"
        case LocatedIn():
            return f"situé département périmètre {say.label_of(criterion)} {note}"
        case HasLabel() | ListedIn():
            return (
                f"lauréates retenues liste {' '.join(LIST_LABELS[item] for item in criterion.any_of)} {note}"
            )
        case BeneficiaryIn():
            labels = " ".join(BENEFICIARY_LABELS[item] for item in criterion.any_of)
            return f"s’adresse bénéficiaires {labels} {_COLLECTIVE} {note}"
        case ProjectIs():
            topics = " ".join(TOPIC_LABELS[item] for item in criterion.any_of)
            return f"{criterion.question} {topics} {note}"
        case CostBetween():
            return f"dépense coût minimum plancher {note}"
        case ManualCheck():
            return f"{criterion.question} {note}"
        case WindowOpen():
            return f"campagne appel dépôt clôture ouverte {note}"
        case OneOf():
            return " ".join((note, *(_words(part) for part in criterion.criteria)))


def _figures(criterion: Criterion) -> frozenset[float]:
    match criterion:
        case PopulationBetween():
            bounds = (criterion.min_inclusive, criterion.max_exclusive, criterion.max_inclusive)
            return frozenset(float(bound) for bound in bounds if bound is not None)
        case CostBetween():
            return frozenset(b for b in (criterion.min_inclusive, criterion.max_inclusive) if b is not None)
        case ManualCheck() | ProjectIs():
            return frozenset(figure_values(criterion.question))
        case OneOf():
            return frozenset(value for part in criterion.criteria for value in _figures(part))
        case _:
            return frozenset()


def _sections(criterion: Criterion) -> tuple[str, ...]:
    match criterion:
        case PopulationBetween() | LocatedIn() | HasLabel() | ListedIn() | BeneficiaryIn():
            return _WHO
        case CostBetween():
            return _HOW_MUCH
        case WindowOpen():
            return _WHEN
        case ProjectIs() | ManualCheck():
            return _WHAT
        case OneOf():
            return _sections(criterion.criteria[0])
