"""Draft a fiche from each document whose typed fields are known, and compare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.drafting.fiche_text import fiche_text
from assistant.drafting.read import draft_file
from corpus.fiches.front_matter import read_front_matter
from evaluation.judging.drafted import DraftScore, score_draft
from evaluation.questions.drafts import ExpectedDraft, expected_drafts, items_of


def bench_drafts(today: date, expected: Sequence[ExpectedDraft] | None = None) -> tuple[DraftScore, ...]:
    """Draft and compare.

    Args:
        today: the day that the drafts bear.
        expected: what is expected of which documents; all by default.
    """
    with TemporaryDirectory() as folder:
        return tuple(_score(entry, Path(folder), today) for entry in expected or expected_drafts())


def _score(entry: ExpectedDraft, folder: Path, today: date) -> DraftScore:
    draft = draft_file(entry.path).draft
    path = folder / "draft.md"
    path.write_text(fiche_text(draft, "draft", today), encoding="utf-8")
    return score_draft(
        entry.path.name,
        kept_aside=entry.kept_aside,
        drafted=items_of(read_front_matter(path).values),
        expected=entry.items(),
        asked=[found.value.question for found in draft.conditions],
        stated=entry.stated,
    )
