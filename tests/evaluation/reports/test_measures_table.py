"""Every measure in one table: each figure in its column with its interval."""

from __future__ import annotations

from measures_builders import dev, every_measure, readings, unprepared
from run_builders import figure

from evaluation.judging.result import OVERALL
from evaluation.reports.measures_table import by_act, by_stratum, measures_text, side_by_side

NBSP = "\u00a0"


def row(label: str, table: list[list[str]]) -> list[str]:
    (found,) = [line[1:] for line in table if line[0] == label]
    return [cell.replace(NBSP, " ") for cell in found]


def test_every_measure_has_its_column() -> None:
    header, counts, *_ = side_by_side(every_measure())
    assert header == [
        *("", "dev préparé", "test préparé", "fiche sans préparation", "document sans préparation", "énoncés")
    ]
    assert counts == ["questions ou énoncés", "2", "1", "2", "2", "6"]


def test_a_figure_stands_with_its_interval_in_each() -> None:
    table = side_by_side(every_measure())
    assert row("entièrement juste", table) == [
        *("100,0 % [50,0 – 100,0]", "0,0 % [0,0 – 100,0]", "50,0 % [50,0 – 100,0]"),
        *("0,0 % [50,0 – 100,0]", "–"),
    ]
    assert row("écart avec le préparé, mêmes questions", table) == [
        *("–", "–", "−50,0 [−75,0 – −25,0]", "−100,0 [−75,0 – −25,0]", "–")
    ]
    assert row("énoncés, acte juste", table)[:4] == ["–"] * 4
    assert row("énoncés, acte juste", table)[4].startswith("66,7 % [")
    assert row("énoncés, bon dispositif en premier", table)[4].startswith("100,0 % [")


def test_how_an_answer_serves_is_told_and_what_may_never_happen_comes_last() -> None:
    names = ["fully_right", "first_line", "lines_on_point", "next_step", "history_lines", "wrong_eligible"]
    figures = {OVERALL: dict.fromkeys(names, figure(0.25)) | {"words_p50": figure(62.0, 50.0, 70.0)}}
    run = dev().model_copy(update={"figures": figures, "verdicts": {"eligible>eligible": 1}})
    table = side_by_side(every_measure(dev=run))
    for label in ("réponse d’emblée", "lignes à propos", "suite à donner", "lignes de simple historique"):
        assert row(label, table)[0] == "25,0 % [25,0 – 25,0]"
    assert row("longueur médiane", table)[0] == "62 mots [50 – 70]"
    labels = [line[0] for line in table if not line[0].startswith("énoncés, ")]
    assert labels[-1] == "« éligible » à tort"


def test_without_the_test_half_there_is_no_column_of_it() -> None:
    header, counts, *rows = side_by_side(every_measure(test=None))
    assert "test préparé" not in header
    assert {len(line) for line in (header, counts, *rows)} == {5}


def test_each_kind_of_question_has_a_row_with_its_count() -> None:
    header, *rows = by_stratum(every_measure())
    assert header[0] == "Genre de question"
    assert [[cell.replace(NBSP, " ") for cell in line] for line in rows] == [
        [
            *("questions directes", "100,0 % [50,0 – 100,0] (1)", "–", "0,0 % [50,0 – 100,0] (1)"),
            "0,0 % [50,0 – 100,0] (1)",
        ],
        [
            *("plusieurs tours", "100,0 % [50,0 – 100,0] (1)", "–", "100,0 % [50,0 – 100,0] (1)"),
            "0,0 % [50,0 – 100,0] (1)",
        ],
        ["conversation", "–", "0,0 % [0,0 – 100,0] (1)", "–", "–"],
    ]


def test_each_act_has_a_row() -> None:
    header, *rows = by_act(every_measure())
    assert header[:3] == ["Acte attendu", "énoncés", "acte juste"]
    assert [line[:2] for line in rows] == [["`ask_scheme`", "2"], ["`find_schemes`", "2"], ["`social`", "2"]]
    assert rows[2][2].startswith("0,0")
    assert rows[2][4:] == ["–", "–"]


def test_the_day_of_each_measure_is_told_since_some_may_have_been_kept() -> None:
    old = readings().model_copy(update={"measured_at": "2026-10-01T08:00:00+00:00"})
    text = measures_text(every_measure(utterances=old, unprepared={"fiche": unprepared("fiche")}))
    assert text.splitlines()[-1] == (
        "Mesuré : dev préparé, 23 novembre 2026 ; test préparé, 23 novembre 2026 ; "
        "fiche sans préparation, 23 novembre 2026 ; énoncés, 1er octobre 2026."
    )
