"""The page of a commune: every scheme, no script; near names for a code that is none."""

from __future__ import annotations

from html import escape
from pathlib import Path

from fakes import FakeEngine
from fastapi.testclient import TestClient

from assistant.api.routes import create_api
from assistant.page.commune_page import commune_router
from assistant.settings import AssistantSettings


def client(folder: Path) -> TestClient:
    settings = AssistantSettings.model_validate({"index_dir": folder / "index"})
    return TestClient(create_api(FakeEngine(), settings, [commune_router()]))


def test_every_scheme_is_on_the_page(tmp_path: Path) -> None:
    response = client(tmp_path).get("/communes/59431")
    assert response.status_code == 200
    assert "Nieppe (Nord)" in response.text
    for scheme in FakeEngine().catalogue.schemes:
        assert escape(scheme.name) in response.text
    assert "<script" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_an_unknown_code_offers_near_names(tmp_path: Path) -> None:
    response = client(tmp_path).get("/communes/niepe")
    assert response.status_code == 404
    assert 'href="59431"' in response.text
    assert "<b>" not in client(tmp_path).get("/communes/<b>x").text
