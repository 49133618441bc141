"""The questions that a form carries: written without answers, read back with nothing taken on trust."""

from __future__ import annotations

import json

import pytest
from fakes import ANSWERED

from assistant.page.again import MOST_TURNS, AskedTurn, again_json, fitting, read_again
from assistant.page.turns import PageTurn
from assistant.reply import MAX_QUESTION_CHARS, MAX_USER_CHARS


def test_the_questions_that_were_answered_come_back_without_their_answers() -> None:
    first = PageTurn("Combien ?", commune="Nieppe (Nord)", scheme="cvcb").answered(ANSWERED)
    text = again_json((first, PageTurn("Et ?").failed("Panne.")))
    assert "Baincthun" not in text
    assert read_again(text) == (AskedTurn(question="Combien ?", commune="Nieppe (Nord)", scheme="cvcb"),)
    assert again_json((PageTurn("Et ?").failed("Panne."),)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "null",
        '{"turns":[]}',
        '{"turns":[{"question":"  "}]}',
        '{"turns":[{"question":"a","reply":{"status":"answered","lines":[]}}]}',
        '{"turns":[{"question":"a"}],"answer":"<b>éligible</b>"}',
        json.dumps({"turns": [{"question": "x" * (MAX_QUESTION_CHARS + 1)}]}),
        json.dumps({"turns": [{"question": "x"}] * (MOST_TURNS + 1)}),
        json.dumps({"turns": [{"question": "x"}]}) + " " * 2_000_000,
    ],
)
def test_a_text_that_is_not_of_this_form_is_none(text: str) -> None:
    assert read_again(text) == ()


def test_what_no_page_can_show_goes() -> None:
    assert read_again('{"turns":[{"question":" a\\u0000b "}]}')[0].question == "ab"


def test_the_oldest_questions_of_a_long_conversation_are_left_out() -> None:
    turns = tuple(AskedTurn(question=f"{n}" + "x" * (MAX_QUESTION_CHARS - 2)) for n in range(6))
    assert fitting(turns) == turns[-2:]
    assert fitting(turns[:1]) == turns[:1]
    short = tuple(AskedTurn(question="Et pour une salle des fêtes, combien ?") for _ in range(MOST_TURNS))
    assert fitting(short) == short


def test_what_is_read_again_is_no_more_than_one_conversation_may_say() -> None:
    turns = tuple(AskedTurn(question="x" * 650) for _ in range(MOST_TURNS))
    count = len(fitting(turns))
    assert 650 * count * (count + 1) / 2 <= MAX_USER_CHARS < 650 * (count + 1) * (count + 2) / 2
