"""A browser that asks for what isn't there gets a French page; a program gets its problem document."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from plain_site import plain_app

from assistant.page.plain.drawing import Pages
from assistant.page.plain.refusals import RefusalPages
from evaluation.benches.strict_html import problems

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def app(folder: Path) -> FastAPI:
    built = plain_app(folder)

    @built.get("/panne")
    def fault() -> None:
        raise RuntimeError("a secret")

    built.add_middleware(RefusalPages, pages=Pages(""))
    return built


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return TestClient(app(tmp_path), raise_server_exceptions=False)


def test_a_browser_gets_a_french_page(client: TestClient) -> None:
    found = client.get("/aides/inconnue", headers=BROWSER)
    assert found.status_code == 404
    assert found.headers["content-type"].startswith("text/html")
    assert "script" not in found.headers["content-security-policy"]
    assert "<h1>Page introuvable</h1>" in found.text
    assert 'href="../dispositifs"' in found.text
    assert problems(found.text) == []


@pytest.mark.parametrize(
    ("method", "path", "status"), [("POST", "/dispositifs", 405), ("GET", "/panne", 500)]
)
def test_other_refusals_are_pages_too(client: TestClient, method: str, path: str, status: int) -> None:
    found = client.request(method, path, headers=BROWSER)
    assert found.status_code == status
    assert found.headers["content-type"].startswith("text/html")
    assert "secret" not in found.text
    assert ("incident" in found.text) is (status == 500)
    assert ("Allow" in found.headers) is (status == 405)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, application/json"])
def test_a_program_gets_the_problem_as_before(client: TestClient, accept: str) -> None:
    found = client.get("/aides/inconnue", headers={"Accept": accept})
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json()["status"] == 404


def test_the_api_speaks_json_to_browsers_too(client: TestClient) -> None:
    for path in ("/api/inconnu", "/v1/inconnu", "/healthz/x"):
        assert "json" in client.get(path, headers=BROWSER).headers["content-type"]


def test_pages_that_are_there_are_left_as_they_are(client: TestClient) -> None:
    assert client.get("/dispositifs", headers=BROWSER).status_code == 200
    assert "n’existe pas dans le catalogue" in client.get("/dispositifs/absent", headers=BROWSER).text
