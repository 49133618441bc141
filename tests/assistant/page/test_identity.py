"""The identity of a Region: what its file says is on every page; what can't be shown is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fakes import HOSTILE, FakeEngine
from fastapi.testclient import TestClient

from assistant.api.routes import create_api
from assistant.errors import WrongIdentityFile
from assistant.page.identity import OURS, Identity, read_identity
from assistant.page.legal import legal_router
from assistant.page.plain.router import plain_routers
from assistant.settings import AssistantSettings
from evaluation.benches.strict_html import problems

SVG = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
WHOLE = """
name: Les aides de ma Région
audience: Pour les communes
colour: "#7a2e1d"
dark_colour: "#e59a83"
logo: logo.svg
contact: Service des communes
contact_url: aides@region.example
guide: https://guide.region.example/
legal: legal.md
"""


def written(folder: Path, text: str) -> Path:
    (folder / "logo.svg").write_text(SVG, encoding="utf-8")
    (folder / "legal.md").write_text("# Mentions\n\nÉditeur : ma Région.", encoding="utf-8")
    path = folder / "identite.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def client(folder: Path, identity: Identity) -> TestClient:
    settings = AssistantSettings.model_construct(index_dir=folder / "index")
    routers = [*plain_routers("", identity), legal_router(None, identity)]
    return TestClient(create_api(FakeEngine(), settings, routers))


def test_every_page_is_the_regions_own(tmp_path: Path) -> None:
    site = client(tmp_path, read_identity(written(tmp_path, WHOLE)))
    for path in ("/dispositifs", "/communes/59431", "/question", "/note?commune=59431", "/mentions-legales"):
        page = site.get(path)
        assert "Les aides de ma Région" in page.text
        assert re.search(r'<img class="logo" src="(\./|\.\./)logo" alt="">', page.text)
        assert 'href="mailto:aides@region.example">Service des communes</a>' in page.text
        assert '<a href="https://guide.region.example/">Guide des aides</a>' in page.text
        assert "img-src 'self'" in page.headers["content-security-policy"]
        assert problems(page.text) == []
    assert "Éditeur" in site.get("/mentions-legales").text
    style = site.get("/page.css").text
    assert "--accent: #7a2e1d;" in style
    assert "--on-accent: #ffffff;" in style
    logo = site.get("/logo")
    assert logo.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in logo.headers["content-security-policy"]  # its script never runs


def test_without_a_file_the_pages_are_ours(tmp_path: Path) -> None:
    assert read_identity(None) is OURS
    assert OURS.style() == ""
    site = client(tmp_path, OURS)
    assert "<img" not in site.get("/dispositifs").text
    assert site.get("/logo").status_code == 404
    assert read_identity(written(tmp_path, "")) == OURS


def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    page = client(tmp_path, Identity(name=HOSTILE, contact=HOSTILE)).get("/dispositifs").text
    assert "<script>window" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour: '#ffe08a'", "contraste de 1,2 pour 1"),
        ("dark_colour: '#123456'", "dark_colour"),
        ("colour: red", "« colour »"),
        ("colour: '#7a2e1d; }'", "« colour »"),
        ("couleur: '#7a2e1d'", "« couleur »"),
        ("name: ''", "« name »"),
        ("guide: javascript:alert(1)", "« guide »"),
        ("contact_url: javascript:alert(1)", "« contact_url »"),
        ("logo: absent.png", "absent.png"),
        ("logo: identite.yaml", "identite.yaml"),
        ("name: [", "ne peut pas être lu"),
        ("- une liste", "identite.yaml"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_french_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongIdentityFile) as refused:
        read_identity(written(tmp_path, text))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongIdentityFile, match="absente"):
        read_identity(tmp_path / "absente.yaml")


@pytest.mark.model
def test_the_chat_page_is_the_regions_own(tmp_path: Path) -> None:
    from assistant.page.chat_page import conversation_html, foot_html, header_html

    identity = read_identity(written(tmp_path, WHOLE))
    assert "<h1>Les aides de ma Région</h1>" in header_html(identity)
    assert 'src="logo"' in header_html(identity)
    assert "--link: #e59a83;" in conversation_html(identity)
    assert 'href="mailto:aides@region.example"' in foot_html(identity)
    assert conversation_html().count(":host") < conversation_html(identity).count(":host")
