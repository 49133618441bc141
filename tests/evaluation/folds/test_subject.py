"""What tells subjects apart in a fold: trained without anything about its fiches."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from small_corpus import SmallCorpus

from assistant.reading.trained_reader import READER_PATH, ActReader, TrainedReader, read_trained
from assistant.search.learned_subject import read_learned
from corpus.fiches.catalogue import load_catalogue
from evaluation.errors import FoldLeak, FoldStale
from evaluation.folds.folds import Fold, read_folds
from evaluation.folds.leak import check_trained
from evaluation.folds.subject import fold_subject, subject_path
from evaluation.training.reader import taught_utterances
from evaluation.training.subject import digest_of_subjects, taught_subjects

CATALOGUE = load_catalogue()
FOLDS = read_folds(CATALOGUE.fiches)


def test_each_fold_keeps_what_was_learned_without_it() -> None:
    files = taught_utterances()
    for fold in FOLDS:
        told = read_learned(subject_path(fold)).told
        taught = taught_subjects(CATALOGUE, files, fold.schemes)
        assert told.made_from == digest_of_subjects(taught)
        assert told.without == tuple(sorted(fold.schemes))
        assert not set(told.schemes) & fold.schemes
        assert not any(set(item.schemes) & fold.schemes for item in taught)


def test_one_that_is_missing_damaged_or_of_other_fiches_is_stale(tmp_path: Path) -> None:
    path = subject_path(FOLDS[0], tmp_path)
    path.parent.mkdir(parents=True)
    shutil.copyfile(subject_path(FOLDS[0]), path)
    assert fold_subject(FOLDS[0], tmp_path).told.without == tuple(sorted(FOLDS[0].schemes))
    with pytest.raises(FoldStale, match="assistant train subject --folds"):
        fold_subject(Fold(FOLDS[0].number, FOLDS[1].schemes), tmp_path)
    with pytest.raises(FoldStale, match="assistant train subject --folds"):
        fold_subject(FOLDS[1], tmp_path)
    path.write_bytes(b"PK")
    with pytest.raises(FoldStale, match="assistant train subject --folds"):
        fold_subject(FOLDS[0], tmp_path)


def test_the_one_shipped_is_a_leak_in_a_fold(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ingest()
    knowledge = corpus.engine().knowledge
    trained = read_trained(READER_PATH)
    told = trained.told.model_copy(update={"without": tuple(sorted(FOLDS[0].schemes))})
    acts = ActReader(TrainedReader(replace(trained, told=told), "essai"), corpus.embedder.embed_question)
    with pytest.raises(FoldLeak, match="assistant train subject --folds"):
        check_trained(replace(knowledge, acts=acts), FOLDS[0])
