"""Rank the passages of a search as an answer would use them: by scheme, subject and best sentence too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from math import exp

from assistant.choosing.evidence import Evidence
from assistant.search.hits import RetrievedChunk
from assistant.search.schemes import RankedScheme

# Set on the questions of ``dev`` (docs/decisions/0007).
LIKELY_SCHEME, OF_SUBJECT, BEST_SENTENCE = 0.4, 0.4, 1.0
# Logits of sentences are spread this much less than in an answer: a passage is worth more than one sentence.
_SPREAD = 5.0
WEIGHED = 30


def rank_passages(
    hits: Sequence[RetrievedChunk],
    schemes: Sequence[RankedScheme],
    subjects: Collection[str],
    evidence: Sequence[Evidence],
) -> list[RetrievedChunk]:
    """Order passages again, with a reason for each part that is added to a score.

    Args:
        hits: the passages, each with the score of the search.
        schemes: the schemes that the question may be about, with their share of the likelihood.
        subjects: those that it's about.
        evidence: sentences of the passages, weighed as answers, best first.
    """
    share = {item.scheme_id: item.likelihood for item in schemes}
    best = {item.hit.chunk.id: item.logit for item in reversed(evidence)}
    top = max(best.values(), default=0.0)
    moved = []
    for hit in hits:
        reasons = dict(hit.reasons)
        if part := LIKELY_SCHEME * share.get(str(hit.chunk.scheme_id), 0.0):
            reasons["likely_scheme"] = part
        if hit.chunk.scheme_id in subjects:
            reasons["subject"] = OF_SUBJECT
        if hit.chunk.id in best:
            reasons["sentence"] = BEST_SENTENCE * exp((best[hit.chunk.id] - top) / _SPREAD)
        moved.append(replace(hit, score=sum(reasons.values()), reasons=reasons))
    return sorted(moved, key=lambda hit: (-hit.score, hit.chunk.id))
