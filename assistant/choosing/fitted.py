"""What was fitted on the questions that people ask, as one value: an engine weighs by one or another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.choosing import evidence, gaps, support
from assistant.choosing.support import SupportWeights
from assistant.search import schemes


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of an engine.

    Attributes:
        sentences: of the measures of a sentence as an answer (:mod:`assistant.choosing.evidence`).
        schemes: of those of a scheme as what is meant (:mod:`assistant.search.schemes`).
        gaps: of those of what isn't known as the answer, and ``bias`` (:mod:`assistant.choosing.gaps`).
        support: of those of the passages as enough to answer (:mod:`assistant.choosing.support`).
    """

    sentences: Mapping[str, float]
    schemes: Mapping[str, float]
    gaps: Mapping[str, float]
    support: SupportWeights


IN_USE = Weights(evidence.WEIGHTS, schemes.WEIGHTS, gaps.FITTED, support.IN_USE)
