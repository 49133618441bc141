"""A few failures drawn at random, always the same on a day, never from what is kept for publishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from evaluation.judging.result import CaseResult, RunResult

DRAWN = 10


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that wasn't answered fully right.

    Attributes:
        run: the name of the run that it's of.
        item: the question, what was expected, what came back and what is wrong.
    """

    run: str
    item: CaseResult


def drawn_failures(runs: Mapping[str, RunResult], day: str) -> list[Failure]:
    """Draw ``DRAWN`` failures, each as likely as another, those with the smallest SHA-256 after the day.

    Whoever works on the assistant reads them: a question of the test half is never one of them, nor is one
    that an earlier failure of the draw shows already.

    Args:
        runs: what was measured, by name.
        day: what the draw depends on.
    """
    failures = [
        Failure(name, item)
        for name, run in runs.items()
        for item in run.cases
        if item.failures and item.case.split == "dev"
    ]
    ordered = sorted(failures, key=lambda f: sha256(f"{day} {f.run} {f.item.case.id}".encode()).hexdigest())
    first = {failure.item.case.id: failure for failure in reversed(ordered)}
    return [failure for failure in ordered if first[failure.item.case.id] is failure][:DRAWN]
