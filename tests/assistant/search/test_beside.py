"""Which pages answer beside a scheme: those that say something nearer, and of one that is named, name it."""

from __future__ import annotations

import pytest

from assistant.reading.names import SchemeNames
from assistant.search.beside import MOST_BESIDE, is_named, pages_beside
from assistant.search.hits import RetrievedChunk
from assistant.search.nearest import Near
from assistant.search.schemes import RankedScheme
from corpus.fiches.catalogue import load_catalogue
from ingest.chunk import Chunk

CATALOGUE = load_catalogue()
NAMES = SchemeNames(CATALOGUE.schemes)
DETR, ACV = "etat-detr-dsil", "etat-acv"


def ranked(**nearest: float) -> list[RankedScheme]:
    """Schemes and pages with the similarity of their nearest sentence; "_" stands for a hyphen."""
    return [
        RankedScheme(name.replace("_", "-"), 0.0, has_topic=False, near=Near(best, best, best / 2, best))
        for name, best in nearest.items()
    ]


def hit(page: str, title: str, text: str = "Un texte.") -> RetrievedChunk:
    chunk = Chunk(f"{page}#1", page, None, title, ("Objet",), title, text, (), ())
    return RetrievedChunk(chunk, 1.0, {"lexical": 1.0}, 0.5)


def beside(found: list[RankedScheme], *hits: RetrievedChunk) -> tuple[str, ...]:
    return pages_beside((DETR,), found, hits, CATALOGUE, NAMES)


def test_a_page_answers_beside_when_it_says_something_nearer() -> None:
    found = ranked(etat_detr_dsil=0.8, decret=0.9, brochure=0.7)
    assert beside(found, hit("decret", "Décret sur la DETR"), hit("brochure", "La DETR")) == ("decret",)


def test_another_scheme_is_no_page() -> None:
    assert beside(ranked(etat_detr_dsil=0.8, etat_acv=0.9)) == ()


@pytest.mark.parametrize(
    ("title", "text", "answers"),
    [
        ("Pièces d’une demande de DETR", "Un texte.", True),
        ("Arrêté du 23 décembre 2002", "La dotation d’équipement des territoires ruraux, DETR.", True),
        ("Notice de la salle des fêtes", "Un texte.", False),
    ],
)
def test_beside_a_scheme_that_is_named_a_page_must_name_it(title: str, text: str, *, answers: bool) -> None:
    found = ranked(etat_detr_dsil=0.8, page=0.9)
    assert beside(found, hit("page", title, text)) == (("page",) if answers else ())


def test_only_the_nearest_few_answer() -> None:
    found = ranked(etat_detr_dsil=0.5, a=0.6, b=0.9, c=0.8, d=0.7)
    assert beside(found, *(hit(name, "La DETR") for name in "abcd")) == ("b", "c", "d")
    assert MOST_BESIDE == 3


def test_a_page_nearly_as_near_as_the_scheme_answers_too_one_far_from_it_does_not() -> None:
    found = ranked(etat_detr_dsil=0.7, a=0.65, b=0.6)
    assert beside(found, hit("a", "La DETR"), hit("b", "La DETR")) == ("a",)


def test_without_a_page_there_is_none() -> None:
    assert beside([]) == ()
    assert beside(ranked(etat_detr_dsil=0.8)) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Et ce plan arbres, il est prolongé jusqu’à quand ?", True),
        ("et les plantations publiques ?", True),
        ("et c’est valable jusqu’à quand ?", False),
        ("un arbre devant la mairie, c’est possible ?", False),
        ("", False),
    ],
)
def test_a_page_is_named_by_several_words_of_its_title(text: str, *, named: bool) -> None:
    hits = [hit("autre", "Décret"), hit("arbres", "Plan Arbres – plantations sur propriétés publiques")]
    assert is_named(text, "arbres", hits) is named
    assert not is_named(text, "ailleurs", hits)
