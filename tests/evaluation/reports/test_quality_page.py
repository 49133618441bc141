"""The page of published figures: both sets, each kind of question, the searches, French spaces."""

from __future__ import annotations

import re
from datetime import date

import pytest
from measures_builders import every_measure
from run_builders import figure, measured, run_of

from evaluation.benches.quality_bench import Ranked
from evaluation.judging.held_out import HeldOut, HeldOutMeasure
from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.result import OVERALL
from evaluation.judging.shown import NBSP
from evaluation.reports.quality_page import quality_page
from evaluation.reports.text import NOT_MEASURED

DEV = run_of(
    measured("direct-001"),
    measured("direct-002"),
    measured("sms-001", "faux"),
    figures={
        OVERALL: {
            "fully_right": figure(0.8125, 0.75, 0.875),
            "fact_recall": figure(0.9, 0.8, 0.95),
            "latency_p50": figure(21.0, 18.0, 25.0),
        },
        "direct": {"fully_right": figure(1.0)},
        "sms": {"fully_right": figure(0.0)},
    },
    verdicts={"eligible>eligible": 1},
)
TEST = run_of(
    measured("direct-101"),
    measured("unknown-102"),
    set_name="test",
    figures={
        OVERALL: {
            "fully_right": figure(0.625, 0.5, 0.7),
            "fact_recall": figure(0.6, 0.55, 0.65),
            "verdict_exact": figure(0.0),
            "latency_p50": figure(33.0, 30.0, 40.0),
        },
        "direct": {"fully_right": figure(0.75), "fact_recall": figure(0.6)},
        "unknown": {"fully_right": figure(0.5)},
    },
    verdicts={"eligible>none": 4},
)
SEARCHES = [
    Ranked(
        name="notre recherche",
        figures={"ndcg_10": figure(0.91, 0.88, 0.94), "recall_5": figure(0.97)},
        ours_minus={},
        query_ms=1.0,
        relative_time=1.0,
    ),
    Ranked(
        name="BM25 (bm25s)",
        figures={"ndcg_10": figure(0.71, 0.68, 0.74), "recall_5": figure(0.8)},
        ours_minus={"ndcg_10": figure(0.2), "recall_5": figure(0.17)},
        query_ms=2.0,
        relative_time=2.0,
    ),
]
DAYS = (date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 23))
HELD_OUT = HeldOut(measures=tuple(HeldOutMeasure(on=day, by="--set test", questions=2) for day in DAYS))
MEASURES = every_measure(dev=DEV, test=TEST)
PAGE = quality_page(MEASURES, SEARCHES, HELD_OUT)


def tables() -> list[list[list[str]]]:
    """The cells of each table, without the line under its header."""
    found = re.findall(r"(?:^\|.*\|$\n?)+", PAGE, flags=re.MULTILINE)
    rows = [[line.strip("| ").split(" | ") for line in table.splitlines()] for table in found]
    return [[row for place, row in enumerate(table) if place != 1] for table in rows]


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_it_opens_with_the_headline_of_each_measure_and_its_date() -> None:
    opening = " ".join(plain(PAGE).partition("## Côte à côte")[0].split())
    assert opening.startswith("# Qualité des réponses <!-- Page écrite par « assistant evaluate --publish")
    assert "Mesure du 23 novembre 2026." in opening
    for headline in (
        "- dev préparé, 23 novembre 2026 : **81,2 % [75,0 – 87,5]**",
        "- test préparé, 23 novembre 2026 : **62,5 % [50,0 – 70,0]**",
        "- fiche sans préparation, 23 novembre 2026 : **50,0 % [50,0 – 100,0]**",
        "- document sans préparation, 23 novembre 2026 : **0,0 % [50,0 – 100,0]**",
    ):
        assert headline in opening


def test_the_first_table_holds_every_measure_side_by_side() -> None:
    header, *rows = tables()[0]
    assert header == [
        *("Mesure", "dev préparé", "test préparé", "fiche sans préparation", "document sans préparation"),
        "énoncés",
    ]
    by_label = {plain(row[0]).partition(" :")[0]: [plain(cell) for cell in row[1:]] for row in rows}
    assert by_label["questions ou énoncés"] == ["3", "2", "2", "2", "6"]
    assert by_label["entièrement juste"][:3] == [
        *("81,2 % [75,0 – 87,5]", "62,5 % [50,0 – 70,0]", "50,0 % [50,0 – 100,0]")
    ]
    assert by_label["écart avec le préparé, mêmes questions"][2] == "−50,0 [−75,0 – −25,0]"
    assert by_label["faits attendus donnés"][:2] == ["90,0 % [80,0 – 95,0]", "60,0 % [55,0 – 65,0]"]
    assert by_label["latence médiane"] == ["21 ms [18 – 25]", "33 ms [30 – 40]", "–", "–", "–"]
    assert by_label["verdict exact"][:2] == ["–", NOT_MEASURED]
    assert by_label["énoncés, acte juste"][:4] == ["–"] * 4
    assert by_label["énoncés, acte juste"][4].startswith("66,7 %")


