"""Texts compared by the terms they share: cosine of tf-idf, a rare term counting more."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.rare_terms import RareTerms, count_terms, pieces

TEXTS = (["halle", "toit", "toit"], ["halle", "prix"], ["lavoir"], [])
WORDS = st.lists(st.sampled_from(["halle", "toit", "prix", "lavoir", "inconnu"]), max_size=6)


def _plainly(known: list[list[str]], text: list[str]) -> list[float]:
    """The same likeness, written as its definition says."""
    rarity = {
        term: 1 + log((1 + len(known)) / (1 + sum(term in other for other in known)))
        for term in {term for other in known for term in other}
    }

    def weighed(terms: list[str]) -> dict[str, float]:
        found = {term: (1 + log(terms.count(term))) * rarity[term] for term in set(terms) if term in rarity}
        norm = sqrt(sum(weight**2 for weight in found.values())) or 1.0
        return {term: weight / norm for term, weight in found.items()}

    new = weighed(text)
    return [sum(new.get(term, 0.0) * weight for term, weight in weighed(other).items()) for other in known]


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS)
def test_likeness_is_what_its_definition_says(known: list[list[str]], text: list[str]) -> None:
    counts = count_terms(known)
    found = RareTerms(counts).likeness(*counts.counted(text))
    assert found.tolist() == pytest.approx(_plainly(known, text))


@given(st.lists(WORDS, min_size=2, max_size=6), WORDS, st.data())
def test_what_is_rare_among_some_texts_is_rare_there(
    known: list[list[str]], text: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(known) - 1))
    past = data.draw(st.integers(first + 1, len(known)))
    counts = count_terms(known)
    found = RareTerms(counts, slice(first, past)).likeness(*counts.counted(text))
    assert found.tolist() == pytest.approx(_plainly(known[first:past], text))


def test_a_text_is_wholly_like_itself_and_not_like_those_without_its_words() -> None:
    counts = count_terms(TEXTS)
    found = RareTerms(counts).likeness(*counts.counted(["toit", "halle", "toit"]))
    assert found[0] == pytest.approx(1.0)
    assert 0 < found[1] < 1
    assert found[2:].tolist() == [0.0, 0.0]


def test_no_text_and_no_term_are_like_nothing() -> None:
    assert RareTerms(count_terms([])).likeness(*count_terms([]).counted(["halle"])).shape == (0,)
    counts = count_terms([[], []])
    assert np.array_equal(RareTerms(counts).likeness(*counts.counted(["halle"])), np.zeros(2))
    assert len(RareTerms(counts)) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("à", [" a "]),
        ("Dé", [" de", "de ", " de "]),
        ("eau à", [" ea", "eau", "au ", " eau", "eau ", " eau ", " a "]),
    ],
)
def test_pieces_are_runs_of_letters_within_words(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected
