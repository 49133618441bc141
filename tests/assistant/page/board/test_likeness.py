"""Questions grouped by likeness: always the same way, each near the one that leads its group."""

from __future__ import annotations

from datetime import date

import numpy as np
from fake_embedder import FakeEmbedder

from assistant.api.counts.shape import Question
from assistant.page.board.likeness import NEAR, groups_of, likeliest_first
from assistant.page.board.unanswered_part import Groups
from ingest.vectors import Vectors

DAY = date(2026, 11, 23)


def at(*degrees: float) -> Vectors:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_the_one_with_most_near_it_leads_and_no_chain_joins_far_ones() -> None:
    vectors = at(0, 30, 60, 90, 180)  # 30 degrees apart is near, 60 isn't
    assert groups_of(vectors, near=0.8) == [[1, 0, 2], [3], [4]]


def test_every_question_is_in_one_group_near_its_leader() -> None:
    rows = np.random.default_rng(5).normal(size=(300, 3)).astype(np.float32)
    vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    groups = groups_of(vectors)
    assert sorted(place for group in groups for place in group) == list(range(300))
    for leader, *others in groups:
        assert all(vectors[leader] @ vectors[place] >= NEAR - 1e-5 for place in others)
    assert groups == groups_of(vectors)


def test_nothing_gives_no_group() -> None:
    assert groups_of(np.zeros((0, 4), dtype=np.float32)) == []


def test_a_vector_of_zeros_is_a_group_of_its_own() -> None:
    vectors = np.zeros((2, 2), dtype=np.float32)
    assert groups_of(vectors) == [[0], [1]]


def test_the_nearest_to_the_leader_come_first() -> None:
    assert likeliest_first(at(0, 20, 10), [0, 1, 2]) == [0, 2, 1]


def asked(*texts: str) -> list[Question]:
    return [Question(DAY, "unanswerable", text) for text in texts]


def test_the_same_question_asked_again_counts_and_is_encoded_once() -> None:
    encoded: list[str] = []
    embedder = FakeEmbedder()

    def vectors_of(texts: object) -> Vectors:
        encoded.extend(texts)  # type: ignore[arg-type]
        return embedder.embed_questions(list(texts))  # type: ignore[call-overload]

    groups = Groups()
    questions = asked("Une piscine ?", "piscine", "UNE PISCINE ?", "Un cimetière")
    found, left = groups.of(questions, vectors_of)
    assert [[question.text for question in group] for group in found] == [
        ["Une piscine ?", "UNE PISCINE ?", "piscine"],
        ["Un cimetière"],
    ]
    assert left == []
    assert sorted(encoded) == ["Un cimetière", "Une piscine ?", "piscine"]
    groups.of(questions, vectors_of)
    assert len(encoded) == 3


def test_a_look_encodes_so_many_new_texts_the_latest_first() -> None:
    groups = Groups(most_at_once=2)
    questions = asked("piscine", "cimetière", "école", "gymnase", "mairie")
    lefts = [groups.of(questions, lambda t: FakeEmbedder().embed_questions(list(t)))[1] for _ in range(3)]
    assert [[question.text for question in left] for left in lefts] == [
        ["piscine", "cimetière", "école"],
        ["piscine"],
        [],
    ]
