"""The chat page as it's served."""

from __future__ import annotations

import asyncio
import re

import pytest
from fakes import FakeEngine
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.page import texts

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application, built inside a running loop: outside one, Gradio makes loops and never closes them."""

    async def build() -> FastAPI:
        from assistant.page.app import create_app

        return create_app(FakeEngine())

    return asyncio.run(build())


def test_without_the_script_of_the_component_examples_are_links_that_ask() -> None:
    from assistant.page.chat_page import conversation_html

    html = conversation_html()
    assert html.count('<li><a href="question?q=') == sum(map(len, texts.EXAMPLES.values()))
    assert "<template>" in html
    assert "{" not in html.partition("</template>")[2]


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
