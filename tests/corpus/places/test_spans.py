"""Spans near a place are those that a plain search finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.places.spans import Span, Spans

_SPAN = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(_SPAN, max_size=12), _SPAN)
def test_what_shares_a_letter_is_found_in_the_order_of_the_text(spans: list[Span], span: Span) -> None:
    met = [place for place, (start, end) in enumerate(spans) if start < span[1] and span[0] < end]
    found = Spans(spans).meeting(span)
    assert sorted(found) == met
    assert [spans[place] for place in found] == sorted(spans[place] for place in met)
    assert Spans(spans).meets(span) is bool(met)


@given(st.lists(_SPAN, max_size=12), _SPAN)
def test_what_holds_a_whole_span_is_found(spans: list[Span], span: Span) -> None:
    held = any(start <= span[0] and span[1] <= end for start, end in spans)
    assert Spans(spans).covers(span) is held


def test_spans_that_start_in_a_stretch() -> None:
    assert Spans([(9, 12), (2, 4), (5, 30)]).starting(2, 5) == [(2, 4), (5, 30)]
    assert Spans([]).starting(0, 9) == []
