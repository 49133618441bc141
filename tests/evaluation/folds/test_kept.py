"""What is kept for a fold: read as it was written; stale as soon as what it was made from changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_corpus import FICHES, SmallCorpus

from assistant.choosing.fitted import IN_USE
from corpus.fiches.catalogue import load_catalogue
from evaluation.errors import FoldStale
from evaluation.folds.corpus import no_questions
from evaluation.folds.folds import Fold, read_folds
from evaluation.folds.kept import KeptWeights, digest_of, path_of, read_weights, write_weights

FOLD = Fold(2, frozenset({"halles"}))


@pytest.fixture
def corpus(tmp_path: Path) -> SmallCorpus:
    made = SmallCorpus(tmp_path / "corpus")
    made.ask_about("halles", ("Quel taux pour une halle ?", "jusqu’à 40 %"))
    made.ask_about("haies", ("Quelle aide pour planter ?", "soutient la plantation"))
    return made


def keep(corpus: SmallCorpus, folder: Path) -> None:
    write_weights(FOLD, KeptWeights.of(IN_USE, digest_of(FOLD, corpus.schemes)), folder)


def told(corpus: SmallCorpus, folder: Path) -> str:
    """Why the weights can't be used."""
    with pytest.raises(FoldStale) as error:
        read_weights(FOLD, corpus.schemes, folder)
    return str(error.value)


def test_weights_are_read_as_they_were_written(corpus: SmallCorpus, tmp_path: Path) -> None:
    keep(corpus, tmp_path)
    found = read_weights(FOLD, corpus.schemes, tmp_path)
    assert (dict(found.sentences), dict(found.schemes)) == (dict(IN_USE.sentences), dict(IN_USE.schemes))
    assert (dict(found.gaps), found.support) == (dict(IN_USE.gaps), IN_USE.support)
    assert path_of(FOLD, tmp_path) == tmp_path / "2" / "weights.json"


def test_missing_weights_are_named_with_the_command(corpus: SmallCorpus, tmp_path: Path) -> None:
    line = told(corpus, tmp_path)
    assert line.startswith(f"Pli 2 : « {path_of(FOLD, tmp_path)} » manque.")
    assert line.endswith("assistant train --folds.")


@pytest.mark.parametrize(
    "change", ["a fiche", "one of the fold", "a new fiche", "questions of another fiche"]
)
def test_weights_made_from_other_files_are_stale(corpus: SmallCorpus, tmp_path: Path, change: str) -> None:
    keep(corpus, tmp_path)
    match change:
        case "a fiche":
            corpus.write("haies", FICHES["haies"].replace("500 plants", "600 plants"))
        case "one of the fold":
            corpus.write("halles", FICHES["halles"].replace("40 %", "50 %"))
        case "a new fiche":
            corpus.write("moulins", FICHES["haies"].replace("haies", "moulins"))
        case _:
            corpus.ask_about("haies", ("Une aide pour une haie ?", "soutient la plantation"))
    line = told(corpus, tmp_path)
    assert "est périmé" in line
    assert line.endswith("assistant train --folds.")


def test_questions_about_the_fold_make_nothing_stale(corpus: SmallCorpus, tmp_path: Path) -> None:
    keep(corpus, tmp_path)
    corpus.ask_about("halles", ("Et pour un marché couvert ?", "jusqu’à 40 %"))
    assert read_weights(FOLD, corpus.schemes, tmp_path).support == IN_USE.support


def test_another_fold_under_the_same_number_is_stale(corpus: SmallCorpus, tmp_path: Path) -> None:
    keep(corpus, tmp_path)
    with pytest.raises(FoldStale, match="périmé"):
        read_weights(Fold(2, frozenset({"halles", "haies"})), corpus.schemes, tmp_path)


@pytest.mark.parametrize("text", ["", "{}", '{"form": "fold-weights/2"}'])
def test_a_damaged_file_is_said(corpus: SmallCorpus, tmp_path: Path, text: str) -> None:
    keep(corpus, tmp_path)
    path_of(FOLD, tmp_path).write_text(text, encoding="utf-8")
    assert "est mal formé" in told(corpus, tmp_path)


def test_weights_that_lack_a_measure_are_of_another_day(corpus: SmallCorpus, tmp_path: Path) -> None:
    keep(corpus, tmp_path)
    path = path_of(FOLD, tmp_path)
    values = json.loads(path.read_text(encoding="utf-8"))
    del values["support"]["margin"]
    path.write_text(json.dumps(values), encoding="utf-8")
    assert "est mal formé" in told(corpus, tmp_path)


def test_the_committed_folds_are_of_today() -> None:
    for fold in read_folds(load_catalogue(asked_from=no_questions).fiches):
        assert read_weights(fold) is not None
