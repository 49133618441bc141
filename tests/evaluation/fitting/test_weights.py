"""The weights fitted on known questions: planted ones are found again, those in use are near."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process
from small_corpus import SmallCorpus

from corpus.fiches.catalogue import load_catalogue
from corpus.french.folding import fold
from evaluation.fitting.left_out import LeftInTurn
from evaluation.fitting.weights import Choice, fit, fitted, recall, scheme_choices
from evaluation.questions.cases import QUESTIONS_DIR, committed_cases

TRUE = np.array([3.0, 0.0, -2.0])


def planted(questions: int = 400) -> list[Choice]:
    """Choices drawn with known weights."""
    draw = np.random.default_rng(7)
    choices = []
    for _ in range(questions):
        rows = draw.random((12, 3))
        scores = np.exp(rows @ TRUE)
        choices.append(Choice(rows, (int(draw.choice(12, p=scores / scores.sum())),)))
    return choices


def test_planted_weights_are_found_again() -> None:
    assert fit(planted(4000), 3) == pytest.approx(TRUE, abs=0.25)


def test_any_of_several_right_ones_is_right() -> None:
    rows = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    weights = fit([Choice(rows, (0, 1))] * 50, 2)
    scores = rows @ weights
    assert min(scores[0], scores[1]) > scores[2]


def test_recall_counts_the_first_right_one() -> None:
    rows = np.array([[4.0], [3.0], [2.0], [1.0]])
    found = recall([Choice(rows, (0,)), Choice(rows, (2, 3)), Choice(rows, (3,))], np.array([1.0]))
    assert found == {1: pytest.approx(1 / 3), 3: pytest.approx(2 / 3), 6: 1.0}


@pytest.mark.slow
def test_fitting_on_a_corpus_leaves_each_question_out(tmp_path: Path) -> None:
    small_corpus = SmallCorpus(tmp_path)
    small_corpus.ask_about(
        "halles",
        ("Combien pour une halle de marché ?", "jusqu’à 40 % du coût"),
        ("Qui peut demander pour une halle ?", "s’adresse aux communes de moins"),
    )
    small_corpus.ingest()
    known = LeftInTurn(small_corpus.engine().knowledge)
    used = known.knowledge.weights
    schemes = fitted(scheme_choices(known), used.schemes)
    assert schemes.questions == 2
    assert schemes.weights.keys() == used.schemes.keys()


# --- what the weights were fitted on isn't what they are measured on ---------------------------------


@pytest.mark.slow
def test_no_known_question_is_one_of_the_evaluation() -> None:
    measured = [fold(turn) for case in committed_cases() for turn in case.turns if len(turn) > 25]
    for name, fiche in load_catalogue().fiches.items():
        for asked in fiche.asked:
            _, likeness, _ = process.extractOne(fold(asked.text), measured, scorer=fuzz.token_sort_ratio)
            assert likeness < 80, f"{name}: {asked.text}"


@pytest.mark.slow
def test_the_questions_without_an_answer_are_none_of_the_evaluation() -> None:
    path = QUESTIONS_DIR.parent / "fit" / "not_covered.yaml"
    kinds = yaml.safe_load(path.read_text(encoding="utf-8"))
    measured = [fold(turn) for case in committed_cases() for turn in case.turns if len(turn) > 25]
    texts = [text for found in kinds.values() for text in found]
    assert len(texts) >= 200
    for text in texts:
        assert process.extractOne(fold(text), measured, scorer=fuzz.token_sort_ratio)[1] < 85, text
