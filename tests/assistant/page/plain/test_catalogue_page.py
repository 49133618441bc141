"""The catalogue: searched, filtered, sound HTML, whatever is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HOSTILE, FakeEngine
from plain_site import CommittedSchemes, plain_client

from assistant.page.plain.fields import MOST_SEARCHED
from evaluation.benches.strict_html import problems

BIGGEST = 40_000  # bytes


def test_every_scheme_is_listed_in_a_small_page(tmp_path: Path) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get("/dispositifs")
    assert page.status_code == 200
    for scheme in CommittedSchemes.catalogue.schemes:
        assert f'href="dispositifs/{scheme.id}"' in page.text
    assert problems(page.text) == []
    assert len(page.content) <= BIGGEST
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("filters", "kept", "left"),
    [
        ("theme=cctv", "videoprotection", "plan-arbres"),
        ("financeur=state", "etat-detr-dsil", "cvcb"),
        ("pour=company", "dacs-tpe", "videoprotection"),
        ("etat=closed", "photovoltaique", "videoprotection"),
        ("theme=cctv&financeur=region", "videoprotection", "etat-detr-dsil"),
    ],
)
def test_filters_keep_what_they_name(tmp_path: Path, filters: str, kept: str, left: str) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get(f"/dispositifs?{filters}").text
    assert f'href="dispositifs/{kept}"' in page
    assert f'href="dispositifs/{left}"' not in page
    assert "selected" in page
    assert problems(page) == []


def test_a_filter_of_no_value_of_ours_keeps_all(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    shown = client.get("/dispositifs?theme=<b>&financeur=&pour=maire&etat=0").text
    assert f"{len(CommittedSchemes.catalogue)} dispositifs" in shown


def test_no_scheme_left_says_so(tmp_path: Path) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get("/dispositifs?theme=cctv&financeur=eu").text
    assert "Aucun dispositif" in page
    assert problems(page) == []


def test_a_search_goes_through_ours_and_orders_the_schemes(tmp_path: Path) -> None:
    page = plain_client(tmp_path).get("/dispositifs", params={"q": "centre-bourg"}).text
    assert "1 dispositif, les plus proches de «\u00a0centre-bourg\u00a0» d’abord" in page
    assert 'href="dispositifs/cvcb"' in page
    assert 'href="dispositifs/hostile"' not in page


def test_what_is_typed_stays_text(tmp_path: Path) -> None:
    page = plain_client(tmp_path).get("/dispositifs", params={"q": HOSTILE}).text
    assert "<script" not in page
    assert "<img" not in page
    assert problems(page) == []


@pytest.mark.parametrize("query", ["a" * (MOST_SEARCHED + 1), "%00", "%20"])
def test_what_cannot_be_searched_is_said_or_ignored(tmp_path: Path, query: str) -> None:
    page = plain_client(tmp_path).get(f"/dispositifs?q={query}")
    assert page.status_code == 200
    assert "2 dispositifs" in page.text
    assert ("raccourcissez-le" in page.text) == (len(query) > MOST_SEARCHED)


def test_a_search_that_fails_is_one_sentence_and_the_whole_list(tmp_path: Path) -> None:
    page = plain_client(tmp_path, FakeEngine(usable=False)).get("/dispositifs?q=halles")
    assert page.status_code == 200
    assert "Pas d’index" in page.text
    assert "2 dispositifs" in page.text


def test_search_engines_are_given_every_page(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes(), public_url="https://aides.example.fr/nord/")
    text = client.get("/sitemap.xml").text
    assert text.count("<url>") == 3 + len(CommittedSchemes.catalogue) + len(
        CommittedSchemes().eligibility.territory.communes
    )
    checked = CommittedSchemes.catalogue.scheme("cvcb").checked
    assert f"<loc>https://aides.example.fr/nord/dispositifs/cvcb</loc><lastmod>{checked}</lastmod>" in text
    page = client.get("/dispositifs").text
    assert '<link rel="canonical" href="https://aides.example.fr/nord/dispositifs">' in page


def test_only_a_search_counts_among_the_requests_that_make_work(tmp_path: Path) -> None:
    client = plain_client(tmp_path, requests_per_minute=2)
    assert [client.get("/dispositifs").status_code for _ in range(4)] == [200] * 4
    searched = [client.get("/dispositifs?q=halles").status_code for _ in range(3)]
    assert searched == [200, 200, 429]
