"""Whether a message asks about a commune as a whole, by itself or going on with one before."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from assistant.reading.acts import ACTS, ASPECTS, Act, ReadAct
from assistant.reading.commune_acts import asks_overview, asks_record, standing_act
from assistant.reading.names import SchemeNames
from assistant.reading.place_reader import PlaceReader
from assistant.reading.understand import Question
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import load_catalogue
from corpus.places.gazetteer import Gazetteer

NAMES = SchemeNames(load_catalogue().schemes)
PLACES = PlaceReader(Gazetteer(load_territory()), NAMES)


def read(**acts: float) -> ReadAct:
    rest = (1 - sum(acts.values())) / len(ACTS)
    told: Mapping[Act, float] = {act: acts.get(act, 0.0) + rest for act in ACTS}
    return ReadAct(told, dict.fromkeys(ASPECTS, 1 / len(ASPECTS)))


def asked(*schemes: str, carried: bool = False) -> Question:
    return Question("?", "?", schemes, carried=carried)


@pytest.mark.parametrize(
    ("reading", "question", "need", "expected"),
    [
        (read(commune_overview=0.9), asked(), False, True),
        (read(commune_overview=0.9), asked("etat-pvd"), False, True),  # a label beside
        (read(commune_overview=0.9), asked("etat-pvd", carried=True), False, False),
        (read(commune_overview=0.3, check_eligibility=0.6), asked(), False, True),
        (read(commune_overview=0.3, check_eligibility=0.6), asked("cvcb"), False, False),
        (read(commune_overview=0.3, check_eligibility=0.6), asked(), True, False),
        (read(commune_overview=0.6, find_schemes=0.3), asked(), False, True),
        (
            read(commune_overview=0.6, find_schemes=0.3),
            asked(),
            True,
            False,
        ),  # "isoler l’école : quelles aides ?"
        (read(ask_scheme=0.9), asked(), False, False),
    ],
)
def test_an_overview_is_asked(reading: ReadAct, question: Question, need: bool, expected: bool) -> None:
    assert asks_overview(question, reading, has_need=need) is expected


def test_a_record_is_asked_for_sure() -> None:
    assert asks_record(read(commune_record=0.8))
    assert not asks_record(read(commune_record=0.3))
    assert not asks_record(None)


def test_another_place_goes_on_with_what_was_asked() -> None:
    acts = SimpleNamespace(
        read=lambda text, *, goes_on=False: read(commune_overview=0.9) if "droit" in text else read()
    )
    before = "Nieppe a droit à quoi ?"
    found = standing_act((before, "et pour Hazebrouck ?"), PLACES, acts)
    assert (found.text, found.is_earlier) == (before, True)
    found = standing_act((before, "Combien paie la Région pour un gymnase à Hazebrouck ?"), PLACES, acts)
    assert not found.is_earlier
