"""What a message asks, from a reading and from its words."""

from __future__ import annotations

import pytest
from acts_builders import reading

from assistant.reading.acts import ReadAct
from assistant.reading.asked_intents import (
    POSSIBLE_OUTSIDE,
    as_few_words_say,
    aspects_of,
    intents_of,
    likelihood,
)
from assistant.reading.intents import Intent

NONE: frozenset[Intent] = frozenset()


@pytest.mark.parametrize(
    ("read", "intent"),
    [
        (reading("find_schemes"), Intent.LIST),
        (reading("commune_overview"), Intent.LIST),
        (reading("combine"), Intent.CUMULATE),
        (reading("check_eligibility"), Intent.ELIGIBLE),
        (reading("commune_record"), Intent.EXAMPLES),
        (reading(amount=1.0), Intent.HOW_MUCH),
        (reading(when=0.5, delay=0.5), Intent.WHEN),
        (reading(who=1.0), Intent.WHO),
    ],
)
def test_what_is_surely_read_is_asked_whatever_the_words(read: ReadAct, intent: Intent) -> None:
    assert intent in intents_of(read, NONE)


def test_words_tell_nothing_that_the_reader_is_sure_is_not_asked() -> None:
    # "Quel est le nombre maximum d’habitants ?" holds a word of amounts and asks for none.
    assert intents_of(reading(who=1.0), frozenset({Intent.HOW_MUCH})) == {Intent.WHO}


def test_words_decide_where_the_reader_doubts() -> None:
    doubts = reading(who=0.5, amount=0.5)
    assert intents_of(doubts, frozenset({Intent.HOW_MUCH})) == {Intent.HOW_MUCH}
    assert intents_of(doubts, NONE) == NONE


def test_what_is_likely_is_asked_where_no_word_tells_anything() -> None:
    likely = reading(how=0.7, what=0.3)
    assert intents_of(likely, NONE) == {Intent.HOW}
    assert intents_of(likely, frozenset({Intent.COUNT})) == {Intent.COUNT}


def test_a_town_told_in_reply_asks_nothing_however_likely_it_sounds() -> None:
    assert intents_of(reading("give_fact", how=0.8, what=0.2), NONE) == NONE


def test_an_amount_asked_in_a_clause_alone_is_asked() -> None:
    # "Peut-on demander le PRAC, et combien au maximum ?" reads as a whole as asking who may.
    whole = reading("check_eligibility", who=1.0, clauses=(reading(who=1.0), reading(amount=1.0)))
    assert Intent.HOW_MUCH in intents_of(whole, frozenset({Intent.HOW_MUCH}))
    assert Intent.HOW_MUCH not in intents_of(whole, NONE)


def test_a_message_that_asks_nothing_of_a_scheme_asks_no_aspect() -> None:
    assert likelihood(Intent.HOW_MUCH, reading("social", amount=1.0)) == 0.0


def test_what_nothing_read_goes_by_its_words() -> None:
    assert intents_of(None, frozenset({Intent.COUNT})) == {Intent.COUNT}


def test_what_the_reader_does_not_know_goes_by_its_words() -> None:
    assert Intent.COUNT in intents_of(reading(who=1.0), frozenset({Intent.COUNT}))


def test_the_aspects_of_a_heading_are_told_as_intents() -> None:
    told = aspects_of(reading(when=0.25, delay=0.25, amount=0.5))
    assert told[Intent.WHEN] == told[Intent.HOW_MUCH] == pytest.approx(0.5)
    assert told[Intent.WHO] == 0.0


def test_a_few_words_that_tell_one_aspect_are_read_as_they_say() -> None:
    read = as_few_words_say(reading("contact", contact=1.0), "Pour qui ?", frozenset({Intent.WHO}))
    assert (read.act, read.aspect) == ("ask_scheme", "who")
    assert read.acts["ask_scheme"] == read.aspects["who"] == 1.0


@pytest.mark.parametrize(
    ("text", "by_words"),
    [
        ("À qui faut-il écrire pour ça ?", frozenset({Intent.WHO})),
        ("Pour qui, combien ?", frozenset({Intent.WHO, Intent.HOW_MUCH})),
        ("Une liste ?", frozenset({Intent.LIST})),
        ("Où ça ?", NONE),
    ],
)
def test_others_stay_as_they_are_read(text: str, by_words: frozenset[Intent]) -> None:
    read = reading(contact=1.0)
    assert as_few_words_say(read, text, by_words) == read
    outside = reading("out_of_scope")
    assert outside.outside >= POSSIBLE_OUTSIDE
    assert as_few_words_say(outside, "Pour qui ?", frozenset({Intent.WHO})) == outside
