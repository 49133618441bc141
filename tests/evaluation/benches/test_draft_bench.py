"""Fiches drafted from the documents of the repository are right enough to save an officer's time."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.benches.draft_bench import bench_drafts
from evaluation.judging.drafted import overall

LEAST_PRECISION, LEAST_RECALL = 0.8, 0.6


@pytest.mark.slow
def test_typed_fields_are_right_on_all_documents_and_on_those_kept_aside() -> None:
    scores = bench_drafts(date(2026, 11, 29))
    for some in (scores, [score for score in scores if score.kept_aside]):
        score = overall(some, "")
        assert score.precision >= LEAST_PRECISION, score.wrong
        assert score.recall >= LEAST_RECALL, score.lost
