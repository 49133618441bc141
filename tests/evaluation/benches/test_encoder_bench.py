"""The bench of encoders: passages of a given length, and a table that says what it measured."""

from __future__ import annotations

import pytest

from corpus.fiches.document import Block, Document, Section, Sentence
from evaluation.benches.encoder_bench import CORES, WORDS, Timed, passages_of
from evaluation.reports.encoder_text import time_rows


def document(words: int) -> Document:
    told = " ".join(f"mot{number}" for number in range(words))
    section = Section(path=("Objet",), blocks=(Block((Sentence(told),)),))
    return Document(
        id="d",
        title="Aide",
        scheme_id=None,
        path="",
        published=None,
        updated=None,
        sources=(),
        sections=(section,),
    )


@pytest.mark.parametrize("words", WORDS)
def test_passages_have_so_many_words_the_same_at_each_run(words: int) -> None:
    texts = passages_of([document(200), document(200)], words)
    assert {len(text.split()) for text in texts} == {words}
    assert len(set(texts)) > 1
    assert texts == passages_of([document(200), document(200)], words)


def test_documents_that_are_too_short_are_refused() -> None:
    assert passages_of([document(30)], 30, 2) == [" ".join(f"mot{n}" for n in range(30))] * 2
    with pytest.raises(ValueError, match="29 words"):
        passages_of([document(29)], 30)


def test_what_encodes_nothing_has_no_rate() -> None:
    rates = {cores: dict.fromkeys(WORDS, 20.0 * cores) for cores in CORES}
    ours = Timed(
        name="encodeur", question_ms={1: 9.0, 2: 8.0}, passages_s=rates, memory_mb=152.4, files_mb=40.1
    )
    words = Timed(name="mots", question_ms={1: 0.4, 2: 0.4}, passages_s={}, memory_mb=20.0, files_mb=0.0)
    titles, first, second = time_rows([words, ours])
    assert len(titles) == len(first) == len(second)
    assert first.count("–") == len(CORES) * len(WORDS) + 1
    assert second[:3] == ["encodeur", "9,0\u00a0ms", "8,0\u00a0ms"]
    assert second[-2:] == ["152\u00a0Mo", "40\u00a0Mo"]
    assert second[3] == "20,0"
    assert titles[1] == "question, 1\u00a0cœur"
    assert titles[2] == "question, 2\u00a0cœurs"
