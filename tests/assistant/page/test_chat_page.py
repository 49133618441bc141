"""The chat page: how a question is answered on it, and the page as it's served."""

from __future__ import annotations

import asyncio
import re

import pytest
from fakes import ANSWERED, NO_INDEX, SECRET, TODAY, FakeEngine, fake_service
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.page.markup import turn_html

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application, built inside a running loop: outside one, Gradio makes loops and never closes them."""

    async def build() -> FastAPI:
        from assistant.page.app import create_app

        return create_app(FakeEngine())

    return asyncio.run(build())


def answer(question: str, engine: FakeEngine | None = None) -> list[object]:
    from assistant.page.chat_page import answering

    return list(answering(engine or FakeEngine(), (), question))


def test_an_answer_comes_in_steps() -> None:
    first, *_, last = answer("  CVCB ?  ")
    assert (first.question, first.status) == ("CVCB ?", None)
    assert last.reply == ANSWERED


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("   ", "Écrivez une question"),
        ("a" * 10_000, "4000 caractères"),
        ("index", NO_INDEX),
        ("panne", "incident"),
        ("coupure", "incident"),
    ],
)
def test_a_failure_ends_in_a_french_sentence(question: str, words: str) -> None:
    last = answer(question)[-1]
    assert words in last.error
    assert SECRET not in last.error


def test_a_turn_that_fills_fast_is_shown_first_last_and_now_and_then() -> None:
    from assistant.page.chat_page import paced
    from assistant.page.turns import PageTurn

    filling = [PageTurn("q", "answered", commune=str(place)) for place in range(9)]
    turns = [PageTurn("q"), *filling, PageTurn("q").failed("fin")]
    seconds = iter([0.0, 0.0, *(n * 0.025 for n in range(1, 100))])
    shown = list(paced(turns, clock=lambda: next(seconds)))
    assert shown[0] == turns[0]
    assert shown[-1] == turns[-1]
    assert 2 < len(shown) < len(turns)
    assert [turn for turn in turns if turn in shown] == shown
    assert list(paced(turns[-1:])) == turns[-1:]


# --- my commune -----------------------------------------------------------------------------------


def test_half_a_pair_is_shown_as_a_character_that_was_lost() -> None:
    *_, last = answer("CVCB \ud83d ?")
    assert (last.question, last.reply) == ("CVCB \N{REPLACEMENT CHARACTER} ?", ANSWERED)


def test_the_chosen_commune_goes_with_the_question() -> None:
    from assistant.page.chat_page import answering
    from assistant.page.commune_panel import chosen_html, commune_coded

    engine = FakeEngine()
    nieppe = engine.eligibility.suggest("nieppe")[0]
    *_, last = answering(engine, (), "CVCB ?", nieppe)
    assert engine.requests[-1].commune == "insee:59431"
    assert last.commune == "Nieppe (Nord)"
    assert "pour Nieppe (Nord)" in turn_html(last, 1)
    assert chosen_html(nieppe) == '<div data-insee="59431" data-placeholder="Question pour Nieppe"></div>'
    assert chosen_html(None) == '<div data-insee="" data-placeholder="Posez votre question"></div>'
    assert commune_coded(fake_service(), "59431") == nieppe
    assert commune_coded(fake_service(), "99999") is None
    assert commune_coded(fake_service(), None) is None
    *_, last = answering(engine, (), "CVCB ?")
    assert engine.requests[-1].commune is None
    assert 'class="place"' not in turn_html(last, 1)


def test_what_is_typed_offers_communes_or_says_that_there_is_none() -> None:
    from assistant.page.commune_panel import completed, suggestion

    found, sentence = completed(fake_service(), "saint aubin")
    assert [suggestion(commune) for commune in found[:2]] == [
        "Saint-Aubin (Nord), 59440",
        "Saint-Aubin (Pas-de-Calais), 62170",
    ]
    assert sentence == ""
    assert completed(fake_service(), " ") == ((), "")
    found, sentence = completed(fake_service(), "zzzzzz" * 100)
    assert found == ()
    assert "seule région" in sentence


def test_the_schemes_for_a_commune_come_with_reasons_and_escaped() -> None:
    from assistant.page.commune_panel import examined

    html = examined(fake_service(), "59431")
    assert "Probables, sous réserve de l’instruction" in html
    assert "7\u00a0764\u00a0habitants" in html
    assert "Page du dispositif" in html
    assert "7 juillet 2023" in html
    assert html.index('class="state') < html.index('class="criteria"')
    assert "<script>" not in html
    assert "<img" not in html
    assert 'role="alert"' in examined(fake_service(), "99999")


def test_the_groups_come_in_order_for_the_committed_fiches() -> None:
    from assistant.eligibility.service import load_service
    from assistant.page.commune_panel import examined
    from corpus.fiches.catalogue import load_catalogue

    html = examined(load_service(load_catalogue(), lambda: TODAY), "59431")
    places = [html.index(f'"group {name}"') for name in ("check", "excluded", "aside")]
    assert places == sorted(places)
    assert html.count('<details class="scheme">') == len(load_catalogue())
    assert "Dépôt fermé (information de 2022)" in html


def test_the_page_names_no_address_outside_its_origin(app: FastAPI) -> None:
    with TestClient(app) as client:
        response = client.get("/")
    page = response.text
    assert response.status_code == 200
    assert re.search(r"<html\s+lang=\"fr\"", page)
    assert re.findall(r"https?://(?!testserver)[\w.]+", page) == []
    assert re.findall(r"(?:src|href)=\"//", page) == []
    assert "default-src 'self'" in response.headers["content-security-policy"]


def test_the_api_comes_before_the_page(app: FastAPI) -> None:
    with TestClient(app) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        refused = client.get("/api/nulle-part")
        assert (refused.status_code, refused.json()["title"]) == (404, "Adresse inconnue")
        assert client.put("/api/chat").status_code == 405
        assert client.get("/docs").status_code == 404
