"""Batches: each question once, its own answers marked, its own text around it."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from ingest.training.examples import Asked, AskedText, BatchSizes, Examples, Pair, batches_of


def _text(name: str, statements: int, questions: int) -> AskedText:
    told = tuple(f"{name} phrase {place}" for place in range(statements))
    asked = tuple(Asked(f"{name} question {n}", (n % statements,)) for n in range(questions))
    return AskedText(told, asked)


@pytest.fixture
def examples() -> Examples:
    pairs = tuple(Pair(f"titre {n}", f"passage {n % 5}", "a" if n < 6 else "b") for n in range(9))
    return Examples((_text("un", 4, 11), _text("deux", 30, 7), _text("trois", 2, 3)), pairs)


def test_each_question_comes_once(examples: Examples) -> None:
    batches = batches_of(examples, BatchSizes(texts=2, questions=3, pairs=4), random.Random(1))
    seen = Counter(question for batch in batches for question in batch.questions)
    assert seen == Counter(examples.questions())


def test_an_answer_is_the_passage_that_answers(examples: Examples) -> None:
    expected = {a.question: {t.statements[p] for p in a.answers} for t in examples.texts for a in t.asked}
    expected |= {pair.question: {pair.passage} for pair in examples.pairs}
    for batch in batches_of(examples, BatchSizes(), random.Random(2)):
        for question, answers in zip(batch.questions, batch.answers, strict=True):
            assert {batch.passages[place] for place in answers} == expected[question]


def test_a_question_is_among_its_own_text(examples: Examples) -> None:
    own = {a.question: set(t.statements) for t in examples.texts for a in t.asked}
    for batch in batches_of(examples, BatchSizes(statements=10), random.Random(3)):
        for question, answers, among in zip(batch.questions, batch.answers, batch.among, strict=True):
            assert set(answers) <= set(among)
            if question in own:
                told = {batch.passages[place] for place in among}
                assert told <= own[question]
                assert len(told) == min(10, len(own[question]))


def test_a_batch_holds_a_text_once_and_one_source_of_pairs(examples: Examples) -> None:
    source = {pair.question: pair.source for pair in examples.pairs}
    for batch in batches_of(examples, BatchSizes(texts=2, questions=2), random.Random(4)):
        assert len(set(batch.passages)) == len(batch.passages)
        assert len({source.get(question) for question in batch.questions}) == 1
