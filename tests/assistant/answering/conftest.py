"""The fiches and the communes of the project, read once for the tests of answers."""

from __future__ import annotations

import pytest

from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="package")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="package")
def territory() -> Territory:
    return load_territory()
