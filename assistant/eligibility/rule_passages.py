"""Find the sentences of a fiche that state a funding line, so that what is worked out can be cited."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assistant.eligibility.passages import StatedBy
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.fiches.scheme import Funding
from corpus.french.figures import canonical, figure_values
from ingest.lexical import analyse

_SECTIONS = ("Montant", "Dépenses éligibles", "Bénéficiaires")
# Where a rule is recalled or contradicted rather than stated: cited only where nothing else states it.
_ASIDE = frozenset({UNKNOWN_SECTION, "À ne pas confondre", "Exemples"})
_FIGURE, _SECTION, _WORDS, _LAST = 1.0, 0.5, 1.0, -10.0


@lru_cache(maxsize=512)
def stating(fiche: Fiche, rule: Funding, others: tuple[float, ...] = ()) -> tuple[StatedBy, ...]:
    """Find the fewest sentences that state the figures of a funding line, the fullest first.

    Args:
        fiche: the fiche.
        rule: one of its funding lines.
        others: figures that it's worked out with and that stand elsewhere in the fiche: a smallest cost.
    """
    left = {canonical(value) for value in (*_figures(rule), *others)}
    label = frozenset(analyse(rule.label or ""))
    known = [
        (StatedBy(section.title, sentence), figure_values(sentence.text), frozenset(analyse(sentence.text)))
        for section, sentence in fiche.as_document.sentences()
        if sentence.sources
    ]
    found: list[StatedBy] = []
    while left:
        weighed = [
            (_weight(stated, len(left & values), len(label & stems) / max(1, len(label)), rule), place)
            for place, (stated, values, stems) in enumerate(known)
            if left & values
        ]
        if not weighed:
            break
        _, place = max(weighed, key=lambda item: (item[0], -item[1]))
        stated, values, _ = known.pop(place)
        found.append(stated)
        left -= values
    return tuple(found)


def _weight(stated: StatedBy, figures: int, shared: float, rule: Funding) -> float:
    section = _SECTION if stated.section in _SECTIONS else _LAST if stated.section in _ASIDE else 0.0
    backed = 1.0 if set(rule.source) & set(stated.sentence.sources) else 0.0
    return _FIGURE * figures + section + _WORDS * shared + backed


def _figures(rule: Funding) -> Iterable[float]:
    values = (rule.rate_min, rule.rate_max, rule.amount_max, rule.expense_min, rule.expense_max)
    return (value for value in values if value is not None)
