"""The committed territory and its gazetteer, read once for all the tests of the corpus."""

from __future__ import annotations

import pytest

from corpus.communes.territory import Territory, load_territory
from corpus.places.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def territory() -> Territory:
    return load_territory()


@pytest.fixture(scope="session")
def gazetteer(territory: Territory) -> Gazetteer:
    return Gazetteer(territory)
