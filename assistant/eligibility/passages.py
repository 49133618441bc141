"""Find the sentence of a fiche that states a criterion, so that every reason can be cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.eligibility.kind import CriterionKind
from assistant.eligibility.kind_of import kind_of
from corpus.fiches.criteria import Rule
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.french.figures import figure_values
from ingest.lexical import analyse

_FIGURE_WEIGHT, _SECTION_WEIGHT, _SOURCE_WEIGHT, _ASIDE_WEIGHT = 1.0, 0.25, 0.5, -0.4
# Where a rule is recalled, contradicted or said to be missing, rather than stated.
_ASIDE = frozenset({UNKNOWN_SECTION, "À ne pas confondre", "Exemples"})


@dataclass(frozen=True, slots=True)
class StatedBy:
    """A sentence and the section that holds it."""

    section: str
    sentence: Sentence


@lru_cache(maxsize=256)
def passages_of(fiche: Fiche) -> tuple[StatedBy, ...]:
    """The sentence that states each criterion of a fiche, in the order of the criteria."""
    return tuple(stated_by(kind_of(criterion), fiche) for criterion in fiche.scheme.criteria)


def stated_by(kind: CriterionKind[Rule], fiche: Fiche) -> StatedBy:
    """Find the sentence that states a criterion: by its sources, its figures, its words, its section.

    Raises:
        ValueError: the fiche has no sentence.
    """
    words = frozenset(analyse(kind.passage_words))
    figures, sections = kind.figures, kind.sections
    sources = set(kind.rule.source)

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
