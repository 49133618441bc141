"""The page of a scheme: five lines, sources, a verdict for a commune; sound HTML for every scheme."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from fakes import HOSTILE, FakeEngine
from plain_site import CommittedSchemes, plain_client

from assistant.eligibility.answers import yes_no
from assistant.page.plain.drawing import _environment
from evaluation.benches.strict_html import problems

BIGGEST = 40_000  # bytes


def test_every_scheme_has_a_sound_small_page(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    for fiche in CommittedSchemes.catalogue.fiches.values():
        page = client.get(f"/dispositifs/{fiche.scheme.id}")
        assert problems(page.text) == [], fiche.scheme.id
        assert len(page.content) <= BIGGEST, fiche.scheme.id
        for heading in ("Pour qui", "Combien", "Jusqu’à quand", "Comment", "Contact"):
            assert f"<dt>{heading}</dt>" in page.text, fiche.scheme.id
        assert page.text.count('id="source-') == len(fiche.scheme.sources), fiche.scheme.id


def test_a_page_says_the_answer_its_age_and_what_is_not_known(tmp_path: Path) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get("/dispositifs/videoprotection").text
    shown = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))
    assert "30 %, 30 000 € au plus. En 2023, la Région payait jusqu’à 30 %" in shown
    assert "Ouverture non vérifiée" in shown
    assert "Fiche vérifiée le 28 novembre 2026" in shown
    assert "Ce que l’on ne sait pas" in shown
    assert "Fait partie de : ACTes" in shown
    assert 'href="../question?dispositif=videoprotection"' in page


def test_search_engines_read_what_the_page_says(tmp_path: Path) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get("/dispositifs/cvcb").text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block is not None
    data = json.loads(block[1])
    assert data["@type"] == "GovernmentService"
    assert data["name"] == CommittedSchemes.catalogue.scheme("cvcb").name
    assert data["url"] == "http://testserver/dispositifs/cvcb"
    assert '<link rel="canonical" href="http://testserver/dispositifs/cvcb">' in page


def test_a_commune_gets_a_verdict_and_the_fact_that_decides(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    page = client.get("/dispositifs/videoprotection", params={"commune": "nieppe"}).text
    assert "Nieppe (Nord)&nbsp;: À vérifier" in page
    assert 'name="premiere_installation" value="oui"' in page
    assert problems(page) == []
    answers = {
        "commune": "59431",
        "premiere_installation": "oui",
        "aidee_en_2022": "non",
        "criterion:videoprotection:2": "oui",
    }
    page = client.get("/dispositifs/videoprotection", params=answers).text
    assert "Semble éligible, sous réserve de l’instruction" in page
    assert problems(page) == []
    page = client.get("/dispositifs/videoprotection", params={**answers, "aidee_en_2022": "oui"}).text
    assert "Ne semble pas éligible" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Bailleul", "Laquelle de ces communes"),
        ("Lyonnnnn", "commune"),
        (HOSTILE, "n’est pas une commune"),
        ("x" * 200, "raccourcissez-le"),
    ],
)
def test_a_commune_that_is_not_sure_gets_no_verdict(tmp_path: Path, typed: str, said: str) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get(
        "/dispositifs/videoprotection", params={"commune": typed}
    )
    assert page.status_code == 200
    assert said in page.text
    assert 'class="verdict' not in page.text
    assert problems(page.text) == []


@pytest.mark.parametrize(("asked", "near"), [("videoprotecton", "videoprotection"), ("arbre", "plan-arbres")])
def test_an_unknown_scheme_offers_near_names(tmp_path: Path, asked: str, near: str) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get(f"/dispositifs/{asked}")
    assert page.status_code == 404
    assert f'href="../dispositifs/{near}"' in page.text
    assert problems(page.text) == []


@pytest.mark.parametrize("asked", ["<script>alert(1)<script>", "a" * 3000, "%00", "%F0%9F%92%A9"])
def test_an_address_that_is_none_is_a_french_page(tmp_path: Path, asked: str) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get(f"/dispositifs/{asked}")
    assert page.status_code == 404
    assert "n’existe pas dans le catalogue" in page.text
    assert "<script" not in page.text
    assert problems(page.text) == []


def test_a_hostile_fiche_stays_text(tmp_path: Path) -> None:
    page = plain_client(tmp_path).get("/dispositifs/hostile").text
    assert problems(page) == []
    assert "<img" not in page
    assert page.count("<script") == 1
    assert "</script><img" not in page


def test_under_a_prefix_every_link_stays_inside(tmp_path: Path) -> None:
    client = plain_client(tmp_path, FakeEngine(), root_path="/services/aides")
    for address in ("/services/aides/dispositifs/cvcb", "/dispositifs/cvcb"):
        page = client.get(address).text
        assert 'href="http://testserver/services/aides/dispositifs/cvcb"' in page
        assert 'href="../page.css?' in page
        assert re.findall(r'(?:href|action)="/', page) == []


def test_what_is_not_known_gives_way_to_the_next_question(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    first = client.get("/dispositifs/videoprotection?commune=59431").text
    assert '<button name="premiere_installation" value="nsp">Je ne sais pas</button>' in first
    then = client.get("/dispositifs/videoprotection?commune=59431&premiere_installation=nsp").text
    assert '<button name="premiere_installation"' not in then
    assert '<button name="' in then
    assert "Nieppe (Nord)&nbsp;: À vérifier" in then


def test_an_alternative_is_a_list_of_cases_to_choose_from() -> None:
    several = [
        question
        for scheme in CommittedSchemes.catalogue.schemes
        for index, criterion in enumerate(scheme.criteria)
        if (question := yes_no(criterion, scheme.id, index)).cases
    ]
    assert several
    for question in several:
        assert len(question.cases) > 1
        assert not any("il faut que non" in case for case in question.cases)
        template = _environment().get_template("parts.html")
        html = template.make_module({}).yes_or_no(question)  # type: ignore[attr-defined]
        assert html.count('value="oui"') == len(question.cases)
        assert html.count("Aucun</button>") == html.count("Je ne sais pas</button>") == 1
