"""Searches compared on the same questions, with rankings made up so that the figures come by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

import pytest
from run_builders import FakeTarget, make_case, make_hit, make_passage

from evaluation.benches.quality_bench import OurSearch, Ranked, bench_quality
from evaluation.questions.cases import Case
from evaluation.runs.run import Passage

GOLD = make_passage("cvcb", "Montant")
SAME_SCHEME = make_passage("cvcb", "Objet")
OTHER = make_passage("actes", "Objet")


class FakeRanker:
    """Gives the passages set down for each question."""

    def __init__(self, name: str, found: Mapping[str, Sequence[Passage]]) -> None:
        self.name = name
        self._found = found
        self.asked: list[tuple[str, int]] = []

    def rank(self, question: str, k: int) -> list[Passage]:
        self.asked.append((question, k))
        return list(self._found[question])


def case(number: int, **members: object) -> Case:
    return make_case(f"direct-{number:03d}", f"q{number}", schemes=["cvcb"], gold=["cvcb/Montant"], **members)


CASES = [case(1), case(2), case(3), case(4)]
# The gold passage at ranks 1, 1, 2 and 1 for ours; 1, 2, nowhere and 4 for the other.
OURS = {"q1": [GOLD], "q2": [GOLD, OTHER], "q3": [SAME_SCHEME, GOLD], "q4": [GOLD]}
THEIRS = {
    "q1": [GOLD],
    "q2": [OTHER, GOLD],
    "q3": [],
    "q4": [OTHER, make_passage("actes", "Montant"), SAME_SCHEME, GOLD],
}


def bench() -> tuple[Ranked, Ranked]:
    ours, theirs = bench_quality(CASES, FakeRanker("ours", OURS), [FakeRanker("theirs", THEIRS)])
    return ours, theirs


def values(result: Ranked) -> dict[str, float]:
    return {name: figure.value for name, figure in result.figures.items()}


def test_figures_are_means_over_the_questions() -> None:
    ours, theirs = bench()
    assert values(ours) == pytest.approx(
        {
            "ndcg_10": (1 + 1 + 1 / log2(3) + 1) / 4,
            "recall_5": 1.0,
            "mrr_10": (1 + 1 + 1 / 2 + 1) / 4,
            "scheme_hit_1": 1.0,
        }
    )
    assert values(theirs) == pytest.approx(
        {
            "ndcg_10": (1 + 1 / log2(3) + 0 + 1 / log2(5)) / 4,
            "recall_5": 3 / 4,
            "mrr_10": (1 + 1 / 2 + 0 + 1 / 4) / 4,
            "scheme_hit_1": 1 / 4,
        }
    )


def test_differences_are_paired_and_say_how_far_ours_is_ahead() -> None:
    ours, theirs = bench()
    assert ours.ours_minus == {}
    gaps = {name: figure.value for name, figure in theirs.ours_minus.items()}
    assert gaps == pytest.approx(
        {
            "ndcg_10": (0 + (1 - 1 / log2(3)) + 1 / log2(3) + (1 - 1 / log2(5))) / 4,
            "recall_5": 1 / 4,
            "mrr_10": (0 + 1 / 2 + 1 / 2 + 3 / 4) / 4,
            "scheme_hit_1": 3 / 4,
        }
    )
    for name, figure in theirs.ours_minus.items():
        assert figure.value == pytest.approx(values(ours)[name] - values(theirs)[name])
        assert figure.low <= figure.value <= figure.high
        assert figure.questions == 4
        assert figure.low >= 0.0  # on no question is the other ahead


def test_searches_that_agree_on_every_question_have_no_gap_to_doubt() -> None:
    _, twin = bench_quality(CASES, FakeRanker("ours", OURS), [FakeRanker("twin", OURS)])
    for figure in twin.ours_minus.values():
        assert (figure.value, figure.low, figure.high) == (0.0, 0.0, 0.0)


def test_a_constant_gap_has_an_interval_of_no_width_though_the_figures_vary() -> None:
    late = {name: [OTHER, *passages] for name, passages in {**OURS, "q3": [GOLD]}.items()}
    first = {**OURS, "q3": [GOLD]}
    ours, theirs = bench_quality(CASES, FakeRanker("ours", first), [FakeRanker("late", late)])
    assert values(ours)["mrr_10"] == 1.0
    gap = theirs.ours_minus["mrr_10"]
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.5, 0.5, 0.5))


def test_ours_comes_first_and_the_others_in_their_order() -> None:
    peers = [FakeRanker(name, THEIRS) for name in ("b", "a")]
    assert [result.name for result in bench_quality(CASES, FakeRanker("ours", OURS), peers)] == [
        "ours",
        "b",
        "a",
    ]


def test_times_are_relative_to_ours() -> None:
    ours, theirs = bench()
    assert ours.relative_time == 1.0
    assert ours.query_ms > 0
    assert theirs.relative_time == pytest.approx(theirs.query_ms / ours.query_ms)


def test_only_questions_with_a_gold_passage_are_searched_ten_deep_by_all() -> None:
    mine, other = FakeRanker("ours", OURS), FakeRanker("theirs", THEIRS)
    steps: list[tuple[int, int]] = []
    cases = [CASES[0], make_case("scope-001", "la météo", status="out_of_scope"), CASES[1]]
    results = bench_quality(cases, mine, [other], lambda done, total: steps.append((done, total)))
    assert mine.asked == other.asked == [("q1", 10), ("q2", 10)]
    assert {figure.questions for result in results for figure in result.figures.values()} == {2}
    assert steps == [(1, 2), (2, 2)]


def test_a_conversation_is_searched_as_one_text() -> None:
    ranker = FakeRanker("ours", {"un deux": [GOLD]})
    multi = make_case("multi-001", "un", "deux", schemes=["cvcb"], gold=["cvcb/Montant"])
    (result,) = bench_quality([multi], ranker, [])
    assert values(result)["ndcg_10"] == 1.0


@pytest.mark.parametrize("cases", [[], [make_case("scope-001", status="out_of_scope")]])
def test_with_nothing_to_find_it_is_refused(cases: list[Case]) -> None:
    with pytest.raises(ValueError, match="no question has a gold passage"):
        bench_quality(cases, FakeRanker("ours", {}), [])


def test_our_search_is_a_ranker_over_any_target() -> None:
    target = FakeTarget(hits=[make_hit("cvcb", "Objet / Montant", "a"), make_hit(None, "Page", "b")])
    assert OurSearch(target).rank("le CVCB", 7) == [
        Passage(id="a", scheme_id="cvcb", sections=("Objet", "Montant"), document_id="fiche:cvcb"),
        Passage(id="b", scheme_id=None, sections=("Page",), document_id="doc:page.md"),
    ]
    assert target.searches == [("le CVCB", 7)]
