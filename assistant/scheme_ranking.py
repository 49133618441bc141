"""Rank the schemes that a question may be about, when it names none: its passages, topics and applicant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.project_words import find_topics
from assistant.retrieve import RetrievedChunk
from corpus.catalogue import Catalogue
from corpus.folding import fold
from corpus.labels import Beneficiary, Funder
from corpus.scheme import Scheme

_TOPIC, _FUNDER, _APPLICANT, _SECOND = 0.20, 0.12, 0.15, 0.25
_MOST_LISTED, _NEAR_BEST, _SCHEME_GAIN = 3, 0.65, 0.4
_CUES: Mapping[Funder, re.Pattern[str]] = {
    Funder.REGION: re.compile(r"\bregion\b|\bregional\w*"),
    Funder.STATE: re.compile(r"\betat\b|\bprefet\w*|\bprefectur\w*|\bnational\w*"),
    Funder.EU: re.compile(r"\beurope\w*|\bbruxelles\b"),
    Funder.DEPARTMENT: re.compile(r"\bdepartement(?:al\w*)?\b"),
}


# "en plus de l’État": the other funder is set aside.
_BESIDES = re.compile(r"\b(?:en plus|a part|en dehors|outre|au[- ]dela)(?: d[eu'])? ?(?:l'|la |le )?\w+")


@dataclass(frozen=True, slots=True)
class RankedScheme:
    """A scheme and how likely the question is about it; comparable within one question only."""

    scheme_id: str
    score: float
    has_topic: bool


def rank_schemes(
    text: str, hits: Sequence[RetrievedChunk], catalogue: Catalogue, applicant: Beneficiary | None = None
) -> list[RankedScheme]:
    """Rank schemes by their best passages, then by what the question says of the need and of who asks.

    Args:
        text: the question.
        hits: passages, best first.
        catalogue: the schemes.
        applicant: who asks, when known.
    """
    by_scheme: dict[str, list[float]] = {}
    for hit in hits:
        if hit.chunk.scheme_id in catalogue:
            by_scheme.setdefault(str(hit.chunk.scheme_id), []).append(hit.score)
    topics, funders = find_topics(text), funders_named(text)
    ranked = []
    for name, scores in by_scheme.items():
        scheme = catalogue.scheme(name)
        has_topic = bool(topics & frozenset(scheme.topics))
        score = scores[0] + _SECOND * (scores[1] if len(scores) > 1 else 0.0)
        score += _TOPIC * has_topic + _funder_fit(scheme, funders)
        if applicant is not None:
            score += _APPLICANT if applicant in scheme.beneficiaries else -_APPLICANT
        ranked.append(RankedScheme(name, score, has_topic))
    return sorted(ranked, key=lambda item: (-item.score, item.scheme_id))


def funders_named(text: str) -> frozenset[Funder]:
    """The funders that a question speaks of."""
    folded = fold(text)
    return frozenset(funder for funder, pattern in _CUES.items() if pattern.search(folded))


def _funder_fit(scheme: Scheme, funders: frozenset[Funder]) -> float:
    if not funders:
        return 0.0
    return _FUNDER if scheme.funder in funders else -_FUNDER


def prefer_funder(schemes: Sequence[str], text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Swap a named scheme for its counterpart of the funder that the question speaks of.

    "La Région nous aide-t-elle au titre d’Action cœur de ville ?" is about the regional part of a
    national programme: the two are tied by a relation and share a name.
    """
    funders = funders_named(_BESIDES.sub(" ", fold(text)))
    if len(funders) != 1:
        return tuple(schemes)
    (funder,) = funders
    chosen: list[str] = []
    for name in schemes:
        scheme = catalogue.scheme(name)
        twin = name if scheme.funder is funder else _twin(scheme, funder, catalogue) or name
        chosen.append(twin)
    return tuple(dict.fromkeys(chosen))


def _twin(scheme: Scheme, funder: Funder, catalogue: Catalogue) -> str | None:
    words = frozenset(fold(scheme.name).split())
    for other in catalogue.schemes:
        tied = any(link.scheme == scheme.id for link in other.relations)
        if (
            tied
            and other.funder is funder
            and len(words & frozenset(fold(other.name).split())) >= min(3, len(words))
        ):
            return other.id
    return None


def likeliest(ranked: Sequence[RankedScheme], *, several: bool) -> tuple[str, ...]:
    """The scheme that a question is about, or the few when it asks for a list."""
    if not ranked:
        return ()
    first = ranked[0]
    if not several:
        return (first.scheme_id,)
    # When the need is understood, a scheme on another subject isn't one of the few.
    near = [item for item in ranked if item.has_topic or not first.has_topic]
    return tuple(item.scheme_id for item in near[:_MOST_LISTED] if item.score >= _NEAR_BEST * first.score)


def with_likeliest_first(
    hits: Sequence[RetrievedChunk], ranked: Sequence[RankedScheme]
) -> list[RetrievedChunk]:
    """Order passages again, those of likely schemes gaining what their scheme is ahead by."""
    if not ranked:
        return list(hits)
    best = ranked[0].score or 1.0
    gain = {item.scheme_id: _SCHEME_GAIN * item.score / best for item in ranked}
    moved = [
        replace(
            hit,
            score=hit.score + gain.get(str(hit.chunk.scheme_id), 0.0),
            reasons={**hit.reasons, "likely_scheme": gain.get(str(hit.chunk.scheme_id), 0.0)},
        )
        for hit in hits
    ]
    return sorted(moved, key=lambda hit: (-hit.score, hit.chunk.id))
