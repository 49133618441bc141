"""The route of feedback: ``POST /api/feedback``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body
from fastapi.openapi.models import Example

from assistant.api import texts
from assistant.api.feedback.shape import FeedbackReceipt, FeedbackRequest, kept_of
from assistant.api.feedback.store import FeedbackStore
from assistant.api.problems import problem_responses
from assistant.errors import UnknownScheme
from corpus.fiches.catalogue import Catalogue

FEEDBACK_EXAMPLES: dict[str, Example] = {
    "feedback": {
        "summary": texts.FEEDBACK_EXAMPLE,
        "value": {
            "rating": "not_useful",
            "reasons": ["incomplete", "outdated"],
            "status": "answered",
            "schemes": ["cvcb"],
            "comment": "Le plafond a changé.",
        },
    },
}
FeedbackBody = Annotated[FeedbackRequest, Body(openapi_examples=FEEDBACK_EXAMPLES)]


def feedback_router(
    catalogue: Catalogue,
    store: FeedbackStore,
    count: Callable[[str, str], None],
    *,
    with_texts: bool,
    today: Callable[[], date] = date.today,
) -> APIRouter:
    """Build the route.

    Args:
        catalogue: the schemes that a feedback may name.
        store: where it's kept.
        count: told of each feedback kept: its rating, the status of the reply.
        with_texts: whether comments and questions are kept.
        today: the date, passed in so that tests can choose it.
    """
    router = APIRouter()

    @router.post(
        "/api/feedback",
        status_code=201,
        summary=texts.FEEDBACK_SUMMARY,
        description=texts.FEEDBACK_DESCRIPTION,
        response_description=texts.FEEDBACK_OK,
        responses=problem_responses(400, 404, 413, 422, 429, 500, 503),
    )
    def feedback(body: FeedbackBody) -> FeedbackReceipt:
        """Keep what a user says of an answer."""
        for scheme in body.schemes:
            if scheme not in catalogue:
                raise UnknownScheme(scheme)
        kept = kept_of(body, uuid4().hex, today(), with_texts=with_texts)
        store.add(kept)
        count(kept.rating, kept.status or "")
        fields = tuple(kept.model_dump(exclude={"id"}, exclude_none=True))
        return FeedbackReceipt(id=kept.id, kept=fields, kept_days=store.days)

    return router
