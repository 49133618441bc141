"""Feedback in figures: how many, of which rating, with which reasons, about which schemes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from assistant.api import texts
from assistant.api.feedback.shape import Feedback
from corpus.french.typography import typeset


class FeedbackSummary(BaseModel):
    """Counts over a set of feedback, the largest first."""

    model_config = ConfigDict(frozen=True)

    count: int
    ratings: dict[str, int]
    reasons: dict[str, int]
    statuses: dict[str, int]
    schemes: dict[str, int]


def summarise_feedback(feedback: Sequence[Feedback]) -> FeedbackSummary:
    """Count."""
    return FeedbackSummary(
        count=len(feedback),
        ratings=_counted(item.rating for item in feedback),
        reasons=_counted(reason for item in feedback for reason in item.reasons),
        statuses=_counted(item.status for item in feedback if item.status),
        schemes=_counted(scheme for item in feedback for scheme in item.schemes),
    )


def summary_text(summary: FeedbackSummary) -> str:
    """Say the counts in a few lines."""
    if not summary.count:
        return texts.NO_FEEDBACK
    useful = summary.ratings.get("useful", 0)
    lines = [f"Avis gardés : {summary.count} ; utiles : {useful} ; pas utiles : {summary.count - useful}"]
    parts = (
        ("Raisons", {texts.FEEDBACK_REASON_LABELS[key]: n for key, n in summary.reasons.items()}),
        ("Réponses", {texts.STATUS_NAMES[key]: n for key, n in summary.statuses.items()}),
        ("Dispositifs", summary.schemes),
    )
    lines += [f"{name} : {_listed(counts)}" for name, counts in parts if counts]
    return typeset("\n".join(lines))


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