def test_the_next_tables_hold_each_kind_of_question_and_each_act() -> None:
    strata, acts = tables()[1:3]
    assert [row[0] for row in strata[1:]] == [
        *("questions directes", "écriture SMS", "plusieurs tours", "absent des sources")
    ]
    assert [plain(cell) for cell in strata[1][1:]] == [
        *("100,0 % [100,0 – 100,0] (1)", "75,0 % [75,0 – 75,0] (1)"),
        *("0,0 % [50,0 – 100,0] (1)", "0,0 % [50,0 – 100,0] (1)"),
    ]
    assert [row[0] for row in acts[1:]] == ["`ask_scheme`", "`find_schemes`", "`social`"]


def test_each_metric_that_is_measured_is_explained() -> None:
    for name in TEST.figures[OVERALL]:
        assert f"{ALL_METRICS[name].label} : {ALL_METRICS[name].help}" in plain(PAGE)


def test_how_often_the_test_half_was_measured_is_told_with_the_days() -> None:
    assert "a été mesuré 3 fois depuis qu’il est écrit (20 novembre 2026, 23 novembre 2026)." in PAGE
    assert "n’a encore jamais été mesuré" in quality_page(MEASURES, SEARCHES, HeldOut())
    once = HeldOut(measures=HELD_OUT.measures[:1])
    assert "a été mesuré une fois depuis" in quality_page(MEASURES, SEARCHES, once)


def test_failures_are_shown_and_none_is_of_the_test_half() -> None:
    shown = PAGE.partition("## Échecs tirés au sort")[2].partition("## Comment ces chiffres")[0]
    assert {name for name in re.findall(r"\(`(.+?)`\)", shown)} == {"sms-001", "direct-901", "multi-902"}
    assert "fait absent" in shown
    assert "talk-003" not in PAGE


def test_a_page_without_the_test_half_is_refused() -> None:
    with pytest.raises(ValueError, match="test half"):
        quality_page(every_measure(test=None), SEARCHES, HELD_OUT)


def test_the_fourth_table_holds_the_test_set_by_kind_of_question() -> None:
    header, *rows = tables()[3]
    assert header == ["Mesure", "questions directes", "absent des sources"]
    assert [[plain(cell) for cell in row] for row in rows] == [
        ["entièrement juste", "75,0 %", "50,0 %"],
        ["faits attendus donnés", "60,0 %", "–"],
    ]


def test_the_last_table_holds_the_searches() -> None:
    header, *rows = tables()[-1]
    assert header == ["Recherche", "nDCG@10", "rappel@5"]
    assert [[plain(cell) for cell in row] for row in rows] == [
        ["notre recherche", "91,0 % [88,0 – 94,0]", "97,0 % [97,0 – 97,0]"],
        ["BM25 (bm25s)", "71,0 % [68,0 – 74,0]", "80,0 % [80,0 – 80,0]"],
    ]


def test_every_table_is_as_wide_as_its_header() -> None:
    assert len(tables()) == 5
    for table in tables():
        assert len({len(row) for row in table}) == 1


def test_it_says_how_many_questions_how_to_redo_it_and_its_limits() -> None:
    text = plain(PAGE)
    assert "`evaluation/data/questions` : 5 questions écrites" in text
    assert ".venv/bin/assistant evaluate --publish docs/quality.md" in text
    assert "## Leurs limites" in text
    assert "{" not in text


@pytest.mark.parametrize("sign", [":", ";", "%", "»"])
def test_no_breaking_space_before_a_sign(sign: str) -> None:
    assert f" {sign}" not in PAGE
    assert f"{NBSP}{sign}" in PAGE


def test_no_breaking_space_after_an_opening_quote() -> None:
    assert "« " not in PAGE
    assert f"«{NBSP}" in PAGE


def test_no_number_has_an_english_point() -> None:
    assert re.search(r"\d\.\d", PAGE) is None


def test_thousands_are_apart_and_do_not_break() -> None:
    assert f"(2{NBSP}000 tirages)" in PAGE
    assert f"1{NBSP}000 caractères" in PAGE
    assert re.search(r"\d \d{3}\b", PAGE) is None


def test_the_file_ends_with_one_line_feed() -> None:
    assert PAGE.endswith("\n")
    assert not PAGE.endswith("\n\n")
