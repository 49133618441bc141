"""The small corpus, indexed once for the tests that only read it; what a sentence says."""

from collections.abc import Callable

import pytest
from small_corpus import SmallCorpus
from statement_builders import first_said

from assistant.answering.engine import Engine
from assistant.reading.stated.statement import Unit


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> SmallCorpus:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus


@pytest.fixture(scope="session")
def small_engine(small_corpus: SmallCorpus) -> Engine:
    return small_corpus.engine()


@pytest.fixture
def said() -> Callable[..., Unit]:
    """Cuts a sentence in what it says, and gives the first of it."""
    return first_said
