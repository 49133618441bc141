"""The count of the measures of the test questions: added to, never lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evaluation.errors import RunFileError
from evaluation.judging.held_out import PATH, HeldOut, HeldOutMeasure, count_measure, read_held_out

HELD_OUT = ["talk-003", "page-901"]


@pytest.fixture
def counted(tmp_path: Path) -> Path:
    return tmp_path / "counted.json"


def test_each_measure_that_asks_a_test_question_is_added(counted: Path) -> None:
    count_measure(["direct-001", "talk-003"], HELD_OUT, "--set all", counted)
    count_measure(iter(HELD_OUT), iter(HELD_OUT), "--set test", counted)
    today = date.today()
    assert read_held_out(counted).measures == (
        HeldOutMeasure(on=today, by="--set all", questions=1),
        HeldOutMeasure(on=today, by="--set test", questions=2),
    )
    assert counted.read_text(encoding="utf-8").endswith("}\n")


def test_a_measure_of_other_questions_is_not(counted: Path) -> None:
    count_measure(["direct-001"], HELD_OUT, "--set dev", counted)
    assert not counted.exists()
    assert read_held_out(counted) == HeldOut()


def test_a_day_counts_once_among_the_days() -> None:
    days = [date(2026, 11, 28), date(2026, 11, 27), date(2026, 11, 28)]
    kept = HeldOut(measures=tuple(HeldOutMeasure(on=day, by="--set test", questions=1) for day in days))
    assert kept.days == (date(2026, 11, 27), date(2026, 11, 28))


@pytest.mark.parametrize("text", ["", "[]", '{"measures": [{"on": "hier", "by": "", "questions": 1}]}'])
def test_a_count_that_cannot_be_read_is_not_started_again(counted: Path, text: str) -> None:
    counted.write_text(text, encoding="utf-8")
    with pytest.raises(RunFileError, match="Rétablissez-le"):
        count_measure(HELD_OUT, HELD_OUT, "--set test", counted)
    assert counted.read_text(encoding="utf-8") == text


def test_a_count_that_cannot_be_written_says_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match=r"Ajoutez-y la ligne \{.*--set test"):
        count_measure(HELD_OUT, HELD_OUT, "--set test", tmp_path / "nowhere" / "counted.json")


def test_the_committed_count_can_be_read() -> None:
    assert PATH.exists()
    assert read_held_out().form == "test-measured/1"
