"""Sentences graded as answers: read, measured as they were found, and what they teach."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from near_copies import LONG, measured_turns, near_copies
from small_corpus import SmallCorpus

from assistant.answering.engine import Engine
from assistant.choosing.asked_sections import SECTIONS, weight_name
from assistant.choosing.evidence import MEASURES, WEIGHTS
from corpus.fiches.catalogue import load_catalogue
from evaluation.errors import CaseError
from evaluation.fitting.graded import (
    ANSWERS,
    BESIDE,
    BY_HAND,
    COLUMNS,
    GOES_WITH,
    GradedChoice,
    GradedQuestion,
    GradedSentence,
    first_answers,
    fit_graded,
    graded_choices,
    read_graded,
    without,
)
from evaluation.questions.utterances import BLIND, read_utterances

AMOUNT = weight_name("amount", "Montant")


def choice(grades: list[int], told: dict[str, list[float]], scheme: str = "halles") -> GradedChoice:
    rows = np.zeros((len(grades), len(COLUMNS)))
    for name, values in told.items():
        rows[:, COLUMNS.index(name)] = values
    return GradedChoice(scheme, rows, np.array(grades))


def test_the_columns_are_the_weights_of_sentences() -> None:
    assert set(COLUMNS) == set(WEIGHTS)


def test_what_tells_an_answer_is_weighed() -> None:
    choices = [
        choice([ANSWERS, BESIDE, BESIDE], {"meaning": [0.9, 0.8, 0.7], AMOUNT: [1.0, 0.0, 0.0]}),
        choice([BESIDE, ANSWERS, BESIDE], {"meaning": [0.7, 0.8, 0.75], AMOUNT: [0.0, 1.0, 0.0]}),
    ] * 40
    weights = fit_graded(choices)
    assert weights["meaning"] > 0
    assert weights[AMOUNT] > 0
    assert {weights[name] for name in ("dated", weight_name("when", "Calendrier"))} == {0.0}
    assert {name: weights[name] for name in BY_HAND} == dict(BY_HAND)
    assert first_answers(choices, weights) == 1.0


def test_what_goes_with_an_answer_comes_after_it_and_before_the_rest() -> None:
    told = {"shared": [1.0, 0.5, 0.0], "rare": [0.2, 0.9, 0.1]}
    weights = fit_graded([choice([ANSWERS, GOES_WITH, BESIDE], told)] * 50)
    scores = [sum(weights[name] * told[name][place] for name in told) for place in range(3)]
    assert scores == sorted(scores, reverse=True)


def test_the_fiches_of_a_fold_teach_it_nothing() -> None:
    every = [choice([ANSWERS], {}), choice([ANSWERS], {}, "haies")]
    assert [item.scheme for item in without(every, {"halles"})] == ["haies"]


@pytest.fixture(scope="module")
def small_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus.engine()


def test_graded_sentences_are_measured_with_their_sections(small_engine: Engine) -> None:
    knowledge = small_engine.knowledge
    sentences = [
        (s.title, text.text) for s, text in knowledge.catalogue.fiche("halles").as_document.sentences()
    ]
    right = next(text for title, text in sentences if title == "Montant")
    question = GradedQuestion(
        text="Quel est le taux de l’aide aux halles de marché ?",
        scheme="halles",
        asked_to="prepared",
        sentences=tuple(
            GradedSentence(grade=ANSWERS if text == right else BESIDE, text=text) for _, text in sentences
        ),
    )
    (found,) = graded_choices(knowledge, [question])
    (place,) = np.flatnonzero(found.grades == ANSWERS)
    measures, sections = found.rows[place, : len(MEASURES)], found.rows[place, len(MEASURES) :]
    assert measures[list(MEASURES).index("meaning")] > 0
    assert sections[: len(SECTIONS)].tolist() == [float(title == "Montant") for title in SECTIONS]


def test_a_question_without_an_answer_among_its_sentences_teaches_nothing(small_engine: Engine) -> None:
    text = small_engine.knowledge.catalogue.fiche("halles").sentences[0]
    beside = GradedQuestion(
        text="Quel est le taux de l’aide aux halles de marché ?",
        scheme="halles",
        asked_to="prepared",
        sentences=(GradedSentence(grade=BESIDE, text=text),),
    )
    assert graded_choices(small_engine.knowledge, [beside]) == []


@pytest.mark.parametrize("line", ["{", '{"text": "a"}', "[]", '{"text": "", "scheme": "s", "asked_to": "x"}'])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "graded.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CaseError, match="ligne 1"):
        read_graded(path)


# --- the committed ones ------------------------------------------------------------------------------


def test_the_committed_ones_are_about_fiches_and_their_sentences() -> None:
    catalogue, every = load_catalogue(), read_graded()
    assert len({(one.text, one.asked_to) for one in every}) == len(every)
    graded = [
        (one.scheme, item.text) for one in every if one.asked_to != "document" for item in one.sentences
    ]
    known = {text for fiche in catalogue.fiches.values() for text in fiche.sentences}
    assert {one.scheme for one in every} <= set(catalogue.fiches)
    held = sum(text in known for _, text in graded) / len(graded)
    assert held > 0.9, "most graded sentences no longer stand in a fiche: grade again"


@pytest.mark.slow
def test_none_is_one_of_the_evaluation_or_of_what_is_kept_for_measuring() -> None:
    blind = [said.text for file in read_utterances(BLIND) for said in file.utterances]
    measured = [*measured_turns(), *(text for text in blind if len(text) > LONG)]
    texts = [one.text for one in read_graded() if len(one.text) > LONG]
    assert texts
    assert list(near_copies(texts, measured, 85)) == []
