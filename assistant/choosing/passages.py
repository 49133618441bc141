"""Rank the passages of a search as an answer would use them: by scheme, subject and best sentence too.

A page has no scheme that could be likely, named or the subject, and its sentences answer no known question.
What fiches gain that way, a page gains too, as far as the search alone finds it near the best passage
(docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import exp

from assistant.choosing.evidence import Evidence
from assistant.search.hits import RetrievedChunk
from assistant.search.retrieve import LEG_WEIGHTS
from assistant.search.schemes import RankedScheme

# Set on the questions of ``dev`` (docs/decisions/0007).
LIKELY_SCHEME, OF_SUBJECT, BEST_SENTENCE = 0.4, 0.4, 1.0
# Logits of sentences are spread this much less than in an answer: a passage is worth more than one sentence.
_SPREAD = 5.0
WEIGHED = 30
# A page at nine tenths of the best passage gains 81 % of what a fiche would.
_STEEP = 2
_OF_A_SCHEME = ("scheme", "likely_scheme", "subject")


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
    logits = {item.hit.chunk.id: item.logit for item in reversed(evidence)}
    reasons = [_of_fiche(hit, share, subjects) for hit in hits]
    credit = max((sum(own.get(name, 0.0) for name in _OF_A_SCHEME) for own in reasons), default=0.0)
    standing = _standings(hits)
    top = max(logits.values(), default=0.0)
    tops = _most((item.hit.chunk.document_id, item.logit) for item in evidence)
    moved = []
    for hit, own in zip(hits, reasons, strict=True):
        document, logit = hit.chunk.document_id, logits.get(hit.chunk.id)
        if hit.chunk.scheme_id is not None:
            part, best = 1.0, top
        else:
            part, best = standing[document], tops.get(document, 0.0)
            if credit:
                own["page"] = credit * part
        if logit is not None:
            own["sentence"] = BEST_SENTENCE * part * exp((logit - best) / _SPREAD)
        moved.append(replace(hit, score=sum(own.values()), reasons=own))
    return sorted(moved, key=lambda hit: (-hit.score, hit.chunk.id))


def _of_fiche(hit: RetrievedChunk, share: Mapping[str, float], subjects: Collection[str]) -> dict[str, float]:
    """The reasons of the search, and those that the scheme of a passage adds."""
    reasons = dict(hit.reasons)
    if part := LIKELY_SCHEME * share.get(hit.chunk.subject_id, 0.0):
        reasons["likely_scheme"] = part
    if hit.chunk.subject_id in subjects:
        reasons["subject"] = OF_SUBJECT
    return reasons


def _standings(hits: Sequence[RetrievedChunk]) -> dict[str, float]:
    """How near each document comes to the best one, by the legs and its best passage; 0 to 1, steeply."""
    scores = _most(
        (hit.chunk.document_id, sum(hit.reasons.get(leg, 0.0) for leg in LEG_WEIGHTS)) for hit in hits
    )
    top = max(scores.values(), default=0.0)
    return {name: (score / top) ** _STEEP if top else 0.0 for name, score in scores.items()}


def _most(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The greatest value of each name."""
    most: dict[str, float] = {}
    for name, value in pairs:
        most[name] = max(most.get(name, value), value)
    return most
