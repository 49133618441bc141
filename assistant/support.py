"""How well passages support an answer: the decision to answer or to abstain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence import coverage
from assistant.retrieve import RetrievedChunk
from assistant.understand import Question

_TOP_PASSAGES = 3
# Support below which no answer is given. Coverage is the share of the question's weighted words that
# the best passages hold, similarity that of the nearest passage. A named scheme is support in itself.
SIMILARITY_WEIGHT = 0.8
MIN_SUPPORT = 0.80
MIN_COVERAGE = 0.45
MIN_COVERAGE_NAMED = 0.25
MIN_COVERAGE_CARRIED = 0.60

# One common word ("pain") is thin support, a name ("Isbergues") isn't.
_ONE_COMMON_WORD = 0.5
_PROPER_NAME = re.compile(r"(?<=\s)(?:[dl]['’])?[A-ZÀ-ÖØ-Þ]\w{2,}")


@dataclass(frozen=True, slots=True)
class Support:
    """How well the passages support an answer: the features of the decision to abstain."""

    coverage: float
    similarity: float
    named: bool
    carried: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether to answer at all."""
        if self.carried:
            return self.coverage >= MIN_COVERAGE_CARRIED
        if self.named:
            return self.coverage >= MIN_COVERAGE_NAMED
        enough = self.coverage + SIMILARITY_WEIGHT * self.similarity >= MIN_SUPPORT
        return enough and self.coverage >= MIN_COVERAGE


def measure_support(
    question: Question, hits: Sequence[RetrievedChunk], weights: Mapping[str, float]
) -> Support:
    """Measure the support that the best passages of one document give to a question."""
    if not hits:
        return Support(0.0, 0.0, named=False)
    document = hits[0].chunk.document_id
    best = [hit for hit in hits if hit.chunk.document_id == document][:_TOP_PASSAGES]
    texts = [hit.chunk.searched_text for hit in best]
    similarity = max((hit.similarity or 0.0) for hit in best)
    if len(weights) == 1 and not question.schemes and not _PROPER_NAME.search(question.text):
        return Support(coverage(weights, texts) * _ONE_COMMON_WORD, similarity, named=False)
    # A follow-up that only says what is asked ("et jusqu’à quand ?") has no words left to cover.
    covered = coverage(weights, texts) if weights or not question.carried else 1.0
    return Support(covered, similarity, named=bool(question.schemes), carried=question.carried)
