"""Where names stand in a text, kept so that those near a place are found without reading them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

Span = tuple[int, int]


class Spans:
    """The spans of a text: start, and end excluded."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take the spans, in any order, sharing letters or not."""
        self._order = sorted(range(len(spans)), key=spans.__getitem__)
        self._spans = [spans[place] for place in self._order]
        self._starts = [start for start, _ in self._spans]
        # The furthest that a span so far ends at: nothing before reaches beyond.
        self._reach = list(accumulate((end for _, end in self._spans), max))

    def meeting(self, span: Span) -> list[int]:
        """Which spans share a letter with one: positions in the sequence given, in the order of the text."""
        return [self._order[near] for near in self._near(span) if span[0] < self._spans[near][1]]

    def meets(self, span: Span) -> bool:
        """Whether a span shares a letter with one of them."""
        return bool(self.meeting(span))

    def covers(self, span: Span) -> bool:
        """Whether one of them holds a whole span."""
        near = (self._spans[place] for place in self._near(span))
        return any(start <= span[0] and span[1] <= end for start, end in near)

    def starting(self, first: int, last: int) -> list[Span]:
        """Those that start in a stretch of the text, both ends included, in order."""
        return self._spans[bisect_left(self._starts, first) : bisect_right(self._starts, last)]

    def _near(self, span: Span) -> range:
        """Where, in order, those stand that may share a letter with one."""
        return range(bisect_right(self._reach, span[0]), bisect_left(self._starts, span[1]))
