"""Failures drawn at random: the same on a day, others on another, none of the test half."""

from __future__ import annotations

from run_builders import measured, run_of

from evaluation.judging.failures import DRAWN, drawn_failures

RIGHT = [measured(f"sms-{n:03}") for n in range(30)]
WRONG = [measured(f"direct-{n:03}", "fait absent") for n in range(30)]
HELD_OUT = [measured(f"talk-{n:03}", "statut faux") for n in range(200)]


def names(day: str, *cases: object) -> list[str]:
    return [failure.item.case.id for failure in drawn_failures({"dev": run_of(*cases)}, day)]


def test_ten_failures_are_drawn_and_no_right_answer() -> None:
    drawn = names("2026-11-27", *RIGHT, *WRONG)
    assert len(set(drawn)) == DRAWN == 10
    assert all(name.startswith("direct-") for name in drawn)


def test_the_day_settles_the_draw_whatever_the_order() -> None:
    drawn = names("2026-11-27", *WRONG)
    assert names("2026-11-27", *reversed(WRONG)) == drawn
    assert names("2026-11-28", *WRONG) != drawn
    assert drawn != sorted(drawn)


def test_a_question_of_the_test_half_is_never_shown() -> None:
    splits = {item.case.split for item in HELD_OUT}
    assert splits == {"dev", "test"}
    for day in range(1, 31):
        runs = {"dev": run_of(*HELD_OUT)}
        drawn = drawn_failures(runs, f"2026-11-{day:02}")
        assert {failure.item.case.split for failure in drawn} == {"dev"}


def test_every_run_is_drawn_from_and_a_question_is_shown_once() -> None:
    runs = {"dev": run_of(*WRONG[:4]), "fiche": run_of(*WRONG[:4]), "document": run_of(*WRONG[2:8])}
    seen = set()
    for day in range(1, 31):
        drawn = drawn_failures(runs, f"2026-11-{day:02}")
        assert len({failure.item.case.id for failure in drawn}) == len(drawn) == 8
        seen |= {failure.run for failure in drawn}
    assert seen == set(runs)


def test_fewer_failures_are_all_shown() -> None:
    assert sorted(names("2026-11-27", *RIGHT, *WRONG[:3])) == ["direct-000", "direct-001", "direct-002"]
    assert names("2026-11-27", *RIGHT) == []
