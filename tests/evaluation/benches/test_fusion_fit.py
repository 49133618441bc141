"""Weights of the legs: measured by hand-computed nDCG, fitted on sets where the right answer is known."""

from __future__ import annotations

from pathlib import Path

import ir_measures
import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import nDCG

from assistant.search.retrieve import LEG_WEIGHTS, WITHOUT_LETTERS
from evaluation.benches.fusion_fit import LEGS, Found, fit_fusion, gather, weightings
from evaluation.questions.beir import read_test_set

DOCUMENT_OF = {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}


def only(leg: str) -> np.ndarray:
    return np.array([[float(name == leg) for name in LEGS]])


def found(legs: dict[str, dict[str, float]], grades: dict[str, int]) -> Found:
    return Found.of({leg: legs.get(leg, {}) for leg in LEGS}, DOCUMENT_OF, grades)


def test_a_document_ranks_by_its_best_passage() -> None:
    question = found({"lexical": {"a1": 0.2, "b1": 0.6, "a2": 1.0, "c1": 0.4}}, {"a": 1})
    assert question.ndcg(only("lexical")).tolist() == [1.0]


def test_a_right_document_in_second_place_is_worth_less() -> None:
    question = found({"dense": {"b1": 1.0, "a1": 0.5}}, {"a": 1})
    assert question.ndcg(only("dense"))[0] == pytest.approx(1 / np.log2(3))


def test_what_no_leg_finds_is_worth_nothing() -> None:
    assert found({}, {"a": 1}).ndcg(weightings()).tolist() == [0.0] * len(weightings())


@given(
    lexical=st.dictionaries(st.sampled_from(sorted(DOCUMENT_OF)), st.integers(0, 100)),
    dense=st.dictionaries(st.sampled_from(sorted(DOCUMENT_OF)), st.integers(0, 100)),
    grades=st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3), min_size=1),
)
def test_it_is_the_ndcg_of_ir_measures(
    lexical: dict[str, int], dense: dict[str, int], grades: dict[str, int]
) -> None:
    # Shares that no two sums of whole numbers below 101 make alike: ties may be broken either way.
    weights = {"lexical": 0.5, "dense": 0.5 / np.pi, "letters": 0.0}
    legs = {
        "lexical": {name: float(score) + place / 1e3 for place, (name, score) in enumerate(lexical.items())},
        "dense": {name: float(score) + place / 1e3 for place, (name, score) in enumerate(dense.items())},
    }
    run: dict[str, float] = {}
    for name in {*lexical, *dense}:
        score = sum(weights[leg] * scores.get(name, 0.0) for leg, scores in legs.items())
        run[DOCUMENT_OF[name]] = max(run.get(DOCUMENT_OF[name], 0.0), score)
    expected = ir_measures.calc_aggregate([nDCG @ 10], {"q": grades}, {"q": run})[nDCG @ 10] if run else 0.0
    row = np.array([[weights[leg] for leg in LEGS]])
    assert found(legs, grades).ndcg(row)[0] == pytest.approx(expected)


def test_every_sharing_is_tried_once() -> None:
    shares = weightings(step=0.25)
    assert len(shares) == len({tuple(row) for row in shares.tolist()}) == 15
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert not weightings(with_letters=False)[:, LEGS.index("letters")].any()


def right_by(leg: str, wrong: str) -> Found:
    """A question that one leg answers and another misleads."""
    return found({leg: {"a1": 1.0, "b1": 0.0}, wrong: {"b1": 1.0, "a1": 0.0}}, {"a": 1})


def test_each_set_is_given_what_the_others_choose() -> None:
    fit = fit_fusion({"mots": [right_by("lexical", "dense")] * 3, "sens": [right_by("dense", "lexical")] * 3})
    words, sense = fit.sets
    assert words.own.ndcg_10.value == sense.own.ndcg_10.value == 1.0
    assert words.others is not None
    assert words.others.weights == sense.own.weights
    assert words.others.ndcg_10.value < 1.0
    assert fit.left_out is not None
    assert fit.left_out.value < fit.together.ndcg_10.value
    assert fit.left_out.questions == 6


def test_what_is_in_use_stays_where_nothing_is_better() -> None:
    fit = fit_fusion({"seul": [found({leg: {"a1": 1.0} for leg in LEGS}, {"a": 1})]})
    assert fit.together.weights == dict(LEG_WEIGHTS)
    assert fit.together.gain.value == 0.0
    assert fit.left_out is None
    assert fit.sets[0].others is None


def test_a_gain_is_over_what_is_in_use_on_the_same_questions() -> None:
    fit = fit_fusion({"mots": [right_by("letters", "dense"), right_by("lexical", "dense")]})
    assert fit.together.gain.value == pytest.approx(fit.together.ndcg_10.value - fit.in_use.ndcg_10.value)


def test_without_letters_two_legs_share_the_weight() -> None:
    fit = fit_fusion({"mots": [right_by("lexical", "letters")]}, with_letters=False)
    assert fit.in_use.weights == dict(WITHOUT_LETTERS)
    assert all(not fitted.weights["letters"] for fitted in (fit.together, fit.sets[0].own))


def test_nothing_is_fitted_on_nothing() -> None:
    with pytest.raises(ValueError, match="question"):
        fit_fusion({})
    with pytest.raises(ValueError, match="question"):
        fit_fusion({"vide": []})


def test_legs_are_asked_over_a_real_index(tmp_path: Path) -> None:
    (tmp_path / "set" / "qrels").mkdir(parents=True)
    (tmp_path / "set" / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "", "text": "Le lavoir ancien se restaure."}\n'
        '{"_id": "d2", "title": "", "text": "Les haies se plantent en hiver."}\n',
        encoding="utf-8",
    )
    (tmp_path / "set" / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "planter des haies"}\n', encoding="utf-8"
    )
    (tmp_path / "set" / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td2\t1\n", encoding="utf-8"
    )
    (question,) = gather(read_test_set(tmp_path / "set"), FakeEmbedder(), tmp_path / "index")
    assert question.scaled.max(axis=0).tolist() == [1.0, 1.0, 1.0]
    assert question.ndcg(only("lexical")).tolist() == [1.0]
