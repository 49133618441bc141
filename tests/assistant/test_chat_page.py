"""The chat page: how a question is answered on it, and the page as it's served."""

from __future__ import annotations

import asyncio
import re

import pytest
from fakes import ANSWERED, NO_INDEX, SECRET, FakeEngine
from fastapi import FastAPI
from fastapi.testclient import TestClient

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application, built inside a running loop: outside one, Gradio makes loops and never closes them."""

    async def build() -> FastAPI:
        from assistant.app import create_app

        return create_app(FakeEngine())

    return asyncio.run(build())


def answer(question: str, engine: FakeEngine | None = None) -> list[object]:
    from assistant.chat_page import answering

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
