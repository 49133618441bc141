"""A sentence that keeps the words of its passage and turns their sense is recognised."""

from __future__ import annotations

import pytest

from assistant.checking.shift import shifted
from corpus.fiches.catalogue import load_catalogue

PAID = "En 2023, la Région payait jusqu’à 40 % du coût, dans la limite de 60 000 €."


@pytest.mark.parametrize(
    ("sentence", "passage", "change"),
    [
        ("La Région payait jusqu’à 40 % du coût.", PAID, None),
        ("En 2023, la Région paie jusqu’à 40 % du coût.", PAID, None),
        ("L’aide était plafonnée à 60 000 €.", PAID, None),
        ("La Région paie jusqu’à 40 % du coût.", PAID, "past"),
        ("La Région payait 40 % du coût.", PAID, "bound"),
        ("La Région payait au moins 40 % du coût.", PAID, "bound"),
        ("En 2023, l’aide était de 60 000 €.", PAID, "bound"),
        ("La Région ne payait pas jusqu’à 40 % du coût.", PAID, "negation"),
        ("L’aide va au commerçant.", "L’aide va à la collectivité, pas au commerçant.", "negation"),
        ("L’aide ne va pas au commerçant.", "L’aide va à la collectivité, pas au commerçant.", None),
        ("Les travaux peuvent commencer avant.", "Les travaux ne peuvent pas commencer avant.", "negation"),
        ("L’aide est ouverte aux communes.", "L’aide est ouverte aux communes, sauf à Lille.", "negation"),
        ("Les communes de 2 000 habitants.", "Les communes de moins de 2 000 habitants.", "bound"),
        ("Les communes de plus de 2 000 habitants.", "Les communes de moins de 2 000 habitants.", "bound"),
        (
            "Sous 2 000 habitants, c’est-à-dire moins de 2 000.",
            "Les communes de moins de 2 000 habitants.",
            None,
        ),
        ("L’aide concerne 3 249 communes.", "L’aide concerne environ 3 249 communes.", "bound"),
        ("Il faut déposer le dossier en ligne.", "Le dossier peut être déposé en ligne.", "duty"),
        ("La commune peut garder le lieu dix ans.", "La commune doit garder le lieu dix ans.", "duty"),
        ("La commune doit garder le lieu dix ans.", "La commune s’oblige à garder le lieu dix ans.", None),
        ("La demande se fait en ligne.", "La demande se déposait en ligne, pendant la campagne.", "past"),
        ("La Région payait tout le coût.", "La Région payait le coût.", "extent"),
        ("L’aide est garantie à la commune.", "L’aide va à la commune.", "extent"),
        ("L’aide va aux communes rurales.", "L’aide est réservée aux communes rurales.", "extent"),
        ("Seules les communes rurales ont l’aide.", "L’aide est réservée aux communes rurales.", None),
        ("Le forfait est de 300 €.", "Le forfait est de 300 €.", None),
    ],
)
def test_a_turned_sentence(sentence: str, passage: str, change: str | None) -> None:
    assert shifted(sentence, passage) == change


def test_no_sentence_of_the_fiches_is_turned_from_itself() -> None:
    catalogue = load_catalogue()
    turned = [
        sentence
        for scheme in catalogue.schemes
        for sentence in catalogue.fiche(scheme.id).sentences
        if shifted(sentence, sentence)
    ]
    assert turned == []
