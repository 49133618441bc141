"""The figures as French text: numbers, intervals, aligned tables, what changed, searches side by side."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_builders import figure, measured, run_of

from evaluation.benches.quality_bench import Ranked
from evaluation.judging.comparison import Comparison, compare
from evaluation.judging.metrics import ALL_METRICS, METRICS
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import NBSP, shown, shown_interval, shown_points
from evaluation.reports.text import (
    NOT_MEASURED,
    aligned,
    bench_table,
    comparison_text,
    figure_table,
    status_table,
    verdict_table,
)

SHARE, COST, LATENCY = (ALL_METRICS[name] for name in ("fully_right", "verdict_cost", "latency_p50"))


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0,0\u00a0%"), (1.0, "100,0\u00a0%"), (0.9337, "93,4\u00a0%"), (2 / 3, "66,7\u00a0%")],
)
def test_a_share_is_in_per_cent(value: float, text: str) -> None:
    assert shown(value, SHARE) == text


def test_a_mean_has_two_decimals_and_a_latency_none() -> None:
    assert shown(0.246, COST) == "0,25"
    assert shown(31.6, LATENCY) == "32\u00a0ms"
    assert shown(1234.5, LATENCY) == "1234\u00a0ms"
    assert shown(127.4, ALL_METRICS["words_p50"]) == "127\u00a0mots"


def test_an_interval_has_the_unit_of_its_figure() -> None:
    assert shown_interval(figure(0.93, 0.901, 0.96), SHARE) == "[90,1 – 96,0]"
    assert shown_interval(figure(0.5, 0.25, 1.0), COST) == "[0,25 – 1,00]"
    assert shown_interval(figure(30, 28.4, 41.6), LATENCY) == "[28 – 42]"
    assert shown_interval(figure(0, -0.051, 0.02), SHARE) == "[-5,1 – 2,0]"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0,0\u00a0point"),
        (0.0194, "1,9\u00a0point"),
        (0.01999, "2,0\u00a0points"),
        (-0.125, "-12,5\u00a0points"),
    ],
)
def test_a_difference_of_shares_is_in_points(share: float, text: str) -> None:
    assert shown_points(share) == text


@given(st.floats(0, 1), st.sampled_from(sorted(ALL_METRICS)))
def test_no_number_has_an_english_point_or_a_breaking_space(value: float, name: str) -> None:
    text = shown(value, ALL_METRICS[name])
    assert "." not in text
    assert " " not in text


# --- tables ---------------------------------------------------------------------------------------

RUN = run_of(
    measured("direct-001"),
    measured("direct-002", "faux"),
    measured("sms-003"),
    figures={
        OVERALL: {
            "fully_right": figure(2 / 3, 0.0, 1.0, 3),
            "verdict_exact": figure(0.5, 0.25, 0.75, 2),
            "verdict_cost": figure(2.5, 0.0, 10.0, 2),
            "latency_p50": figure(1032.0, 9.0, 20000.0, 3),
        },
        "direct": {"fully_right": figure(0.5), "verdict_exact": figure(0.5), "latency_p50": figure(8.0)},
        "sms": {"fully_right": figure(1.0), "latency_p50": figure(1032.0)},
    },
    verdicts={"eligible>eligible": 1, "not_eligible>undetermined": 12},
    statuses={"answered>answered": 2, "answered|clarification>unanswerable": 1},
)


def lines_of(result: RunResult) -> dict[str, str]:
    """Lines of the table of figures, by their first cell."""
    return {line.split("  ")[0]: line for line in figure_table(result).splitlines()}


def cells(line: str) -> list[str]:
    return re.split(r" {2,}", line.strip())


def test_the_table_holds_the_figures_of_each_kind() -> None:
    lines = lines_of(RUN)
    assert cells(figure_table(RUN).splitlines()[0]) == [
        "ensemble",
        "intervalle à 95 %",
        "questions directes",
        "écriture SMS",
    ]
    assert cells(lines["questions"]) == ["questions", "3", "2", "1"]
    assert cells(lines["entièrement juste"]) == [
        "entièrement juste",
        f"66,7{NBSP}%",
        "[0,0 – 100,0]",
        f"50,0{NBSP}%",
        f"100,0{NBSP}%",
    ]
    assert cells(lines["coût moyen d’un verdict"])[1:] == ["2,50", "[0,00 – 10,00]", "–", "–"]
    assert cells(lines["latence médiane"])[1:] == [
        f"1032{NBSP}ms",
        "[9 – 20000]",
        f"8{NBSP}ms",
        f"1032{NBSP}ms",
    ]


@pytest.mark.parametrize("table", [figure_table, status_table, verdict_table])
def test_columns_are_aligned(table: object) -> None:
    assert callable(table)
    lines = table(RUN).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert len(lines) > 2


def test_columns_end_at_the_same_place() -> None:
    lines = figure_table(RUN).splitlines()
    for title, values in (
        ("ensemble", ("3", f"66,7{NBSP}%", f"1032{NBSP}ms")),
        ("questions directes", ("2", f"50,0{NBSP}%", f"8{NBSP}ms")),
    ):
        end = lines[0].index(title) + len(title)
        ends = [line[:end] for line in lines if line[:end].endswith(values)]
        assert len(ends) >= len(values)


def test_a_headline_that_is_not_measured_is_said_and_the_rest_left_out() -> None:
    lines = lines_of(RUN)
    for name, metric in METRICS.items():
        if name in RUN.figures[OVERALL]:
            continue
        if metric.headline:
            assert cells(lines[metric.label]) == [metric.label, NOT_MEASURED]
        else:
            assert metric.label not in lines


def test_verdicts_never_given_are_not_measured_yet() -> None:
    result = RUN.model_copy(update={"verdicts": {"eligible>none": 13}})
    lines = lines_of(result)
    assert cells(lines["verdict exact"]) == ["verdict exact", NOT_MEASURED]
    assert cells(lines["coût moyen d’un verdict"])[1] == NOT_MEASURED
    assert cells(lines["entièrement juste"])[1] == f"66,7{NBSP}%"
    assert verdict_table(result) == f"verdicts : {NOT_MEASURED}"


def test_a_run_that_measured_nothing_has_a_table() -> None:
    empty = run_of(planned=3, stopped="le serveur ne répond plus")
    assert cells(lines_of(empty)["questions"]) == ["questions", "0"]
    assert cells(lines_of(empty)["entièrement juste"]) == ["entièrement juste", NOT_MEASURED]
    assert status_table(empty) == "statut attendu \\ donné"


def test_confusions_put_the_right_ones_in_rows() -> None:
    assert [cells(line) for line in status_table(RUN).splitlines()] == [
        ["statut attendu \\ donné", "answered", "unanswerable"],
        ["answered", "2", "0"],
        ["answered|clarification", "0", "1"],
    ]
    assert [cells(line) for line in verdict_table(RUN).splitlines()] == [
        ["verdict attendu \\ donné", "eligible", "undetermined"],
        ["eligible", "1", "0"],
        ["not_eligible", "0", "12"],
    ]


def test_the_first_column_is_to_the_left_and_the_others_to_the_right() -> None:
    assert aligned([["a", "bbb", "c"], ["aaa", "b", "ccccc"]]) == "a    bbb      c\naaa    b  ccccc"


# --- what changed ---------------------------------------------------------------------------------


def changed() -> Comparison:
    before = run_of(
        *(measured(f"direct-00{n}", "faux", pairs={"verdict_cost": (10, 1)}) for n in (1, 2, 3)),
        measured("direct-004"),
    )
    after = run_of(
        *(measured(f"direct-00{n}", pairs={"verdict_cost": (1, 1)}) for n in (1, 2, 3)),
        measured("direct-004", "fait absent : 1.5"),
    )
    return compare(before, after)


def test_what_changed_is_told_in_figures_then_question_by_question() -> None:
    text = comparison_text(changed())
    lines = text.splitlines()
    assert lines[0] == "4 questions communes"
    assert cells(lines[1]) == ["avant", "après", "écart", "intervalle à 95 %"]
    right = cells(lines[2])
    assert right[:4] == ["entièrement juste", f"25,0{NBSP}%", f"75,0{NBSP}%", "+50,0"]
    assert re.fullmatch(r"\[-?\d+,\d – \d+,\d\]", right[4])
    assert cells(lines[3]) == ["coût moyen d’un verdict", "10,00", "1,00", "-9,0", "[-9,00 – -9,00]"]
    words = [f"1{NBSP}mot", f"1{NBSP}mot", "+0", "[0 – 0]"]
    assert cells(lines[4]) == ["longueur médiane", *words]
    assert cells(lines[5]) == ["longueur, 90e centile", *words]
    # p of 3 against 1: 2 x (1 + 4) / 2**4
    assert lines[6] == "entièrement justes : 3 de plus, 1 de moins ; test de McNemar exact, p = 0,625"
    assert lines[7:10] == [f"  gagnée : direct-00{n}" for n in (1, 2, 3)]
    assert lines[10:] == ["  perdue : direct-004 (fait absent : 1.5)"]
    assert len({len(line) for line in lines[1:6]}) == 1


# --- searches -------------------------------------------------------------------------------------


def test_searches_are_side_by_side_with_how_far_ours_is_ahead() -> None:
    ours = Ranked(
        name="notre recherche",
        figures={"ndcg_10": figure(0.9, 0.85, 0.95), "scheme_hit_1": figure(1.0)},
        ours_minus={},
        query_ms=2.0,
        relative_time=1.0,
    )
    other = Ranked(
        name="BM25",
        figures={"ndcg_10": figure(0.725, 0.7, 0.75), "scheme_hit_1": figure(1.0)},
        ours_minus={"ndcg_10": figure(0.175, 0.1, 0.25), "scheme_hit_1": figure(-0.01, -0.02, 0.0)},
        query_ms=0.5,
        relative_time=0.25,
    )
    lines = bench_table([ours, other]).splitlines()
    assert [cells(line) for line in lines] == [
        ["nDCG@10", "bon dispositif en tête", "temps / le nôtre"],
        ["notre recherche", f"90,0{NBSP}% [85,0 – 95,0]", f"100,0{NBSP}% [100,0 – 100,0]", "1,00"],
        ["BM25", f"72,5{NBSP}% [70,0 – 75,0]", f"100,0{NBSP}% [100,0 – 100,0]", "0,25"],
        ["notre avance", "+17,5 [10,0 – 25,0]", "-1,0 [-2,0 – 0,0]"],
    ]
    assert len({len(line) for line in lines}) == 1
