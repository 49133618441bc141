"""Rank what a question may be about: passages, like questions, near sentences, topics, funder, applicant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from types import MappingProxyType

from assistant.reading.french.negation import read_clauses
from assistant.reading.topics import find_topics
from assistant.search.hits import RetrievedChunk
from assistant.search.nearest import NOWHERE, Near
from corpus.communes.commune import DEPARTMENTS
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.criteria import LocatedIn
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import Beneficiary, Funder, RelationKind, Topic

# Logistic weights, fitted on the questions that people ask about the fiches, each left out in turn
# ("assistant train --folds"; docs/decisions/0005).
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "passage": 2.75,
        "like": 5.6,
        "several_like": 9.73,
        "nearest": 11.99,
        "several_near": 6.28,
        "topic": 1.18,
        "funder": 1.1,
        "applicant": 0.54,
    }
)
# How likely a scheme is as learned adds so much times its logarithm, from the least probability on; a scheme
# of which nothing was learned is taken for so likely (docs/decisions/0018).
_LEARNED, _LEAST_LEARNED, _UNLEARNED = 1.5, 0.01, 0.2
_MOST_LISTED, _NEAR_BEST, _ON_TOPIC = 4, 2.5, 7.0
_DENIED = 3.0
_BORNE_OUT, _COMPARED = 0.02, 0.02
_CUES: Mapping[Funder, re.Pattern[str]] = {
    # "dans la région" is where, not who pays
    Funder.REGION: re.compile(r"(?<!dans la )(?<!dans notre )(?<!de notre )\bregion\b|\bregional\w*"),
    Funder.STATE: re.compile(r"\betat\b|\bprefet\w*|\bprefectur\w*|\bnational\w*|\bdrac\b|\bministeres?\b"),
    Funder.EU: re.compile(r"\beurope\w*|\bbruxelles\b"),
    Funder.DEPARTMENT: re.compile(r"\bdepartement(?:al\w*)?\b"),
}


# The relations between fiches of several funders on the same things.
_AKIN = frozenset({RelationKind.COMPLEMENTS, RelationKind.OFTEN_CONFUSED_WITH})
# "en plus de l’État": the other funder is set aside.
_BESIDES = re.compile(r"\b(?:en plus|a part|en dehors|outre|au[- ]dela)(?: d[eu'])? ?(?:l'|la |le )?\w+")


@dataclass(frozen=True, slots=True)
class RankedScheme:
    """A scheme, or a page that is no fiche's, and how likely the question is about it.

    Attributes:
        scheme_id: the scheme; of a page, its document.
        score: the weight of its measures, a logit; comparable within one question.
        has_topic: whether the question speaks of one of its topics.
        likelihood: share of all the likelihood that is its, between 0 and 1.
        passage: score of its best passage; 0 when none was found.
        near: how near its sentences are.
        like: likeness of the nearest known question; where none is known, what its sentences let expect.
    """

    scheme_id: str
    score: float
    has_topic: bool
    likelihood: float = 1.0
    passage: float = 0.0
    near: Near = NOWHERE
    like: float = 0.0


def rank_schemes(
    text: str,
    hits: Sequence[RetrievedChunk],
    catalogue: Catalogue,
    applicant: Beneficiary | None = None,
    asked: Mapping[str, tuple[float, float]] | None = None,
    nearest: Mapping[str, Near] | None = None,
    by: Mapping[str, float] = WEIGHTS,
    learned: Mapping[str, float] | None = None,
) -> list[RankedScheme]:
    """Rank schemes and pages by their best passages, the like questions, what is said of need and asker.

    Args:
        text: the question.
        hits: passages, best first.
        catalogue: the schemes.
        applicant: who asks, when known.
        asked: by scheme, the likeness of the nearest known question and the mean of the few nearest.
        nearest: by scheme and by page, how near its sentences are.
        by: what each measure weighs.
        learned: by scheme, how likely the question is about it as what people type has taught; a scheme or a
            page that isn't there is neither likely nor unlikely.
    """
    best: dict[str, float] = {}
    titles: dict[str, str] = {}
    for hit in hits:
        name = hit.chunk.scheme_id if hit.chunk.scheme_id in catalogue else hit.chunk.document_id
        best.setdefault(str(name), hit.score)
        titles.setdefault(str(name), hit.chunk.title)
    topics, funders = find_topics(text), funders_named(text)
    nearest = nearest or {}
    asked = with_unasked(asked or {}, nearest)
    told = learned or {}
    unlearned = _of_what_was_not_learned(told, catalogue)
    ranked = []
    for name in {**best, **asked, **nearest}:
        passage, like, near = best.get(name, 0.0), asked.get(name), nearest.get(name, NOWHERE)
        measures = (
            measure_scheme(catalogue.scheme(name), passage, topics, funders, applicant, like, near)
            if name in catalogue
            else measure_page(titles[name], passage, topics, funders, like, near)
        )
        score = sum(by[key] * value for key, value in measures.items()) + _of_learned(name, told, unlearned)
        ranked.append(
            RankedScheme(
                name, score, bool(measures["topic"]), passage=passage, near=near, like=measures["like"]
            )
        )
    return _shared(ranked)


def _of_learned(name: str, learned: Mapping[str, float], unlearned: float) -> float:
    return _LEARNED * log(learned.get(name, unlearned) + _LEAST_LEARNED)


def _of_what_was_not_learned(learned: Mapping[str, float], catalogue: Catalogue) -> float:
    """How likely a scheme of which nothing was learned is: as likely as the aids to everything, at least.

    A need that no known scheme is for is taken to be about these.
    """
    general = (
        name for name in learned if name in catalogue and Topic.GENERAL in catalogue.scheme(name).topics
    )
    return max(_UNLEARNED, *(learned[name] for name in general), 0.0)


def with_unasked(
    asked: Mapping[str, tuple[float, float]], nearest: Mapping[str, Near]
) -> Mapping[str, tuple[float, float]]:
    """Give schemes of which no question is known the likeness that their nearest sentence lets expect.

    Among the others, the one whose nearest sentence stands where theirs does is as like as its place in the
    order of likeness says: nobody loses by not having been asked about.
    """
    near = sorted(-nearest[name].best for name in asked if name in nearest)
    unasked = [name for name in nearest if name not in asked]
    if not near or not unasked:
        return asked
    likes, severals = (sorted((values[place] for values in asked.values()), reverse=True) for place in (0, 1))
    filled = dict(asked)
    for name in unasked:
        standing = min(bisect_left(near, -nearest[name].best), len(likes) - 1)
        filled[name] = likes[standing], severals[standing]
    return filled


def _shared(ranked: Sequence[RankedScheme]) -> list[RankedScheme]:
    """In order of score, each with its share of the likelihood."""
    best = sorted(ranked, key=lambda item: (-item.score, item.scheme_id))
    total = sum(exp(item.score - best[0].score) for item in best)
    return [replace(item, likelihood=exp(item.score - best[0].score) / total) for item in best]


def measure_scheme(
    scheme: Scheme,
    passage: float,
    topics: frozenset[Topic],
    funders: frozenset[Funder],
    applicant: Beneficiary | None,
    asked: tuple[float, float] | None,
    nearest: Near = NOWHERE,
) -> dict[str, float]:
    """Measure how a question fits a scheme, by the names of ``WEIGHTS``; see :func:`rank_schemes`."""
    return {
        **_measure(passage, asked, nearest),
        "topic": float(bool(topics & frozenset(scheme.topics))),
        "funder": _fit(scheme.funder, funders),
        "applicant": 0.0 if applicant is None else 1.0 if applicant in scheme.beneficiaries else -1.0,
    }


def measure_page(
    title: str,
    passage: float,
    topics: frozenset[Topic],
    funders: frozenset[Funder],
    asked: tuple[float, float] | None,
    nearest: Near = NOWHERE,
) -> dict[str, float]:
    """Measure how a question fits a page: it has no typed field for who pays, but its title may say it."""
    titled = funders_named(title)
    return {
        **_measure(passage, asked, nearest),
        "topic": float(bool(topics & find_topics(title))),
        "funder": 0.0 if not (titled and funders) else 1.0 if titled & funders else -1.0,
        "applicant": 0.0,
    }


def _measure(passage: float, asked: tuple[float, float] | None, nearest: Near) -> dict[str, float]:
    like, several = asked or (0.0, 0.0)
    return {
        "passage": passage,
        "like": like,
        "several_like": several,
        "nearest": nearest.best,
        "several_near": nearest.several,
    }


def funders_named(text: str) -> frozenset[Funder]:
    """The funders that a question speaks of."""
    folded = fold(text)
    return frozenset(funder for funder, pattern in _CUES.items() if pattern.search(folded))


def _fit(funder: Funder, named: frozenset[Funder]) -> float:
    if not named:
        return 0.0
    return 1.0 if funder in named else -1.0


def of_funders_asked(subjects: Sequence[str], text: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Of what a need may be met by, the aids of the funders that the question speaks of.

    All stay where it speaks of none, leaves one out ("mais pas la Région"), or where the likeliest is
    another's. Pages stay: none says who pays.
    """
    funders = funders_named(text)
    if any(clause.denies and funders_named(clause.text) for clause in read_clauses(fold(text))):
        return tuple(subjects)
    if not subjects or subjects[0] not in catalogue or catalogue.scheme(subjects[0]).funder not in funders:
        return tuple(subjects)
    return tuple(
        name for name in subjects if name not in catalogue or catalogue.scheme(name).funder in funders
    )


