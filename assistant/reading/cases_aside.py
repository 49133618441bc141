"""Of the cases of a condition, those that are about something else than the project told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.reading.topics import find_topics
from corpus.fiches.criteria import Criterion, ManualCheck, OneOf, ProjectIs
from corpus.fiches.scheme import Scheme
from corpus.labels import Topic

# "Patrimoine classé" is no class of a school.
_LISTED = re.compile(r"\bclassée?s?\b")


def cases_aside(schemes: Iterable[Scheme], project: frozenset[Topic]) -> frozenset[str]:
    """The facts of the cases beside the point: of other topics than a project that another case is about.

    "Un équipement sportif des collégiens, ou du patrimoine classé": who restores a church isn't asked of sport.

    Args:
        schemes: the schemes asked about.
        project: what the project is about, as told.
    """
    return frozenset(fact for scheme in schemes for fact in _of_scheme(scheme, project))


def _of_scheme(scheme: Scheme, project: frozenset[Topic]) -> Iterator[str]:
    for rule in scheme.criteria:
        if not isinstance(rule, OneOf):
            continue
        about = [(part, _topics(part)) for part in rule.criteria]
        if not any(topics & project for _, topics in about):
            continue
        for part, topics in about:
            if isinstance(part, ManualCheck) and topics and not topics & project:
                yield part.fact


def _topics(part: Criterion) -> frozenset[Topic]:
    if isinstance(part, ProjectIs):
        return frozenset(part.any_of)
    return _topics_of(part.question) if isinstance(part, ManualCheck) else frozenset()


@lru_cache(maxsize=512)
def _topics_of(question: str) -> frozenset[Topic]:
    return find_topics(_LISTED.sub(" ", question))
