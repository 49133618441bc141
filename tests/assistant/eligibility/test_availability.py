"""Whether a scheme takes requests on a day: windows to the day, then the status."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import TODAY, catalogue, scheme_of, window

from assistant.eligibility.availability import Known, availability_on
from corpus.fiches.scheme import Window
from corpus.labels import State

SPRING = window("2026-04-01", "2026-06-30")
AUTUMN = window("2026-10-01", "2026-12-15")


def on(day: str, *windows: Window, state: State = State.UNKNOWN) -> Known:
    return availability_on(scheme_of(state=state, windows=windows), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-03-31", "closed"),
        ("2026-04-01", "open"),
        ("2026-05-15", "open"),
        ("2026-06-30", "open"),
        ("2026-07-01", "unknown"),
    ],
)
def test_a_window_holds_from_its_first_day_to_its_last(day: str, state: str) -> None:
    assert on(day, SPRING).state == state


def test_between_two_windows_the_next_one_is_given() -> None:
    known = on("2026-08-01", SPRING, AUTUMN)
    assert known.state == "closed"
    assert known.window == AUTUMN
    assert "pas encore ouvert" in known.text
    assert "2026" in known.text


def test_a_closed_scheme_is_closed_even_inside_a_window_that_was_announced() -> None:
    assert on("2026-05-15", SPRING, state=State.CLOSED).state == "closed"


@pytest.mark.parametrize(
    ("state", "expected"), [(State.OPEN, "open"), (State.CLOSED, "closed"), (State.UNKNOWN, "unknown")]
)
def test_without_a_window_the_status_decides(state: State, expected: str) -> None:
    known = on("2026-05-15", state=state)
    assert (known.state, known.window) == (expected, None)


@pytest.mark.parametrize("state", [State.UNKNOWN, State.OPEN])
def test_after_its_last_window_a_scheme_is_not_said_to_be_open(state: State) -> None:
    known = on("2026-07-01", SPRING, state=state)
    assert known.state == "unknown"
    assert known.window == SPRING
    assert "30 juin 2026" in known.text.replace("\u00a0", " ")


def test_the_last_known_window_is_the_latest_one() -> None:
    assert on("2027-01-10", AUTUMN, SPRING).window == AUTUMN
    assert on("2027-01-10", SPRING, AUTUMN, state=State.CLOSED).window == AUTUMN


def test_a_closing_date_alone_does_not_say_that_it_is_open() -> None:
    assert on("2026-05-01", window(None, "2026-06-30")).state != "open"


def test_the_note_of_the_fiche_goes_before_our_sentence() -> None:
    known = on("2026-07-01", SPRING)
    assert known.shape("Reconduction votée.").note == "Reconduction votée."
    assert known.shape(None).note == known.text
    assert known.shape(None).as_of == known.as_of


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
WINDOWS = st.lists(
    st.tuples(DAYS, st.integers(0, 300)).map(
        lambda pair: Window(opens=pair[0], closes=pair[0] + timedelta(pair[1]), source=(1,))
    ),
    max_size=3,
)


@given(WINDOWS, DAYS, st.sampled_from(State))
def test_open_means_a_window_that_holds_the_day_or_an_open_status(
    windows: list[Window], day: date, state: State
) -> None:
    known = availability_on(scheme_of(state=state, windows=tuple(windows)), day)
    holds = [w for w in windows if w.opens <= day <= w.closes]
    if known.state == "open":
        assert state is not State.CLOSED
        assert known.window in holds if known.window else state is State.OPEN
    elif holds:
        assert state is State.CLOSED
    assert holds or not windows or known.state != "open"
    assert known.text.endswith(".")
    assert known.window is None or known.window in windows


def test_every_committed_fiche_has_a_state_and_a_sentence() -> None:
    for scheme in catalogue().schemes:
        known = availability_on(scheme, TODAY)
        assert known.text.endswith(".")
        if scheme.status.state is State.CLOSED:
            assert known.state == "closed"
        if known.state == "open":
            assert scheme.status.state is State.OPEN or known.window is not None


def test_videoprotection_and_photovoltaique_on_the_days_of_their_campaigns() -> None:
    cameras, sun = catalogue().scheme("videoprotection"), catalogue().scheme("photovoltaique")
    last = max(w.closes for w in cameras.windows if w.closes)
    assert availability_on(cameras, last).state == "open"
    assert availability_on(cameras, last + timedelta(1)).state == "unknown"
    assert availability_on(sun, TODAY).state == "closed"
