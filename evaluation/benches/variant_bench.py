"""Measure the search on our questions as they are, then written in a hurry, side by side in one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evaluation.benches.quality_bench import Ranked, bench_quality
from evaluation.peers.chains import Ranker
from evaluation.questions.cases import Case
from evaluation.questions.variants import VARIANTS
from evaluation.runs.run import Passage


class Rewritten:
    """A search that is asked each question in another way."""

    def __init__(self, name: str, ranker: Ranker, rewrite: Callable[[str], str]) -> None:
        """Ask ``ranker`` what ``rewrite`` makes of each question."""
        self.name = name
        self._ranker = ranker
        self._rewrite = rewrite

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search for the question rewritten."""
        return self._ranker.rank(self._rewrite(question), k)


def bench_variants(
    cases: Sequence[Case],
    ranker: Ranker,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Ranked]:
    """Search for every question that has gold passages, as it is and in each of its variants.

    Returns:
        The questions as they are, then each variant; ``ours_minus`` is what the variant loses.

    Raises:
        ValueError: no question has a gold passage.
    """
    variants = [Rewritten(name, ranker, rewrite) for name, rewrite in VARIANTS.items()]
    return bench_quality(cases, ranker, variants, progress)
