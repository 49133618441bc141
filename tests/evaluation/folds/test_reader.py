"""The reader of a fold: trained without utterances about its fiches, under its encoder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_corpus import SmallCorpus

from assistant.reading.trained_reader import read_trained
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.errors import FoldLeak, FoldStale
from evaluation.folds.corpus import no_questions
from evaluation.folds.encoder import encoder_told
from evaluation.folds.folds import Fold, read_folds
from evaluation.folds.leak import check_trained
from evaluation.folds.reader import fold_reader, reader_path
from evaluation.training.reader import digest_of_taught, taught_utterances

FOLDS = read_folds(load_catalogue(asked_from=no_questions).fiches)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of what the first fold keeps."""
    target = reader_path(FOLDS[0], tmp_path)
    target.parent.mkdir(parents=True)
    shutil.copyfile(reader_path(FOLDS[0]), target)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("fold", FOLDS, ids=lambda fold: str(fold.number))
def test_each_fold_keeps_what_was_learned_without_it(fold: Fold) -> None:
    told = read_trained(reader_path(fold)).told
    taught = taught_utterances(lambda said: fold.holds_back(said.schemes, said.text, len(FOLDS)))
    assert told.made_from == digest_of_taught(taught)
    assert told.without == tuple(sorted(fold.schemes))
    assert told.encoder == encoder_told(fold)
    assert not any(set(item.schemes) & fold.schemes for file in taught for item in file.utterances)


def test_it_takes_the_vectors_of_its_fold_only() -> None:
    assert fold_reader(FOLDS[0], AssistantSettings()).takes_vectors
    assert not fold_reader(FOLDS[0], AssistantSettings(encoder="un/autre")).takes_vectors


def test_one_that_is_missing_damaged_or_of_other_fiches_is_stale(kept: Path) -> None:
    settings = AssistantSettings()
    other = Fold(FOLDS[0].number, FOLDS[1].schemes)
    with pytest.raises(FoldStale, match="assistant train reader --folds"):
        fold_reader(other, settings, kept)
    reader_path(FOLDS[0], kept).write_bytes(b"PK")
    with pytest.raises(FoldStale, match="assistant train reader --folds"):
        fold_reader(FOLDS[0], settings, kept)
    with pytest.raises(FoldStale, match="assistant train reader --folds"):
        fold_reader(FOLDS[1], settings, kept)


def test_the_reader_shipped_is_a_leak_in_a_fold(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ingest()
    knowledge = corpus.engine().knowledge
    with pytest.raises(FoldLeak, match="assistant train reader --folds"):
        check_trained(knowledge, FOLDS[0])
