"""The plain linear classifier: it learns what is taught, and nothing of what it's measured on."""

from __future__ import annotations

from itertools import product

import pytest
from readings_builders import utterance

from evaluation.peers.linear import LinearReading, taught_by_others
from evaluation.questions.utterances import StatedFacts, Utterance, UtteranceFile
from evaluation.runs.reads import Reading

NEEDS = {"lavoirs": "le lavoir", "haies": "une haie", "halles": "la halle"}
WAYS = ("est à refaire", "nous coûte cher", "tombe en ruine", "nous manque")
TAUGHT = [
    *(utterance(f"{need} {way}", "find_schemes", name) for (name, need), way in product(NEEDS.items(), WAYS)),
    *(
        utterance(f"quel taux pour {need} ?", "ask_scheme", name, aspect="amount")
        for name, need in NEEDS.items()
    ),
    *(
        utterance(f"quelle date pour {need} ?", "ask_scheme", name, aspect="when")
        for name, need in NEEDS.items()
    ),
    *(utterance(f"on est {n}", "give_fact", before=[need]) for n, need in enumerate(NEEDS.values(), 400)),
]


@pytest.fixture(scope="module")
def taught() -> LinearReading:
    return LinearReading(TAUGHT)


def test_it_reads_what_it_was_taught_in_other_words(taught: LinearReading) -> None:
    reading = taught.read("quel taux pour notre lavoir de village ?", ())
    assert (reading.act, reading.aspect, reading.subjects[0][0]) == ("ask_scheme", "amount", "lavoirs")
    assert reading.facts == StatedFacts()


def test_its_shares_are_probabilities_the_likeliest_first(taught: LinearReading) -> None:
    shares = [share for _, share in taught.read("une haie", ()).subjects]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0)


def test_the_messages_before_tell_the_act_and_the_subject(taught: LinearReading) -> None:
    assert taught.read("on est 430", ("une haie nous coûte cher",)).act == "give_fact"
    assert taught.read("on est 430", ("une haie",)).subjects[0][0] == "haies"


def test_it_says_the_same_each_time(taught: LinearReading) -> None:
    again = LinearReading(TAUGHT)
    assert again.read("la halle ??", ()) == taught.read("la halle ??", ())


def test_shuffled_labels_teach_it_something_else() -> None:
    places = {name: place for place, name in enumerate(NEEDS)}
    names = list(NEEDS)
    moved = [
        item.model_copy(update={"schemes": (names[(places[item.schemes[0]] + 1) % 3],)})
        for item in TAUGHT
        if item.schemes
    ]
    assert LinearReading(moved).read("le lavoir", ()).subjects[0][0] == "haies"


def test_one_label_alone_is_always_told() -> None:
    reading = LinearReading([utterance("?", "social"), utterance("merci", "social")]).read("quel taux", ())
    assert reading == Reading(act="social")


def test_it_is_never_taught_what_it_is_measured_on() -> None:
    mine = UtteranceFile("mine", tuple(TAUGHT[:2]))
    copied = UtteranceFile("copied", (_shouted(TAUGHT[0]), TAUGHT[5]))
    assert taught_by_others([mine, copied], mine) == [TAUGHT[5]]
    assert taught_by_others([mine], mine) == []


def _shouted(item: Utterance) -> Utterance:
    return item.model_copy(update={"text": item.text.upper()})
