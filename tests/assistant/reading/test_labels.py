"""Labels that a message says the applicant has, hasn't, or only hopes for."""

from __future__ import annotations

import pytest
from growth import is_linear

from assistant.eligibility.facts import label_key
from assistant.reading.labels import read_labels
from corpus.french.folding import fold
from corpus.labels import TerritoryList

PVD = label_key(TerritoryList.PVD)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nous sommes PVD", True),
        ("Nous sommes une commune PVD depuis 2021", True),
        ("Notre commune PVD demande une aide", True),
        ("Nous demandons une aide comme commune PVD", True),
        ("Notre EPCI est rural, nous sommes PVD", True),
        ("Nous sommes une commune PVD de la communauté de communes", True),
        ("Nous ne sommes pas PVD", False),
        ("Notre EPCI est PVD, pas notre commune", False),
        ("L’agglo est Petites villes de demain mais pas nous", False),
        ("Notre EPCI est PVD", None),
        ("La commune voisine est PVD", None),
        ("Nous avons demandé à être PVD", None),
        ("Nous souhaitons devenir une commune PVD", None),
        ("Nous sommes candidats à PVD", None),
        ("Nous serons PVD l’an prochain", None),
    ],
)
def test_a_label_is_had_only_when_it_is_plainly_said(text: str, told: bool | None) -> None:
    assert read_labels(fold(text)).get(PVD) is told


@pytest.mark.parametrize("piece", ["notre epci ", "voisine nous ", "demande a ", "pas nous "])
def test_labels_are_read_in_time_of_the_length(piece: str) -> None:
    assert is_linear(lambda text: read_labels(fold(text)), lambda size: piece * size + "pvd", 400)
