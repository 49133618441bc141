"""The questions that got no answer, grouped by likeness, where an operator's setting keeps them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np

from assistant.api.counts.shape import MOST_QUESTIONS, Question
from assistant.eligibility.words import number
from assistant.page.board import words
from assistant.page.board.likeness import groups_of, likeliest_first
from assistant.page.board.table import Part, Table
from corpus.french.folding import fold
from ingest.errors import IngestError
from ingest.vectors import Vectors

log = logging.getLogger(__name__)
VectorsOf = Callable[[Sequence[str]], Vectors]
_MOST_SHOWN = 300
_NEAR_SHOWN = 4
# Seconds of one core, where it has nothing else to do.
_MOST_AT_ONCE = 300


class Groups:
    """Groups questions; the vectors of those shown last are kept in memory, never on disk."""

    def __init__(self, most_at_once: int = _MOST_AT_ONCE) -> None:
        """Know no vector yet.

        Args:
            most_at_once: new texts encoded at a look: a page isn't waited for longer than that takes.
        """
        self._most_at_once = most_at_once
        self._vectors: dict[str, Vectors] = {}
        self._lock = Lock()

    def of(
        self, questions: Sequence[Question], vectors_of: VectorsOf
    ) -> tuple[list[list[Question]], list[Question]]:
        """Group questions, the largest group first; the same text, folded, is one question asked again.

        Returns:
            The groups, the question nearest to all before the others; the questions left for the next look.

        Raises:
            IngestError: the encoder can't be used.
        """
        asked: dict[str, list[Question]] = {}
        for question in questions:
            asked.setdefault(fold(question.text), []).append(question)
        with self._lock:
            new = [form for form in reversed(asked) if form not in self._vectors][: self._most_at_once]
            # As they were written: the encoder knows accents.
            made = vectors_of([asked[form][0].text for form in new]) if new else ()
            known = {**self._vectors, **dict(zip(new, made, strict=True))}
            self._vectors = {form: known[form] for form in asked if form in known}
            forms, vectors = list(self._vectors), list(self._vectors.values())
        left = [question for form in asked if form not in known for question in asked[form]]
        if not forms:
            return [], left
        rows = np.stack(vectors)
        groups = [
            [question for place in likeliest_first(rows, group) for question in asked[forms[place]]]
            for group in groups_of(rows)
        ]
        return sorted(groups, key=len, reverse=True), left


def unanswered_part(
    questions: Sequence[Question], groups: Groups, vectors_of: VectorsOf, *, texts_kept: bool
) -> Part:
    """Show the groups.

    Args:
        questions: those kept of the period, oldest first.
        groups: groups them.
        vectors_of: gives the vectors of texts.
        texts_kept: whether the setting keeps them.
    """
    if not texts_kept:
        return Part("sans-reponse", words.UNANSWERED, said=(words.QUESTIONS_NOT_KEPT,))
    latest = questions[-MOST_QUESTIONS:]
    said = [words.UNANSWERED_LEAD.format(most=number(MOST_QUESTIONS))] if latest else []
    try:
        found, left = groups.of(latest, vectors_of)
    except IngestError as error:
        log.warning("questions can't be grouped: %s", error)
        found, left = [[question] for question in reversed(latest)], []
        said = [words.UNGROUPED]
    if left:
        said.append(words.LEFT_FOR_LATER.format(count=len(left)))
    rows = [_row(group) for group in found[:_MOST_SHOWN]]
    table = Table(
        "questions-sans-reponse",
        words.UNANSWERED_TABLE,
        words.UNANSWERED_HEAD,
        rows,
        empty=words.NO_UNANSWERED,
        numbers=frozenset({0}),
    )
    return Part("sans-reponse", words.UNANSWERED, said=said, tables=(table,))


def _row(group: Sequence[Question]) -> tuple[str, ...]:
    first, *_ = group
    others = dict.fromkeys(question.text for question in group if fold(question.text) != fold(first.text))
    outcomes = dict.fromkeys(words.OUTCOMES[question.outcome] for question in group)
    return (
        str(len(group)),
        first.text,
        " · ".join(list(others)[:_NEAR_SHOWN]) or words.FINE,
        ", ".join(outcomes),
        min(question.day for question in group).isoformat(),
        max(question.day for question in group).isoformat(),
    )
