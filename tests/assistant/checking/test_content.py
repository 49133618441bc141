"""A reworded sentence adds no word of content; what its passage holds may be said otherwise."""

from __future__ import annotations

import pytest

from assistant.checking.content import added

RULE = (
    "L’aide aux halles s’adresse aux communes de moins de 5 000 habitants qui veulent construire une halle."
)


@pytest.mark.parametrize(
    ("sentence", "stems"),
    [
        ("Peuvent demander l’aide aux halles les communes de moins de 5 000 habitants.", ()),
        ("La construction d’une halle par une commune est aidée.", ()),
        ("L’aide aux halles s’adresse aux communes et aux associations.", ("associ",)),
        ("Le préfet donne l’aide aux halles.", ("prefet", "prefet")),
        ("L’aide aux lavoirs s’adresse aux communes.", ("lavoir",)),
        ("L’aide aux halles est un prêt.", ("pret",)),
    ],
)
def test_what_a_sentence_adds(sentence: str, stems: tuple[str, ...]) -> None:
    assert added(sentence, [RULE]) == stems


def test_a_title_lends_its_words_but_for_who_gives_or_gets() -> None:
    title = "Marchés couverts (aide de la Région)"
    assert added("L’aide aux marchés couverts s’adresse aux communes.", [RULE], [title]) == ()
    assert added("L’aide va à la Région.", [RULE], [title]) == ("region",)


def test_a_thing_lends_nothing_to_whoever_deals_in_it() -> None:
    assert added("L’aide va aux commerçants.", ["L’aide est pour un commerce, versée à la commune."]) == (
        "commercant",
    )


def test_words_of_one_sense_stand_for_each_other() -> None:
    assert added("La Région finance 40 % des dépenses.", ["La Région paie 40 % des coûts."]) == ()
    assert added("La Région emprunte 40 % des dépenses.", ["La Région paie 40 % des coûts."]) == ("emprunt",)
