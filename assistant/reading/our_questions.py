"""Find what was asked in the words of our own message, for clients that don't send it back with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.eligibility.facts import BENEFICIARY, COST
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.applicant import ASK_WHO
from assistant.eligibility.kinds.cost import ASK_COST
from assistant.eligibility.next_question import ASK_ALL, ASK_COMMUNE, own_question
from assistant.markers import without_markers
from assistant.reply import Asked
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold

_SPACE = re.compile(r"\s+")
# Conditions are listed a few at a time, right under the question.
_MOST_LINES = 20


def asked_in(message: str, schemes: Iterable[Scheme]) -> tuple[Asked, ...]:
    """Return what a message of ours asks, scheme by scheme; nothing when it asks none of our questions.

    Args:
        message: the assistant's message, markers and all, with any kind of space.
        schemes: those that the conversation is about.
    """
    lines = [_plain(line) for line in message.splitlines()]
    if _plain(ASK_WHO) in lines:
        return (Asked(about="fact", fact=BENEFICIARY),)
    if _plain(ASK_COMMUNE) in lines:
        return (Asked(about="commune"),)
    if _plain(ASK_COST) in lines:
        return (Asked(about="fact", fact=COST),)
    if _plain(ASK_ALL) in lines:
        first = lines.index(_plain(ASK_ALL)) + 1
        return tuple(_conditions(lines[first : first + _MOST_LINES], schemes))
    return tuple(_alone(lines, schemes))


def _conditions(lines: list[str], schemes: Iterable[Scheme]) -> Iterator[Asked]:
    """The conditions of each scheme that stand in a list, in its order."""
    for scheme in schemes:
        places = {
            index: place
            for index, criterion in enumerate(scheme.criteria)
            for place, line in enumerate(lines)
            if kind_of(criterion).is_listed_as(line, _plain)
        }
        if places:
            indexes = tuple(sorted(places, key=lambda index: places[index]))
            yield Asked(about="conditions", scheme=scheme.id, criteria=indexes)


def _alone(lines: list[str], schemes: Iterable[Scheme]) -> Iterator[Asked]:
    """The criterion of each scheme that is asked about by itself."""
    for scheme in schemes:
        for index, criterion in enumerate(scheme.criteria):
            question = own_question(kind_of(criterion), scheme.id, index)
            if _plain(question.text) in lines:
                yield Asked(about="fact", scheme=scheme.id, criteria=(index,), fact=question.key)


def _plain(line: str) -> str:
    """A line folded, without its markers, its dash and the kind of its spaces."""
    return _SPACE.sub(" ", fold(without_markers(line))).strip().removeprefix("- ").strip()
