"""The small corpus, indexed once for the tests that only read it."""

import pytest
from small_corpus import SmallCorpus

from assistant.answering.engine import Engine


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> SmallCorpus:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus


@pytest.fixture(scope="session")
def small_engine(small_corpus: SmallCorpus) -> Engine:
    return small_corpus.engine()
