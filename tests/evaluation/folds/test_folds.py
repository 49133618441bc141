"""The folds: every fiche in exactly one, and each mistake named with its file, its line and its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.fiches.catalogue import load_catalogue
from corpus.labels import RelationKind
from evaluation.errors import FoldError
from evaluation.folds.corpus import no_questions
from evaluation.folds.folds import FOLDS_PATH, Fold, fold_of, knows_nothing_of, read_folds

KNOWN = ("haies", "halles", "lavoirs")


def refused(tmp_path: Path, text: str) -> list[str]:
    """What is said of a file of folds for three fiches."""
    path = tmp_path / "folds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FoldError) as error:
        read_folds(KNOWN, path)
    return [line.replace(str(path), "FILE") for line in str(error.value).splitlines()]


def test_the_committed_folds_hold_each_fiche_once() -> None:
    known = load_catalogue(asked_from=no_questions).fiches
    folds = read_folds(known)
    assert [fold.number for fold in folds] == [1, 2, 3, 4, 5]
    assert sorted(name for fold in folds for name in fold.schemes) == sorted(known)
    assert {len(fold.schemes) for fold in folds} == {12, 13, 14}


def test_schemes_often_confused_stand_in_the_same_fold_but_for_one_pair() -> None:
    schemes = load_catalogue(asked_from=no_questions).schemes
    folds = read_folds([scheme.id for scheme in schemes])
    parted = [
        (scheme.id, link.scheme)
        for scheme in schemes
        for link in scheme.relations
        if link.kind is RelationKind.OFTEN_CONFUSED_WITH
        and fold_of(folds, scheme.id) != fold_of(folds, link.scheme)
    ]
    assert parted == [("cvcb", "actes-projets-locaux")]


def test_each_fold_of_the_committed_file_says_why() -> None:
    lines = FOLDS_PATH.read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        if line[:1].isdigit():
            assert lines[place - 1].startswith("# ")


def test_folds_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "folds.yaml"
    path.write_text("2: [halles]\n1: [lavoirs, haies]\n", encoding="utf-8")
    folds = read_folds(KNOWN, path)
    assert folds == (Fold(2, frozenset({"halles"})), Fold(1, frozenset({"lavoirs", "haies"})))
    assert fold_of(folds, "haies").number == 1
    with pytest.raises(KeyError):
        fold_of(folds, "ecoles")


def test_what_was_trained_before_a_fiche_was_written_knows_nothing_of_it() -> None:
    fold = Fold(1, frozenset({"halles", "haies"}))
    assert knows_nothing_of(fold, ["halles"], [["lavoirs"]]), "no training knew the hedges"
    assert not knows_nothing_of(fold, ["halles"], [["lavoirs", "haies"]]), "the hedges have changed folds"
    assert not knows_nothing_of(fold, ["lavoirs"], [["halles"]]), "of another fold"
    assert not knows_nothing_of(fold, ["halles", "lavoirs"], []), "of more than the fold"


def test_a_new_fiche_without_a_fold_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, "1: [halles]\n2: [haies]\n") == [
        "FILE: la fiche « lavoirs » n’est dans aucun pli. Ajoutez-la au pli des dispositifs avec lesquels on "
        "la confond, puis lancez : assistant train --folds."
    ]


def test_a_fiche_in_two_folds_and_an_unknown_one_are_named_together(tmp_path: Path) -> None:
    twice, unknown = refused(tmp_path, "1: [halles, lavoirs]\n# pourquoi\n2: [haies, halles, moulins]\n")
    assert twice.startswith("FILE:3: la fiche « halles » est déjà dans un pli, ligne 1.")
    assert unknown.startswith("FILE:3: fiche inconnue « moulins » dans le pli 2.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "FILE:1: aucun pli."),
        ("- halles\n", "FILE:1: aucun pli."),
        ("1: [halles]\nun: [haies]\n", "FILE:2: un pli s’écrit"),
        ("1: halles\n", "FILE:1: un pli s’écrit"),
        ("1: []\n", "FILE:1: un pli s’écrit"),
        ("1: [halles]\n1: [haies]\n", "FILE:2: le pli 1 est écrit deux fois."),
        ("1: [halles\n", "FILE:2: YAML mal formé."),
        ("1: [[halles]]\n", "FILE:1: un pli s’écrit"),
    ],
)
def test_a_malformed_file_is_said_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (line,) = refused(tmp_path, text)
    assert line.startswith(told)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FoldError, match="illisible"):
        read_folds(KNOWN, tmp_path / "nothing.yaml")


def test_what_is_about_a_fold_is_held_back_from_it_and_what_is_about_none_from_one_fold_in_turn() -> None:
    folds = (Fold(1, frozenset({"a", "b"})), Fold(2, frozenset({"c"})))
    assert [fold.holds_back(("c", "a"), "texte", 2) for fold in folds] == [True, True]
    assert [fold.holds_back(("b",), "texte", 2) for fold in folds] == [True, False]
    for text in ("bonjour", "merci", "quelle heure ?"):
        assert sum(fold.holds_back((), text, 2) for fold in folds) == 1
