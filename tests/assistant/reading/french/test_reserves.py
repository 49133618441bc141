"""Words that limit what a clause says, and those that only look so."""

from __future__ import annotations

import pytest
from growth import is_linear

from assistant.reading.french.reserves import limits, limits_a_yes, opens_an_exception, with_their_limits


@pytest.mark.parametrize(
    "folded",
    [
        "jamais aides sauf en 2022",
        "nous n'avons ete aides qu'en 2022",
        "nous n'avons recu l'aide qu'en 2022",
        "pas d'aide jusqu'en 2021",
        "l'installation date d'hier",
        "pas vraiment",
        "la deuxieme tranche",
        "sous reserve du vote",
    ],
)
def test_a_limit_is_known(folded: str) -> None:
    assert limits(folded)


@pytest.mark.parametrize(
    "folded",
    ["jamais aides", "10 000 euros hors taxes", "avant tout rural", "jamais aides sauf erreur", "aprement"],
)
def test_what_limits_nothing_is_left(folded: str) -> None:
    assert not limits(folded)


def test_a_word_of_the_question_is_no_limit_of_its_answer() -> None:
    assert limits("l'etude est faite avant restauration")
    assert not limits("l'etude est faite avant restauration", "s'agit-il d'une etude avant restauration ?")


def test_a_date_takes_nothing_off_a_yes() -> None:
    assert not limits_a_yes("oui, depuis 2019")
    assert limits_a_yes("oui, depuis 2019 sauf une")


def test_a_clause_that_only_limits_is_of_all_the_others() -> None:
    assert with_their_limits(["aides", "sauf en 2022"])[0] == "aides ; sauf en 2022"
    assert with_their_limits(["la mairie demande une aide depuis longtemps", "aides"])[1] == "aides"
    assert opens_an_exception("a part la seconde")
    assert not opens_an_exception("la seconde a part")


@pytest.mark.parametrize("piece", ["n'a ", "n'", "ne a qu", "deuxieme ", "ces ", "pas ", "sauf ", "a l'"])
def test_limits_are_read_in_time_of_the_length(piece: str) -> None:
    assert is_linear(limits, lambda size: piece * size, 2000)
