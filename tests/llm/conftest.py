"""One server of the real model for all tests that don't kill it, and the small corpus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from real_model import Served, served
from small_corpus import SmallCorpus


@pytest.fixture(scope="session")
def real_model() -> Iterator[Served]:
    with served() as server:
        yield server


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> SmallCorpus:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus
