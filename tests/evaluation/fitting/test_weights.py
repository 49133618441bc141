"""The weights fitted on known questions: planted ones are found again, those in use are near."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from near_copies import measured_turns, near_copies
from small_corpus import SmallCorpus

from corpus.fiches.catalogue import load_catalogue
from evaluation.fitting.left_out import LeftInTurn
from evaluation.fitting.weights import Choice, fit, fitted, recall, scheme_choices
from evaluation.questions.cases import QUESTIONS_DIR

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
    asked = [asked.text for fiche in load_catalogue().fiches.values() for asked in fiche.asked]
    assert len(asked) > 1000
    assert list(near_copies(asked, measured_turns(), 80)) == []


@pytest.mark.slow
def test_the_questions_without_an_answer_are_none_of_the_evaluation() -> None:
    path = QUESTIONS_DIR.parent / "fit" / "not_covered.yaml"
    kinds = yaml.safe_load(path.read_text(encoding="utf-8"))
    texts = [text for found in kinds.values() for text in found]
    assert len(texts) >= 200
    assert list(near_copies(texts, measured_turns(), 85)) == []


def test_a_question_reworded_is_a_near_copy() -> None:
    measured = measured_turns()
    turned = " ".join(reversed(measured[0].upper().split()))
    assert list(near_copies([turned, "tout autre chose que ce qui est mesuré"], measured, 80)) == [
        (turned, measured[0])
    ]
