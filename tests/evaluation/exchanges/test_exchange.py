"""Exchanges keep the texts chosen; answers by number become exchanges, or say what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.errors import RunFileError
from evaluation.exchanges.exchange import Answer, Exchange, answered, as_lines, exchange_of, read_lines
from evaluation.exchanges.offer import Offer, Statement
from evaluation.questions.cases import committed_cases

KEPT = Path(__file__).parents[3] / "evaluation" / "data" / "exchanges" / "dev.jsonl"


def an_offer(*texts: str, question: str = "Combien ?", document: str = "Halles", name: str = "un") -> Offer:
    statements = tuple(
        Statement(n=n, document=document, section="Montant", text=text) for n, text in enumerate(texts, 1)
    )
    return Offer(id=name, turns=(), question=question, statements=statements)


def test_a_choice_is_found_again_wherever_its_texts_stand() -> None:
    exchange = exchange_of(an_offer("a", "b", "c"), "answered", [3, 1], "modèle", None)
    assert exchange.numbers(an_offer("c", "d", "a")) == [1, 3]
    assert exchange.numbers(an_offer("a", "b")) is None
    assert exchange.numbers(an_offer("c", "a", document="Page")) == [1, 2]


def test_between_two_equal_texts_the_one_of_the_same_document_is_meant() -> None:
    page = Statement(n=1, document="Page", section="", text="a")
    fiche = Statement(n=2, document="Halles", section="", text="a")
    exchange = exchange_of(an_offer("a"), "answered", [1], "modèle", None)
    assert exchange.numbers(an_offer().model_copy(update={"statements": (page, fiche)})) == [2]


def test_answers_by_number_become_exchanges(tmp_path: Path) -> None:
    offers = [an_offer("a", "b"), an_offer("c", question="Quand ?", name="deux")]
    answers = [Answer(id="un", status="answered", statements=(2,))]
    made = answered(offers, answers, "quelqu’un", {("Combien ?",): "direct-001/1"})
    path = tmp_path / "exchanges.jsonl"
    path.write_text(as_lines(made), encoding="utf-8")
    assert read_lines(path, Exchange) == made
    assert (made[0].case, made[0].by, [item.text for item in made[0].chosen]) == (
        "direct-001/1",
        "quelqu’un",
        ["b"],
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(id="trois", status="outside"), "offre inconnue"),
        (Answer(id="un", status="answered", statements=(3,)), "aucune phrase ne porte le numéro 3"),
    ],
)
def test_an_answer_to_nothing_is_refused(answer: Answer, said: str) -> None:
    with pytest.raises(RunFileError, match=said):
        answered([an_offer("a", "b")], [answer], "quelqu’un", {})


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('{"id": "un", "status": "outside"}\n{"id": "deux", "status": "peut-être"}\n', "utf-8")
    with pytest.raises(RunFileError, match=r"answers\.jsonl:2: champ « status »"):
        read_lines(path, Answer)


def test_the_exchanges_kept_are_of_the_dev_questions_and_choose_among_what_was_offered() -> None:
    kept = read_lines(KEPT, Exchange)
    cases = {case.id for case in committed_cases()}
    assert {str(one.case).split("/")[0] for one in kept} <= cases
    assert len({one.case for one in kept}) == len(kept) == 75
    for one in kept:
        assert one.numbers(one.offer) is not None
