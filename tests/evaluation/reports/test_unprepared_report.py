"""The table of prepared and unprepared figures, cell by cell, and what is said under it."""

from __future__ import annotations

from run_builders import figure, measured, run_of

from evaluation.judging.page_searches import PageSearch
from evaluation.judging.statistics import Figure
from evaluation.judging.unprepared import Distance, UnpreparedResult
from evaluation.reports.unprepared_report import unprepared_text


def distance(prepared: Figure, unprepared: Figure, change: Figure) -> Distance:
    return Distance(prepared=prepared, unprepared=unprepared, distance=change)


def report(**members: object) -> UnpreparedResult:
    right = distance(
        figure(0.926, 0.90, 0.95, 40), figure(0.25, 0.2, 0.3, 40), figure(-0.676, -0.7, -0.65, 40)
    )
    direct = distance(figure(1.0), figure(0.5), figure(-0.5, questions=8))
    run = run_of(measured("direct-001"), measured("direct-002"))
    values = {
        "kind": "fiche",
        "folds": {1: ("haies",), 2: ("halles", "lavoirs")},
        "across": (),
        "left_out": (),
        "table": {"all": {"fully_right": right}, "direct": {"fully_right": direct}},
        "prepared": run,
        "unprepared": run,
    }
    return UnpreparedResult.model_validate(values | members)


def test_a_figure_stands_beside_the_other_with_the_distance_between() -> None:
    lines = unprepared_text(report()).splitlines()
    assert lines[1].split("  ")[0] == "entièrement juste"
    cells = [cell.strip() for cell in lines[1].split("  ") if cell.strip()]
    assert cells == [
        "entièrement juste",
        "40",
        "92,6\u00a0%",
        "[90,0 – 95,0]",
        "25,0\u00a0%",
        "[20,0 – 30,0]",
        "−67,6",
        "[−70,0 – −65,0]",
    ]
    assert lines[2].startswith("  questions directes")
    assert "−50,0" in lines[2]


def test_what_may_never_happen_is_told_once() -> None:
    never = distance(figure(0.0), figure(0.0), figure(0.0, questions=3))
    text = unprepared_text(report(table={"all": {"wrong_eligible": never}, "sms": {"wrong_eligible": never}}))
    assert text.splitlines()[1].startswith("« éligible » à tort")
    assert "écriture SMS" not in text


def test_what_was_asked_to_whom_is_said() -> None:
    text = unprepared_text(report())
    assert "2 questions posées, chacune au pli de son premier dispositif (2 plis, 3 fiches)." in text
    assert "ne sont pas posées" not in text
    assert "plusieurs plis" not in text


def test_what_is_left_out_or_half_prepared_is_said() -> None:
    text = unprepared_text(
        report(left_out=("scope-001",) * 3, across=tuple(f"compare-00{n}" for n in range(1, 9)))
    )
    assert "3 questions ne sont pas posées" in text
    assert "8 questions portent sur des dispositifs de plusieurs plis (compare-001," in text
    assert "compare-006…)" in text


def test_a_page_leaves_out_what_it_cannot_answer() -> None:
    text = unprepared_text(report(kind="document", left_out=("commune-001",)))
    assert "sans rien à demander à une page (verdict, question en retour, calcul)" in text
    assert "sur les mêmes pages" not in text


def test_other_searches_stand_under_ours_with_the_distance_between() -> None:
    ours = PageSearch(name="notre recherche", figures={"recall_5": figure(0.656, 0.4, 0.9)}, ours_minus={})
    theirs = PageSearch(
        name="BM25",
        figures={"recall_5": figure(0.802, 0.6, 1.0)},
        ours_minus={"recall_5": figure(-0.146, -0.375, 0.073)},
    )
    lines = unprepared_text(report(kind="document", searches=(ours, theirs))).splitlines()
    head, first, second, ahead, *told = lines[lines.index(next(x for x in lines if "mêmes pages" in x)) :]
    assert "bon document en tête" in head
    assert first.startswith("notre recherche")
    assert "65,6\u00a0% [40,0 – 90,0]" in first
    assert second.startswith("BM25")
    assert ahead.startswith("  notre avance")
    assert "−14,6 [−37,5 – 7,3]" in ahead
    assert told == []  # our answers have no figure of facts in this run
