"""Pairs to train on: read, made of chunks, given passages that look right and aren't."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from small_corpus import SmallCorpus

from ingest.chunk import chunk_document
from ingest.errors import LoadError
from ingest.training_pairs import TrainingPair, by_source, pairs_of_corpus, read_pairs, with_misses

ROWS = [
    {
        "source": "a",
        "anchor": "planter une haie",
        "positive": "La haie est plantée en hiver.",
        "document": "1",
    },
    {"anchor": " le lavoir ", "positive": "Le lavoir est restauré."},
]


def written(path: Path) -> Path:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n\n"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.jsonl.gz"])
def test_pairs_are_read(tmp_path: Path, name: str) -> None:
    first, second = read_pairs(written(tmp_path / name))
    assert first == TrainingPair("planter une haie", "La haie est plantée en hiver.", "a", "1")
    assert (second.anchor, second.source) == ("le lavoir", "")
    assert second.document != first.document


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "aucune paire"),
        ("{", ":1 :"),
        ('{"anchor": "a"}', ":1 :"),
        ('{"anchor": "a", "positive": "b"}\n{"anchor": " ", "positive": "b"}', ":2 :"),
        ('{"anchor": 1, "positive": "b"}', ":1 :"),
        ("[1]", ":1 :"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LoadError) as error:
        read_pairs(path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_not_gzip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pairs.gz").write_text("{}", encoding="utf-8")
    for name in ("absent.jsonl", "pairs.gz"):
        with pytest.raises(LoadError, match="ne peut pas être lu"):
            read_pairs(tmp_path / name)


def test_a_corpus_gives_headings_and_sentences_the_same_every_time(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    documents = [fiche.as_document for fiche in corpus.catalogue.fiches.values()]
    chunks = [chunk for document in documents for chunk in chunk_document(document)]
    pairs = pairs_of_corpus(chunks)
    assert pairs == pairs_of_corpus(chunks)
    anchors = {pair.anchor for pair in pairs}
    assert {chunk.heading.replace(" > ", " ") for chunk in chunks} <= anchors
    sentences = {sentence.text for chunk in chunks for sentence in chunk.sentences}
    held = [pair for pair in pairs if pair.anchor in sentences]
    assert held
    assert all(pair.anchor not in pair.positive for pair in held)


def test_misses_share_words_and_are_of_other_documents() -> None:
    pairs = [
        TrainingPair(f"le lavoir {n}", f"Le lavoir numéro {n} est ancien.", "", str(n // 2))
        for n in range(12)
    ]
    given = with_misses(pairs)
    assert [pair.positive for pair in given] == [pair.positive for pair in pairs]
    assert any(pair.misses for pair in given)
    owners = {pair.positive: pair.document for pair in pairs}
    for pair in given:
        assert len(pair.misses) <= 6
        assert all(owners[text] != pair.document for text in pair.misses)


def test_pairs_are_grouped_by_source() -> None:
    pairs = [TrainingPair("a", "b", source) for source in ("x", "y", "x")]
    assert sorted(by_source(pairs)) == [[0, 2], [1]]