def prefer_funder(
    schemes: Sequence[str], text: str, catalogue: Catalogue, named: Collection[str] = ()
) -> tuple[str, ...]:
    """Swap a named scheme for its counterpart of the one funder that the question speaks of.

    "La Région nous aide-t-elle au titre d’Action cœur de ville ?" is about the regional part of a
    national programme: the two are tied by a relation and share a name. "Le Département de l’Oise aide-t-il
    pour des caméras ?" is about another aid to the same things, to which one of the two fiches refers. An aid
    that a name of its own tells gives way to none but one of that name: "le préfet nous parle d’EduRénov".

    Args:
        schemes: the schemes that the question is about.
        text: the question.
        catalogue: the schemes.
        named: those that a name of their own tells.
    """
    funders = funders_named(_BESIDES.sub(" ", fold(text)))
    if len(funders) != 1:
        return tuple(schemes)
    (funder,) = funders
    chosen: list[str] = []
    for name in schemes:
        scheme = catalogue.scheme(name)
        twin = name
        if scheme.funder is not funder:
            twin = _twin(scheme, funder, catalogue, fold(text), only_namesake=name in named) or name
        chosen.append(twin)
    return tuple(dict.fromkeys(chosen))


def _twin(
    scheme: Scheme, funder: Funder, catalogue: Catalogue, said: str, *, only_namesake: bool
) -> str | None:
    words = frozenset(fold(scheme.name).split())
    own = {link.scheme for link in scheme.relations if link.kind in _AKIN}
    alike = None
    for other in catalogue.schemes:
        if other.funder is not funder or not _is_where(other, said):
            continue
        tied = any(link.scheme == scheme.id for link in other.relations)
        if tied and len(words & frozenset(fold(other.name).split())) >= min(3, len(words)):
            return other.id
        if only_namesake:
            continue
        akin = other.id in own or any(
            link.scheme == scheme.id and link.kind in _AKIN for link in other.relations
        )
        topics, others = set(scheme.topics), set(other.topics)
        if alike is None and akin and (topics <= others or others <= topics):
            alike = other.id
    return alike


