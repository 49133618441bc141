"""Whether one more sentence is worth reading after those already chosen: whether it bears on the question.

What answers is mostly in the first sentence, and each further one is less likely to. How likely is a logistic
function of a few measures of the sentence beside those before it, fitted on sentences graded as answers
("assistant train enough"; docs/decisions/0019 and 0022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
from types import MappingProxyType

from assistant.choosing.evidence import Evidence
from assistant.reading.understand import Question
from corpus.fiches.fiche import STORY_SECTIONS
from corpus.french.figures import figure_values
from ingest.lexical import analyse

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -1.4,
        "behind": -0.35,
        "place": -0.27,
        "asked": 2.76,
        "best_asked": -0.75,
        "shared": 0.86,
        "best_shared": 0.02,
        "new_words": 0.74,
        "told_words": 0.3,
        "new_figures": -0.15,
        "figures": 0.09,
        "best_figures": 0.14,
        "same_document": 0.21,
        "section": -0.01,
        "under": 1.18,
        "opening": 0.01,
        "history": -0.59,
        "unsure": 0.33,
        "questions": -0.03,
    }
)
# How likely a sentence must be to bear on the question, at least.
LEAST = 0.09
_FURTHEST, _MOST_QUESTIONS = 12.0, 3
_OPENING = "Objet"


def adds(question: Question, kept: Sequence[Evidence], item: Evidence, least: float = LEAST) -> bool:
    """Whether a sentence is likely enough to bear on the question beside those kept, one at least."""
    return likelihood(measure_more(question, kept, item)) >= least


def likelihood(measures: Mapping[str, float], by: Mapping[str, float] = WEIGHTS) -> float:
    """How likely a sentence of these measures bears on the question, between 0 and 1."""
    return 1 / (1 + exp(-by["bias"] - sum(by[name] * value for name, value in measures.items())))


def measure_more(question: Question, kept: Sequence[Evidence], item: Evidence) -> dict[str, float]:
    """Measure a sentence beside those kept before it, the best first.

    Returns:
        The measures by the names of ``WEIGHTS``: ``behind`` and ``under`` in logits, ``place`` and
        ``questions`` as counts, ``unsure`` in nats, the others between 0 and 1.
    """
    best = kept[0]
    asked = frozenset(analyse(question.text))
    told = frozenset(stem for other in kept for stem in other.stems) & asked
    known = {figure for other in kept for figure in figure_values(other.sentence.text)}
    own = figure_values(item.sentence.text)
    is_asked = item.sentence.section in question.sections
    return {
        "behind": min(best.logit - item.logit, _FURTHEST),
        "place": float(len(kept)),
        "asked": item.asked,
        "best_asked": best.asked,
        "shared": item.shared,
        "best_shared": best.shared,
        "new_words": len((item.stems & asked) - told) / (len(asked) or 1),
        "told_words": len(told) / (len(asked) or 1),
        "new_figures": float(bool(own - known)),
        "figures": float(bool(own)),
        "best_figures": float(bool(figure_values(best.sentence.text))),
        "same_document": float(item.hit.chunk.document_id == best.hit.chunk.document_id),
        "section": float(is_asked),
        "under": item.under,
        "opening": float(item.sentence.section == _OPENING and not is_asked),
        "history": float(item.sentence.section in STORY_SECTIONS and not is_asked),
        "unsure": _unsure(question),
        "questions": float(min(question.text.count("?"), _MOST_QUESTIONS)),
    }


def _unsure(question: Question) -> float:
    """The entropy of what is asked: 0 where it's sure."""
    if question.read is None:
        return 0.0
    return -sum(share * log(share) for share in question.read.aspects.values() if share > 0)
