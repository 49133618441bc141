"""The days to note of a scheme: openings to come, closings not past, none of a scheme closed for good."""

from __future__ import annotations

from datetime import date

from plain_site import committed_service

from assistant.eligibility.deadlines import deadlines
from corpus.fiches.scheme import Scheme, Status, Window
from corpus.labels import State

OPENS, CLOSES = date(2026, 12, 1), date(2027, 1, 31)


def with_windows(scheme: Scheme, *windows: Window, state: State = State.UNKNOWN) -> Scheme:
    status = Status(state=state, as_of="2026-11-01")
    return scheme.model_copy(update={"windows": windows, "status": status})


def test_a_window_gives_the_days_that_are_not_past() -> None:
    scheme = with_windows(
        committed_service().catalogue.scheme("cvcb"), Window(opens=OPENS, closes=CLOSES, source=(1,))
    )
    both = [("opens", OPENS), ("closes", CLOSES)]
    for on, expected in (
        (date(2026, 11, 30), both),
        (OPENS, both[1:]),
        (CLOSES, both[1:]),
        (date(2027, 2, 1), []),
    ):
        assert [(item.kind, item.day) for item in deadlines(scheme, on)] == expected


def test_one_end_alone_and_several_windows() -> None:
    opening = Window(opens=OPENS, source=(1,))
    closing = Window(closes=date(2026, 11, 30), source=(1,))
    past = Window(opens=date(2024, 1, 1), source=(1,))
    scheme = with_windows(committed_service().catalogue.scheme("cvcb"), opening, past, closing)
    found = deadlines(scheme, date(2026, 11, 29))
    assert [(item.kind, item.window) for item in found] == [("closes", closing), ("opens", opening)]


def test_a_scheme_closed_for_good_has_none() -> None:
    window = Window(opens=OPENS, closes=CLOSES, source=(1,))
    scheme = with_windows(committed_service().catalogue.scheme("cvcb"), window, state=State.CLOSED)
    assert deadlines(scheme, date(2026, 11, 29)) == ()
