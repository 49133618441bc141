"""Training a table: pairs come nearer, the rest stays, the same run gives the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from ingest.embed import embedder_of_table
from ingest.train import ADAPT, Recipe, random_rows, train_table
from ingest.training_pairs import TrainingPair

pytestmark = pytest.mark.model

WORDS = [
    "[UNK]",
    "halle",
    "marché",
    "lavoir",
    "fontaine",
    "haie",
    "arbre",
    "école",
    "classe",
    "jamais",
    "dit",
]
PAIRS = [
    TrainingPair("halle", "marché", "a", "1", ("fontaine",)),
    TrainingPair("lavoir", "fontaine", "a", "2", ("marché",)),
    TrainingPair("haie", "arbre", "b", "3"),
    TrainingPair("école", "classe", "b", "4"),
]
RECIPE = Recipe(steps=60, batch=4, rate=0.05, warm_up=5, sizes=(16, 8))


@pytest.fixture
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    return made


def nearest(tokenizer: Tokenizer, rows: np.ndarray) -> list[str]:
    embedder = embedder_of_table(tokenizer, rows, "essai")
    passages = [pair.positive for pair in PAIRS]
    vectors = embedder.embed_passages(passages)
    return [passages[int((vectors @ embedder.embed_question(pair.anchor)).argmax())] for pair in PAIRS]


def test_each_anchor_comes_nearest_to_its_own_passage(tokenizer: Tokenizer) -> None:
    before = random_rows(len(WORDS), 16)
    after = train_table(tokenizer, before, PAIRS, RECIPE)
    assert nearest(tokenizer, before) != [pair.positive for pair in PAIRS]
    assert nearest(tokenizer, after) == [pair.positive for pair in PAIRS]
    assert nearest(tokenizer, after[:, :8]) == [
        pair.positive for pair in PAIRS
    ]  # the shorter vectors serve too


def test_words_that_no_pair_holds_stay_and_the_rows_given_are_left_alone(tokenizer: Tokenizer) -> None:
    before = random_rows(len(WORDS), 16)
    kept = before.copy()
    after = train_table(tokenizer, before, PAIRS, RECIPE)
    np.testing.assert_array_equal(before, kept)
    np.testing.assert_array_equal(after[9:], before[9:])
    assert after.dtype == np.float32
    assert not np.array_equal(after[1:9], before[1:9])


def test_the_same_run_gives_the_same_table(tokenizer: Tokenizer) -> None:
    one, two = (train_table(tokenizer, random_rows(len(WORDS), 16), PAIRS, RECIPE) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_a_run_stops_when_its_seconds_are_spent(tokenizer: Tokenizer) -> None:
    steps: list[tuple[int, int]] = []
    recipe = replace(ADAPT, seconds=1e-9, sizes=(16,))
    rows = random_rows(len(WORDS), 16)
    after = train_table(tokenizer, rows, PAIRS, recipe, lambda done, total: steps.append((done, total)))
    assert steps == []
    np.testing.assert_array_equal(after, rows)


def test_progress_counts_the_steps(tokenizer: Tokenizer) -> None:
    steps: list[tuple[int, int]] = []
    recipe = replace(RECIPE, steps=3)
    train_table(tokenizer, random_rows(len(WORDS), 16), PAIRS, recipe, lambda d, t: steps.append((d, t)))
    assert steps == [(1, 3), (2, 3), (3, 3)]
