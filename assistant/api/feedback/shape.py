"""What users say of an answer: the shapes of a feedback, and what is kept of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.api import texts
from assistant.reply import MAX_QUESTION_CHARS, ReplyStatus

MAX_COMMENT_CHARS = 1000
MAX_SCHEMES = 50

Rating = Literal["useful", "not_useful"]
Reason = Literal["wrong", "incomplete", "unclear", "outdated", "off_topic"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FeedbackRequest(_Shape):
    """What ``POST /api/feedback`` takes; nothing in it names who writes."""

    rating: Rating
    reasons: Annotated[tuple[Reason, ...], Field(max_length=5, description=texts.FEEDBACK_REASONS)] = ()
    status: ReplyStatus | None = Field(default=None, description=texts.FEEDBACK_STATUS)
    schemes: Annotated[
        tuple[str, ...],
        Field(max_length=MAX_SCHEMES, description=texts.FEEDBACK_SCHEMES, examples=[["cvcb"]]),
    ] = ()
    comment: str = Field(default="", max_length=MAX_COMMENT_CHARS, description=texts.FEEDBACK_COMMENT)
    question: str | None = Field(
        default=None, max_length=MAX_QUESTION_CHARS, description=texts.FEEDBACK_QUESTION
    )


class FeedbackReceipt(_Shape):
    """What ``POST /api/feedback`` gives: the number of the feedback, what is kept of it, until when."""

    id: str
    kept: tuple[str, ...] = Field(description=texts.FEEDBACK_KEPT)
    kept_days: int = Field(description=texts.FEEDBACK_KEPT_DAYS)


class Feedback(_Shape):
    """A feedback as stored: dated to the day, the texts only if a setting asks for them."""

    id: str
    day: date
    rating: Rating
    reasons: tuple[Reason, ...]
    status: ReplyStatus | None
    schemes: tuple[str, ...]
    comment: str | None = None
    question: str | None = None


def kept_of(request: FeedbackRequest, feedback_id: str, day: date, *, with_texts: bool) -> Feedback:
    """What is kept of a feedback received on ``day``."""
    return Feedback(
        id=feedback_id,
        day=day,
        rating=request.rating,
        reasons=tuple(dict.fromkeys(request.reasons)),
        status=request.status,
        schemes=tuple(dict.fromkeys(request.schemes)),
        comment=(request.comment.strip() or None) if with_texts else None,
        question=((request.question or "").strip() or None) if with_texts else None,
    )
