"""Every part of the board for a period, each from what is kept; what can't be read says so in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answering.interface import AnswerEngine
from assistant.api.counts.store import CountsUnavailable
from assistant.api.counts.tally import Tally
from assistant.api.feedback.store import FeedbackStore
from assistant.errors import FeedbackUnavailable
from assistant.page.board import words
from assistant.page.board.index_part import index_part
from assistant.page.board.opinions_part import opinions_part
from assistant.page.board.replies_part import acts_part, replies_part, took_part
from assistant.page.board.table import Part
from assistant.page.board.unanswered_part import Groups, unanswered_part
from assistant.page.board.watch_part import Watch, watch_part
from assistant.settings import AssistantSettings
from ingest.configured import configured_generations

PERIODS = (7, 30, 90)
PERIOD = 30


@dataclass(frozen=True, slots=True)
class Sources:
    """What the parts are made from.

    Attributes:
        engine: knows the schemes, and gives vectors.
        tally: the counts by day.
        feedback: what people say.
        watch: what grew old.
        groups: groups the questions without an answer.
        settings: where the index is, what is kept.
        today: the date, asked anew each time.
    """

    engine: AnswerEngine
    tally: Tally
    feedback: FeedbackStore
    watch: Watch
    groups: Groups
    settings: AssistantSettings
    today: Callable[[], date]


def parts_of(sources: Sources, days: int) -> list[Part]:
    """Every part, for the last ``days``, today included."""
    last = sources.today()
    first = last - timedelta(days=days - 1)
    try:
        counted = sources.tally.since(first)
        since = sources.tally.store.first_day()
    except CountsUnavailable:
        lost = (words.COUNTS_LOST,)
        replies = [Part("reponses", words.REPLIES, said=lost)]
        unanswered = Part("sans-reponse", words.UNANSWERED, said=lost)
    else:
        replies = [replies_part(counted, first, last, since), acts_part(counted), took_part(counted)]
        unanswered = unanswered_part(
            counted.questions,
            sources.groups,
            sources.engine.question_vectors,
            texts_kept=sources.settings.log_questions,
        )
    return [
        *replies,
        _opinions(sources, first, last),
        unanswered,
        watch_part(sources.watch.rows(last), last),
        index_part(configured_generations(sources.settings)),
    ]


def _opinions(sources: Sources, first: date, last: date) -> Part:
    try:
        feedback = sources.feedback.all(last)
    except FeedbackUnavailable:
        feedback = None
    return opinions_part(
        feedback,
        first,
        last,
        sources.engine.catalogue,
        days=sources.feedback.days,
        texts_kept=sources.settings.feedback_texts,
    )
