"""Searches on the same pages: figures by hand, and what the first sentences of a passage state."""

from __future__ import annotations

from run_builders import make_case, make_passage

from evaluation.judging.page_searches import compared, judge_found, opening

CASE = make_case(
    "direct-001", schemes=["halles"], gold=["halles/Montant"], facts=[{"rate": 40}, {"amount": 60000}]
)
RIGHT, WRONG = make_passage("halles", "Montant"), make_passage("haies", "Montant")
TEXT = "Montant\n- Une aide. Deux temps.\n- Jusqu’à 40 %.\n- Au plus 60 000 €."


def test_the_opening_is_three_sentences_without_marks() -> None:
    assert opening(TEXT.removeprefix("Montant\n")) == "Une aide.\nDeux temps.\nJusqu’à 40 %."
    assert opening("") == ""


def test_what_the_best_passage_states_counts() -> None:
    judged = judge_found(CASE, [(RIGHT, TEXT.removeprefix("Montant\n")), (WRONG, "60 000 €")])
    assert judged == {
        "recall_5": (1.0, 1.0),
        "ndcg_10": (1.0, 1.0),
        "scheme_hit_1": (1.0, 1.0),
        "facts_opening": (1.0, 2.0),
        "facts_passage": (2.0, 2.0),
        "complete_passage": (1.0, 1.0),
    }


def test_a_search_that_finds_nothing_gets_nothing() -> None:
    assert {got for got, _ in judge_found(CASE, []).values()} == {0.0}


def test_facts_count_where_an_answer_is_due() -> None:
    refusal = make_case("unknown-001", status="unanswerable", schemes=["halles"], gold=["halles/Montant"])
    assert "facts_passage" not in judge_found(refusal, [(RIGHT, TEXT)])


def test_ours_is_held_against_the_others_on_the_same_questions() -> None:
    good, bad = judge_found(CASE, [(RIGHT, TEXT)]), judge_found(CASE, [(WRONG, "")])
    ours, theirs = compared({"ours": [good, good], "theirs": [good, bad]})
    assert ours.ours_minus == {}
    assert theirs.figures["scheme_hit_1"].value == 0.5
    assert theirs.figures["scheme_hit_1"].questions == 2
    assert theirs.ours_minus["scheme_hit_1"].value == 0.5
    assert theirs.ours_minus["facts_passage"].value == 0.5


def test_a_measure_that_no_question_has_is_absent() -> None:
    refusal = make_case("unknown-001", status="unanswerable", schemes=["halles"], gold=["halles/Montant"])
    (ours,) = compared({"ours": [judge_found(refusal, [(RIGHT, TEXT)])]})
    assert set(ours.figures) == {"recall_5", "ndcg_10", "scheme_hit_1"}
