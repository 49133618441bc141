"""Every committed fiche and list of communes passes every check."""

import pytest

from corpus.check import check_corpus
from corpus.fiches.catalogue import load_catalogue

pytestmark = pytest.mark.slow

SCHEMES = 45
# The dossiers that the fiches were written from held 363 sourced statements: none may be lost.
SOURCED_STATEMENTS = 363


def test_the_committed_corpus_has_no_problem() -> None:
    assert [str(problem) for problem in check_corpus()] == []


def test_every_scheme_is_there() -> None:
    assert len(load_catalogue()) >= SCHEMES


def test_no_sourced_statement_was_lost() -> None:
    sourced = [
        block
        for scheme in load_catalogue().fiches.values()
        for section in scheme.sections
        for block in section.blocks
        if all(sentence.sources for sentence in block.sentences)
    ]
    assert len(sourced) >= SOURCED_STATEMENTS
