"""A rate and a ceiling in a few words: those of the present rule, with the sentence that states them."""

from __future__ import annotations

from assistant.eligibility.amount_words import amount_words
from corpus.fiches.catalogue import load_catalogue


def test_an_amount_comes_with_the_sentence_that_states_it() -> None:
    told = amount_words(load_catalogue().fiche("videoprotection"))
    assert told is not None
    assert told.text == "30\u00a0%, 30\u00a0000\u00a0€ au plus"
    assert "30\u00a0000\u00a0€" in told.sentence.text


def test_an_older_version_tells_none() -> None:
    assert amount_words(load_catalogue().fiche("patrimoine-non-protege")) is None
