"""The draft of a brand new scheme, confirmed with a few edits, gives right verdicts."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.drafting.fiche_text import fiche_text
from assistant.drafting.read import draft_file
from assistant.eligibility.request import EligibilityRequest
from assistant.eligibility.service import EligibilityService, load_service
from corpus.check import check_fiche
from corpus.fiches.catalogue import load_catalogue
from corpus.fiches.fiche import load_fiche
from evaluation.questions.drafts import DRAFTS_DIR

TODAY = date(2026, 11, 29)
# What an officer rewrites: two questions, an answer that is expected, a name for short, one more alias.
ASKED = "Le document pose cette condition\u00a0: «\u00a0{}\u00a0». Est-elle remplie\u00a0?"
WORKS = "Les travaux ne doivent pas avoir commencé avant l’accusé de réception de la demande"
EDITS = (
    (ASKED.format("L’abri doit être en accès libre et gratuit"), "L’abri sera-t-il en accès libre\u00a0?"),
    (ASKED.format(WORKS) + '"', 'Les travaux ont-ils commencé\u00a0?", expected: false'),
    ("fact: travaux_avoir_commence_avant_accuse_reception", "fact: travaux_commences"),
    ("fact: abri_acces_libre_gratuit", "fact: acces_libre"),
    ('aliases: ["Abris vélos"]', 'short_name: "Abris vélos"\naliases: ["abris vélos", "garage à vélos"]'),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> EligibilityService:
    path = tmp_path_factory.mktemp("schemes") / "abris-velos.md"
    text = fiche_text(draft_file(DRAFTS_DIR / "abris-velos.html").draft, path.stem, TODAY)
    for before, after in EDITS:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    assert check_fiche(load_fiche(path)) == []
    return load_service(load_catalogue(path.parent), lambda: TODAY)


def verdict(service: EligibilityService, commune: str, **facts: object) -> str:
    request = EligibilityRequest.model_validate(
        {"commune": commune, "scheme": "abris-velos", "facts": facts, "on": TODAY}
    )
    return service.check(request).eligibility[0].verdict


READY = {"acces_libre": True, "travaux_commences": False, "project": ["active_mobility"], "cost": 20000}


def test_a_small_commune_is_eligible_once_all_is_told(service: EligibilityService) -> None:
    assert verdict(service, "Bambecque") == "undetermined"
    assert verdict(service, "Bambecque", **READY) == "eligible"
    assert verdict(service, "Bambecque", **(READY | {"travaux_commences": True})) == "not_eligible"
    assert verdict(service, "Bambecque", **(READY | {"cost": 1500})) == "not_eligible"


def test_a_town_of_more_inhabitants_is_not(service: EligibilityService) -> None:
    assert verdict(service, "Nieppe", **READY) == "not_eligible"
