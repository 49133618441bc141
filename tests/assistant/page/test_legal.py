"""The legal page: the operator's file, as a page where no script can run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fakes import FakeEngine
from fastapi.testclient import TestClient

from assistant.api.routes import create_api
from assistant.errors import UnreadableLegalFile
from assistant.page.legal import legal_html, legal_router
from assistant.settings import AssistantSettings


def client(folder: Path, **changes: object) -> TestClient:
    settings = AssistantSettings.model_validate({"index_dir": folder / "index", **changes})
    return TestClient(create_api(FakeEngine(), settings, [legal_router(settings.legal_file)]))


def test_the_model_is_served_without_script(tmp_path: Path) -> None:
    response = client(tmp_path).get("/mentions-legales")
    assert response.status_code == 200
    assert '<html lang="fr">' in response.text
    assert "<h1>Mentions légales</h1>" in response.text
    assert '<nav aria-label="Rubriques">' in response.text
    assert "par l’exploitant" in response.text
    assert "script-src" not in response.headers["content-security-policy"]
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert client(tmp_path).get("/page.css").headers["content-type"].startswith("text/css")


def test_the_operators_file_takes_its_place(tmp_path: Path) -> None:
    own = tmp_path / "legal.md"
    own.write_text("# Nos mentions\n\nÉditeur : la mairie.", encoding="utf-8")
    assert "Éditeur\u00a0: la mairie." in client(tmp_path, legal_file=own).get("/mentions-legales").text


def test_markup_in_the_file_is_text() -> None:
    assert "<script>" not in legal_html("<script>alert(1)</script>\n\n[x](javascript:alert(1))")
    assert "javascript:" not in legal_html("[x](javascript:alert(1))").replace("[x](javascript:alert(1))", "")


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    own = tmp_path / "legal.md"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(UnreadableLegalFile, match="legal"):
        client(tmp_path, legal_file=own)


def test_the_style_is_kept_for_good_under_the_digest_of_what_it_is(tmp_path: Path) -> None:
    site = client(tmp_path)
    address = re.search(r'href="\./(page\.css\?\w{12})"', site.get("/mentions-legales").text)
    assert address
    assert "immutable" in site.get(f"/{address[1]}").headers["cache-control"]
    for other in ("/page.css", "/page.css?0123456789ab"):
        assert site.get(other).headers["cache-control"] == "public, max-age=3600"
