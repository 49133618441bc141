"""What a section gains or loses by what is asked."""

from __future__ import annotations

from assistant.choosing.asked_sections import (
    ASKED,
    NAMES,
    SECTIONS,
    TABLE,
    WEIGHTS,
    asked_shares,
    by_section,
    section_shares,
    table_of,
    told_under,
    weight_name,
)
from assistant.choosing.headings import Headings
from assistant.reading.acts import ACTS, ASPECTS, ReadAct
from corpus.fiches.catalogue import load_catalogue


def read(aspect: str, act: str = "ask_scheme") -> ReadAct:
    return ReadAct(
        {name: float(name == act) for name in ACTS},  # type: ignore[misc]
        {name: float(name == aspect) for name in ASPECTS},  # type: ignore[misc]
    )


def test_every_section_of_the_fiches_has_its_weights() -> None:
    titles = {section.title for fiche in load_catalogue().fiches.values() for section in fiche.sections}
    assert titles <= set(SECTIONS)
    assert set(TABLE) == set(ASKED)
    assert all(len(row) == len(SECTIONS) for row in TABLE.values())
    assert dict(table_of(WEIGHTS)) == dict(TABLE)


def test_no_act_is_named_as_an_aspect_is() -> None:
    assert len(set(ASKED)) == len(ASKED)
    assert len(set(NAMES)) == len(NAMES) == len(ASKED) * len(SECTIONS)


def test_what_is_read_weighs_by_how_sure_it_is() -> None:
    by = {weight_name("whatever", "Montant"): 0.5, weight_name("amount", "Montant"): 2.0}
    assert by_section(None, by)["Montant"] == 0.5
    assert by_section(read("amount"), by)["Montant"] == 2.5
    assert by_section(read("when"), by)["Montant"] == 0.5
    assert by_section(read("amount"), by)["Calendrier"] == 0.0
    assert set(asked_shares(read("amount"))) == set(ASKED)


def test_a_heading_of_a_page_is_a_section_as_far_as_its_words_ask_it() -> None:
    headings = Headings(lambda text: read("amount" if "combien" in text else "when"))
    weights = dict.fromkeys(SECTIONS, 0.0) | {"Montant": 2.0, "Calendrier": -1.0}
    assert section_shares("Montant", None) == {"Montant": 1.0}
    assert told_under("Montant", weights, headings) == 2.0
    assert told_under("combien ?", weights, headings) == 2.0
    assert told_under("jusqu’à quand ?", weights, headings) == -1.0
    assert told_under("combien ?", weights, None) == 0.0