def _is_where(scheme: Scheme, said: str) -> bool:
    """Whether no Département that a folded question names is one where a scheme isn't."""
    named = {number for number, name in DEPARTMENTS.items() if re.search(rf"\b{fold(name)}\b(?!-)", said)}
    places = [item for item in scheme.criteria if isinstance(item, LocatedIn) and item.departments]
    return not named or all(named & set(item.departments) for item in places)


def demoted(ranked: Sequence[RankedScheme], unfit: Sequence[str]) -> list[RankedScheme]:
    """Rank again, with less likelihood for the schemes whose conditions the question denies."""
    moved = [
        replace(item, score=item.score - _DENIED) if item.scheme_id in unfit else item for item in ranked
    ]
    return _shared(moved)


def without(ranked: Sequence[RankedScheme], apart: Collection[str]) -> list[RankedScheme]:
    """Rank again without some: the others share the likelihood."""
    kept = [item for item in ranked if item.scheme_id not in apart]
    return _shared(kept) if kept and len(kept) < len(ranked) else kept


def surely_named(
    named: Sequence[str], firm: frozenset[str], ranked: Sequence[RankedScheme]
) -> tuple[str, ...]:
    """Keep, of the schemes named, those surely meant or borne out by the question, likeliest first.

    "Les commerçants" in a question on shops to try out names another aid only by its ordinary words.
    """
    if not ranked:
        return tuple(named)
    share = {item.scheme_id: item.likelihood for item in ranked}
    least = _BORNE_OUT * ranked[0].likelihood
    kept = [name for name in named if name in firm or share.get(name, 0.0) >= least]
    return tuple(sorted(kept, key=lambda name: -share.get(name, 0.0)))


def compared(named: Sequence[str], ranked: Sequence[RankedScheme]) -> tuple[str, ...]:
    """The schemes that a comparison is about: those named, completed to two by the likeliest other."""
    if len(named) > 1:
        return tuple(named)
    others = [item for item in ranked if item.scheme_id not in named and item.likelihood >= _COMPARED]
    return (*named, *(item.scheme_id for item in others[: 2 - len(named)]))


def likeliest(ranked: Sequence[RankedScheme], *, several: bool) -> tuple[str, ...]:
    """The scheme that a question is about, or the few when it asks for a list."""
    if not ranked:
        return ()
    first = ranked[0]
    if not several:
        return (first.scheme_id,)
    # When the need is understood, a scheme on another subject isn't one of the few.
    near = [
        item
        for item in ranked
        if (item.has_topic or not first.has_topic)
        and item.score >= first.score - (_ON_TOPIC if item.has_topic else _NEAR_BEST)
    ]
    return tuple(item.scheme_id for item in near[:_MOST_LISTED])
