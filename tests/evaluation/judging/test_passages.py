"""Rankings judged against values worked out by hand: a gain at rank r is worth 1 / log2(r + 1)."""

from __future__ import annotations

from math import log2

import pytest
from run_builders import make_hit, make_passage

from evaluation.judging.passages import MEASURES, judge_passages, subject_first
from evaluation.runs.run import Passage, passage_of

A, B, C = "halles/Montant", "halles/Objet", "lavoirs/Objet"
OTHER = make_passage("haies", "Montant")


def passage(*keys: str) -> Passage:
    return make_passage(keys[0].partition("/")[0], *(key.partition("/")[2] for key in keys))


def others(count: int) -> list[Passage]:
    return [make_passage("haies", f"Section {number}") for number in range(count)]


@pytest.mark.parametrize(
    ("gold", "passages", "ndcg", "recall", "mrr"),
    [
        pytest.param([A], [passage(A), OTHER], 1, 1, 1, id="first"),
        pytest.param([A], [OTHER, passage(A)], 1 / log2(3), 1, 1 / 2, id="second"),
        pytest.param([A], [*others(4), passage(A)], 1 / log2(6), 1, 1 / 5, id="fifth"),
        pytest.param([A], [*others(5), passage(A)], 1 / log2(7), 0, 1 / 6, id="sixth"),
        pytest.param([A], [*others(9), passage(A)], 1 / log2(11), 0, 1 / 10, id="tenth"),
        pytest.param([A], [*others(10), passage(A)], 0, 0, 0, id="eleventh"),
        pytest.param([A], others(10), 0, 0, 0, id="never"),
        pytest.param([A, B], [passage(A), passage(B)], 1, 1, 1, id="two, first"),
        pytest.param([A, B], [passage(B), passage(A)], 1, 1, 1, id="two, in any order"),
        pytest.param(
            [A, B], [passage(A), OTHER, passage(B)], (1 + 1 / 2) / (1 + 1 / log2(3)), 1, 1, id="two, apart"
        ),
        pytest.param([A, B], [passage(A), OTHER], 1 / (1 + 1 / log2(3)), 1 / 2, 1, id="one of two"),
        pytest.param([A, C], [passage(A), passage(C)], 1, 1, 1, id="two schemes"),
        pytest.param([A, B], [passage(A, B)], 1, 1, 1, id="a passage that holds both"),
        pytest.param(
            [A, B],
            [OTHER, passage(A, B)],
            (1 / log2(3) + 1 / 2) / (1 + 1 / log2(3)),
            1,
            1 / 2,
            id="second, a passage that holds both",
        ),
        pytest.param(
            [A, B],
            [passage(A), passage(A), passage(B)],
            (1 + 1 / 2) / (1 + 1 / log2(3)),
            1,
            1,
            id="a repeated section takes a rank and gains nothing",
        ),
        pytest.param(
            [A], [passage(A), passage(A), passage(A)], 1, 1, 1, id="a repeated section never exceeds one"
        ),
        pytest.param(
            [A, B],
            [passage(A), passage(A, B)],
            1,
            1,
            1,
            id="a passage that repeats one section and brings another",
        ),
        pytest.param([A], [], 0, 0, 0, id="nothing found"),
    ],
)
def test_values(gold: list[str], passages: list[Passage], ndcg: float, recall: float, mrr: float) -> None:
    values = judge_passages(gold, passages)
    assert values == pytest.approx({"ndcg_10": ndcg, "recall_5": recall, "mrr_10": mrr})
    assert values.keys() == MEASURES.keys()


def test_six_gold_passages_cannot_all_be_among_five() -> None:
    gold = [f"halles/Section {number}" for number in range(6)]
    values = judge_passages(gold, [passage(key) for key in gold])
    assert values == pytest.approx({"ndcg_10": 1, "recall_5": 5 / 6, "mrr_10": 1})


@pytest.mark.parametrize(
    "near",
    [make_passage("lavoirs", "Montant"), make_passage(None, "Montant"), make_passage("halles", "montant")],
)
def test_the_same_words_elsewhere_are_not_the_passage(near: Passage) -> None:
    assert judge_passages([A], [near]) == dict.fromkeys(MEASURES, 0.0)
    assert judge_passages([A], [near, passage(A)])["mrr_10"] == pytest.approx(1 / 2)


def test_the_order_of_the_gold_passages_does_not_matter() -> None:
    ranking = [OTHER, passage(B, A), passage(C)]
    assert judge_passages([A, B, C], ranking) == judge_passages([C, B, A], ranking)


def test_without_gold_nothing_can_be_judged() -> None:
    with pytest.raises(ValueError, match="no gold passage"):
        judge_passages([], [passage(A)])
    assert judge_passages([A], iter([passage(A)]))["ndcg_10"] == 1.0


@pytest.mark.parametrize(
    ("schemes", "passages", "hit"),
    [
        (["halles"], [passage(A), OTHER], True),
        (["lavoirs", "halles"], [passage(A)], True),
        (["halles"], [OTHER, passage(A)], False),
        (["halles"], [make_passage(None, "Montant")], False),
        (["halles"], [], False),
        ([], [passage(A)], False),
    ],
)
def test_the_scheme_of_the_best_passage(schemes: list[str], passages: list[Passage], hit: bool) -> None:
    assert subject_first(schemes, passages) is hit


# --- plain documents ------------------------------------------------------------------------------

DOCUMENT = "fiche-biens-sans-maitre"


def page_passage(text: str, section: str = "") -> Passage:
    hit = make_hit(None, section).model_copy(
        update={"document_id": f"doc:{DOCUMENT}.txt-0123abcd", "text": text}
    )
    return passage_of(hit)


def test_a_passage_of_a_document_is_found_by_where_its_text_stands() -> None:
    found = page_passage("Les immeubles vacants sans maître qui font partie d’une succession ouverte.")
    other = page_passage("Depuis 2004, les communes peuvent devenir propriétaires.")
    gold = [f"{DOCUMENT}/Plus d'info ? c'est par ici !"]
    assert judge_passages(gold, [other, found])["mrr_10"] == 1 / 2
    both = page_passage(
        "Pour faciliter la lecture : Deux situations sont à distinguer : 1er cas : Les immeubles vacants "
        "sans maître qui font partie d’une succession ouverte depuis plus de trente ans"
    )
    assert judge_passages(gold, [both])["mrr_10"] == 1
    assert judge_passages([f"{DOCUMENT}/*"], [OTHER, other])["mrr_10"] == 1 / 2


def test_the_document_asked_on_comes_first() -> None:
    assert subject_first([DOCUMENT], [page_passage("Deux situations sont à distinguer")])
    assert not subject_first([DOCUMENT], [OTHER])
    assert not subject_first(["haies"], [page_passage("Deux situations sont à distinguer")])
    assert not subject_first(["haies"], [])
