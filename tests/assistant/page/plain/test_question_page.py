"""A conversation without script: asked, gone on with, kept in its form, whatever is put into it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from fakes import ANSWERED, HOSTILE, SECRET, FakeEngine
from plain_site import plain_client

from assistant.page.kept import read_kept
from assistant.page.plain.conversation import MOST_BYTES, written
from assistant.page.turns import PageTurn
from assistant.reply import MAX_QUESTION_CHARS
from evaluation.benches.strict_html import problems


def carried(page: str) -> str:
    found = re.search(r'name="conversation" value="([^"]*)"', page)
    assert found is not None
    return unescape(found[1])


def test_a_question_is_answered_with_its_sources(tmp_path: Path) -> None:
    client = plain_client(tmp_path)
    assert problems(client.get("/question").text) == []
    page = client.post("/question", data={"q": "Quelles communes ?", "commune": "Nieppe"}).text
    assert "Baincthun" in page
    assert 'href="#source-1-1"' in page
    assert "pour Nieppe (Nord)" in page
    assert 'value="Nieppe (Nord)"' in page
    assert 'name="proposee"' in page
    assert problems(page) == []


def test_the_conversation_goes_on_with_what_was_said(tmp_path: Path) -> None:
    engine = FakeEngine()
    client = plain_client(tmp_path, engine)
    first = client.post("/question", data={"q": "Quelles communes ?"}).text
    values = {"conversation": carried(first), "proposee": "Quel est le montant de l’aide CVCB ?", "q": ""}
    second = client.post("/question", data=values).text
    assert [message.role for message in engine.requests[-1].messages] == ["user", "assistant", "user"]
    assert engine.requests[-1].messages[1].schemes == ("cvcb",)
    assert second.count("<article") == 2
    assert problems(second) == []
    forgotten = client.post("/question", data={"conversation": carried(second), "effacer": "oui"}).text
    assert "<article" not in forgotten


def test_a_link_asks_and_says_what_about(tmp_path: Path) -> None:
    engine = FakeEngine()
    page = plain_client(tmp_path, engine).get("/question?q=Combien&commune=59431&dispositif=cvcb").text
    assert (engine.requests[-1].scheme, engine.requests[-1].commune) == ("cvcb", "insee:59431")
    assert "À propos de" in page
    page = plain_client(tmp_path, engine).get("/question?dispositif=inconnu").text
    assert "À propos de" not in page


@pytest.mark.parametrize(
    "kept",
    [
        "{}",
        "[",
        "null",
        "x" * 900_000,
        '{"turns":[{"question":"a","reply":{"status":"answered","lines":[],"answer":"<b>"}}]}',
        '{"turns":[{"question":"","reply":{}}],"commune":"<b>"}',
    ],
)
def test_a_conversation_that_is_not_ours_is_none(tmp_path: Path, kept: str) -> None:
    page = plain_client(tmp_path).post("/question", data={"conversation": kept, "q": "Quelles communes ?"})
    assert page.status_code == 200
    assert page.text.count("<article") == 1


def test_a_form_of_another_site_brings_no_conversation(tmp_path: Path) -> None:
    client = plain_client(tmp_path)
    forged = carried(client.post("/question", data={"q": "Quelles communes ?"}).text)
    values = {"conversation": forged, "q": "Quelles communes ?"}
    crossed = client.post("/question", data=values, headers={"Sec-Fetch-Site": "cross-site"}).text
    assert crossed.count("<article") == 1
    own = client.post("/question", data=values, headers={"Sec-Fetch-Site": "same-origin"}).text
    assert own.count("<article") == 2


@pytest.mark.parametrize("question", [HOSTILE, "hostile"])
def test_hostile_texts_stay_texts(tmp_path: Path, question: str) -> None:
    page = plain_client(tmp_path).post("/question", data={"q": question, "commune": ""}).text
    assert "<script" not in page
    assert "<img" not in page
    assert problems(page) == []
    again = plain_client(tmp_path).post("/question", data={"q": "suite", "conversation": carried(page)}).text
    assert "<script" not in again
    assert problems(again) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"q": "   "}, "Écrivez une question"),
        ({"q": "x" * (MAX_QUESTION_CHARS + 1)}, "raccourcissez-le"),
        ({"q": "Combien ?", "commune": "Bailleul"}, "plusieurs communes"),
        ({"q": "Combien ?", "commune": "Atlantide-sur-Mer"}, "seule région que couvre"),
        ({"q": "une panne"}, "incident"),
        ({"q": "index"}, "Pas d’index"),
    ],
)
def test_what_cannot_be_answered_is_a_french_sentence_and_the_text_is_kept(
    tmp_path: Path, values: dict[str, str], said: str
) -> None:
    page = plain_client(tmp_path).post("/question", data=values)
    assert page.status_code == 200
    assert said in page.text
    assert SECRET not in page.text
    assert values["q"].strip()[:MAX_QUESTION_CHARS] in page.text.split("<textarea")[1]
    assert problems(page.text) == []


@pytest.mark.parametrize(("count", "letters", "left"), [(3, 10, 3), (30, 10, 24), (30, 3900, 11)])
def test_a_long_conversation_keeps_its_newest_turns_within_a_size(
    count: int, letters: int, left: int
) -> None:
    turns = tuple(PageTurn(f"{n}" + "é" * letters).answered(ANSWERED) for n in range(count))
    kept = written(turns)
    assert len(quote_plus(kept.text)) <= MOST_BYTES + 100
    assert kept.is_cut == (left < count)
    back = read_kept(kept.text).shown()
    assert [turn.question for turn in back] == [turn.question for turn in turns[-left:]]
    assert [turn.reply.lines for turn in back if turn.reply] == [ANSWERED.lines] * left


def test_a_conversation_that_was_cut_says_so(tmp_path: Path) -> None:
    turns = tuple(PageTurn(f"{n}" + "é" * 3900).answered(ANSWERED) for n in range(11))
    values = {"conversation": written(turns).text, "q": "Quelles communes ? " + "é" * 3900}
    page = plain_client(tmp_path).post("/question", data=values).text
    assert "ses premières questions ne sont plus gardées" in page


def test_a_body_that_is_no_form_is_an_empty_question(tmp_path: Path) -> None:
    client = plain_client(tmp_path)
    for body in (b"\xff\xfe", b"&" * 5000, b"q=%FF%00", b'{"q": 1}'):
        assert client.post("/question", content=body).status_code == 200
