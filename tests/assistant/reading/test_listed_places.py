"""Of several places named together none is lost, and one that is denied isn't examined."""

from __future__ import annotations

import pytest
from growth import is_linear
from verdict_builders import applicant, gazetteer, territory, turns

from assistant.answering.verdict_step import with_place_notes
from assistant.reading.applicant import Applicant
from assistant.reading.places import read_places
from assistant.reply import Reply


def examined(found: Applicant) -> list[str]:
    return [commune.name for commune in found.communes]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Dury et Nieppe, sommes-nous éligibles à la vidéoprotection ?", ["Nieppe"], ["Dury"]),
        ("Nieppe et Dury, sommes-nous éligibles ?", ["Nieppe"], ["Dury"]),
        ("Nieppe, Dury et Lens sont-elles éligibles ?", ["Nieppe", "Lens"], ["Dury"]),
        ("Armentières ou Bailleul, laquelle est éligible ?", ["Armentières"], ["Bailleul"]),
        ("Nieppe et Trifouillis sont-elles éligibles ?", ["Nieppe"], ["Trifouillis"]),
        ("Nieppe ou Trifouillis-les-Oies ?", ["Nieppe"], ["Trifouillis-les-Oies"]),
        ("Nieppe et Lyon sont-elles éligibles ?", ["Nieppe"], ["Lyon"]),
        ("Croix/Hem/Don, sommes-nous éligibles ?", ["Croix", "Hem", "Don"], []),
    ],
)
def test_what_is_not_examined_is_said(text: str, names: list[str], left: list[str]) -> None:
    found = applicant(turns(text))
    assert examined(found) == names
    assert [place.text for place in found.left] == left
    reply = with_place_notes(Reply(status="answered", answer="Oui."), found, territory())
    assert all(f"«\u00a0{name}" in reply.answer for name in left)
    assert len(reply.answer.splitlines()) == 1 + len(left)


@pytest.mark.parametrize(
    "text",
    [
        "Nieppe et Sandrine voudraient des caméras",
        "Nieppe et Enedis ont signé",
        "Nieppe et DETR, on peut ?",
        "La mairie de Nieppe et Jean Dupont demandent",
        "Nieppe et Monsieur Bailleul demandent",
        "La commune de Nieppe et Vidéoprotection",
        "Claire Martin, Nieppe",
    ],
)
def test_who_stands_beside_a_place_is_none(text: str) -> None:
    assert [place.text for place in applicant(turns(text)).named] == ["Nieppe"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pas Nieppe, Lens : éligible à la vidéoprotection ?", ["Lens"]),
        ("La vidéoprotection pour Lens, pas pour Nieppe", ["Lens"]),
        ("Lens et non Nieppe", ["Lens"]),
        ("Pas Nieppe ni Don, Lens : éligible ?", ["Lens"]),
        ("Pas Nieppe, Bailleul : éligible à la vidéoprotection ?", []),
        ("Pourquoi pas Nieppe ?", ["Nieppe"]),
        ("Dans le pas de Calais, Lens est-elle éligible ?", ["Lens"]),
    ],
)
def test_a_place_denied_is_not_examined(text: str, names: list[str]) -> None:
    assert examined(applicant(turns(text))) == names


def test_the_place_named_after_a_denied_one_is_asked_about() -> None:
    unsettled = applicant(turns("Pas Nieppe, Bailleul : éligible ?")).unsettled
    assert unsettled is not None
    assert unsettled.text == "Bailleul"


@pytest.mark.parametrize(
    "piece", ["Dury et ", "Nieppe, ", "pas ", "Nieppe et Trifouillis ", "Croix/", "Xertigolle, ", "à Lyon, "]
)
def test_lists_take_time_in_proportion_to_the_message(piece: str) -> None:
    assert is_linear(
        lambda text: read_places(text, gazetteer()), lambda size: piece * (size // len(piece)), 1000
    )
