"""Readings held against labels: each figure on small sets, and planted defects that turn it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from readings_builders import facts, perfect, read_as, utterance

from evaluation.judging.readings import (
    ACTS,
    MEASURES,
    OVERALL,
    FactFigures,
    Judged,
    Read,
    beside,
    judge,
    together,
)
from evaluation.questions.utterances import Utterance, UtteranceFile, committed_utterances
from evaluation.runs.reads import Reading

LAVOIR = utterance("le lavoir fuit", "find_schemes", "lavoirs", "halles")
TAUX = utterance("quel taux", "ask_scheme", "halles", aspect="amount")
MERCI = utterance("merci", "social")


def judged(*reads: Read) -> Judged:
    return judge("essai", reads, 1.0)


def own() -> list[UtteranceFile]:
    return committed_utterances()


def values(found: Judged, part: str = OVERALL) -> dict[str, float]:
    return {name: figure.value for name, figure in found.figures[part].items()}


def test_what_reads_as_labelled_is_wholly_right() -> None:
    found = judged(*(read_as(label, perfect(label)) for label in (LAVOIR, TAUX, MERCI)))
    assert values(found) == dict.fromkeys(MEASURES, 1.0)
    assert found.acts == {"find_schemes>find_schemes": 1, "ask_scheme>ask_scheme": 1, "social>social": 1}


def test_what_reads_nothing_is_wrong_everywhere() -> None:
    found = judged(*(read_as(label, Reading()) for label in (LAVOIR, TAUX, MERCI)))
    assert values(found) == dict.fromkeys(MEASURES, 0.0)
    assert found.acts == {"find_schemes>none": 1, "ask_scheme>none": 1, "social>none": 1}


def test_each_measure_rests_on_the_utterances_that_allow_it() -> None:
    overall = judged(*(read_as(label, Reading()) for label in (LAVOIR, TAUX, MERCI))).figures[OVERALL]
    assert {name: figure.questions for name, figure in overall.items()} == {
        "act": 3,
        "act_mean": 3,
        "aspect": 1,  # asked of a scheme
        "subject": 2,  # with a scheme in the labels
        "subject_among": 2,
    }


@pytest.mark.parametrize(
    ("subjects", "first", "among"),
    [
        (("lavoirs", "haies"), 1.0, 1.0),
        (("halles",), 1.0, 1.0),  # any acceptable scheme
        (("haies", "ecoles", "halles"), 0.0, 1.0),
        (("haies", "ecoles", "cvcb", "lavoirs"), 0.0, 0.0),  # the fourth
        ((), 0.0, 0.0),
    ],
)
def test_the_subject_is_looked_for_first_then_among_three(
    subjects: Sequence[str], first: float, among: float
) -> None:
    reading = Reading(subjects=tuple((name, 0.2) for name in subjects))
    found = values(judged(read_as(LAVOIR, reading)))
    assert (found["subject"], found["subject_among"]) == (first, among)


def test_a_rare_act_counts_as_much_as_a_frequent_one_in_their_mean() -> None:
    right = [read_as(LAVOIR, perfect(LAVOIR))] * 9
    found = values(judged(*right, read_as(MERCI, Reading(act="contact"))))
    assert found["act"] == 0.9
    assert found["act_mean"] == 0.5


def test_figures_are_told_by_writer_and_by_act() -> None:
    found = judged(read_as(LAVOIR, perfect(LAVOIR), "villages"), read_as(TAUX, Reading(), "towns"))
    assert list(found.figures) == [
        OVERALL,
        "file:villages",
        "file:towns",
        "act:ask_scheme",
        "act:find_schemes",
    ]
    assert values(found, "file:villages")["act"] == 1.0
    assert values(found, "file:towns") == {"act": 0.0, "aspect": 0.0, "subject": 0.0, "subject_among": 0.0}
    assert list(found.facts) == [OVERALL, "file:villages", "file:towns"]


@pytest.mark.slow
def test_shuffled_labels_turn_the_measure() -> None:
    labels = [label for file in own() for label in file.utterances]
    readings = [perfect(label) for label in labels]
    random.Random(3).shuffle(readings)
    found = values(judge("essai", [read_as(*pair) for pair in zip(labels, readings, strict=True)], 1.0))
    assert found["act"] < 0.3
    assert found["act_mean"] < 0.15  # twelve acts
    assert found["subject"] < 0.15
    assert found["aspect"] < 0.15


def test_one_act_told_for_another_shows_in_its_row_alone() -> None:
    labels = [label for file in own() for label in file.utterances]
    readings = [
        replace(perfect(label), act="contact") if label.act == "combine" else perfect(label)
        for label in labels
    ]
    found = judge("essai", [read_as(*pair) for pair in zip(labels, readings, strict=True)], 1.0)
    assert values(found)["act_mean"] == pytest.approx(11 / 12)
    assert {act for act in ACTS if values(found, f"act:{act}")["act"] < 1.0} == {"combine"}
    told = sum(label.act == "combine" for label in labels)
    assert found.acts["combine>contact"] == told > 0


@pytest.mark.parametrize(
    ("label", "given", "is_right"),
    [
        ({"commune": "Épehy"}, {"commune": "EPEHY"}, True),
        ({"commune": "Épehy"}, {"commune": "Péronne"}, False),
        ({"cost": 90_000}, {"cost": 90_000.0}, True),
        ({"population": 1200}, {"population": 1201}, True),  # "environ" is read as a span
        ({"population": 1200}, {"population": 1250}, False),
        ({"cost": 1_500_000}, {"cost": 1_500}, False),
        ({"started": True}, {"started": False}, False),
        ({"started": False}, {"started": False}, True),
        ({"who": "shopkeeper"}, {"who": "company"}, False),
        ({"answer": "no"}, {"answer": "yes"}, False),
    ],
)
def test_a_fact_is_right_when_it_is_the_one_stated(
    label: dict[str, object], given: dict[str, object], is_right: bool
) -> None:
    (key,) = label
    found = judged(read_as(utterance("dit", facts=label), facts(**given))).facts[OVERALL]
    assert found == {key: found[key]}
    assert (found[key].stated, found[key].read, found[key].right) == (1, 1, int(is_right))


def test_a_fact_that_nobody_stated_costs_precision_and_one_missed_costs_recall() -> None:
    label = utterance("on est 430", facts={"population": 430})
    silent = utterance("merci", "social")
    found = judged(
        read_as(label, facts(population=430)),
        read_as(label, facts()),
        read_as(silent, facts(population=12)),
        read_as(silent, facts(cost=12)),
    ).facts[OVERALL]
    population, cost = found["population"], found["cost"]
    assert population.precision is not None
    assert population.recall is not None
    assert (population.precision.value, population.recall.value) == (0.5, 0.5)
    assert isinstance(cost, FactFigures)
    assert (cost.stated, cost.read, cost.recall) == (0, 1, None)


def test_the_interval_of_a_few_is_wide_even_when_all_are_wrong() -> None:
    figure = judged(*[read_as(MERCI, Reading())] * 9).figures[OVERALL]["act"]
    assert (figure.value, figure.low) == (0.0, 0.0)
    assert figure.high == pytest.approx(0.299, abs=0.001)  # Wilson, nine of none


def test_a_peer_is_held_against_the_first_on_the_same_utterances() -> None:
    first = [read_as(LAVOIR, perfect(LAVOIR))] * 3 + [read_as(TAUX, Reading())]
    peer = [read_as(LAVOIR, Reading())] * 4
    peer[3] = read_as(TAUX, perfect(TAUX))
    gaps = beside(first, judge("pair", peer, 1.0, with_facts=False), peer).gaps
    assert gaps["act"].value == 0.5
    assert gaps["aspect"].value == -1.0
    assert gaps["act"].low <= 0.5 <= gaps["act"].high


def test_a_reading_is_missing() -> None:
    files = [UtteranceFile("mine", (LAVOIR, TAUX))]
    with pytest.raises(ValueError, match="shorter"):
        together(files, [Reading()])


def test_a_label_is_never_seen_by_what_reads() -> None:
    assert set(Utterance.model_fields) - {"text", "before"} == {"act", "aspect", "schemes", "facts"}
