"""A sum is told where the question tells its case; else the rules stand alone, and why is said."""

from __future__ import annotations

import pytest
from verdict_builders import TODAY, catalogue, commune_of, territory

from assistant.answering.told_sums import Asked, Sums, sums
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts
from assistant.messages import grants
from assistant.reading.statement import read_statement
from corpus.labels import Beneficiary


def told(scheme: str, said: str, **known: object) -> Sums:
    facts = read_statement(said, Facts(**known))  # type: ignore[arg-type]
    asked = Asked(catalogue().fiche(scheme), facts, territory(), TODAY, (said,))
    return sums(asked, CitationBook(territory()))


def amounts(found: Sums) -> list[float]:
    return sorted(estimate.amount_max for item in found.told for estimate in item.estimates)


def notes(found: Sums) -> list[str]:
    return [note.text for note in found.notes]


@pytest.mark.parametrize(
    ("scheme", "said", "due"),
    [
        ("etat-reconquete-commerce-rural", "locaux 60 000 € et matériel 20 000 €", [10_000, 10_000, 30_000]),
        ("nature-en-chemins", "bornage 3 000 € et plantation de haies 8 000 €", [2_100, 4_000]),
        ("epf-friches", "démolition 400 000 € et études 30 000 €", [24_000, 320_000]),
    ],
)
def test_costs_with_a_rate_of_their_own_are_never_summed(scheme: str, said: str, due: list[float]) -> None:
    found = amounts(told(scheme, said))
    assert [amount for amount in found if amount in due] == due
    assert not [amount for amount in found if amount not in (*due, 80_000)]


def test_costs_of_which_nothing_says_that_they_are_covered_get_no_sum() -> None:
    found = told("plan-arbres", "4 000 € de plants et 2 000 € de clôtures")
    assert amounts(found) == []
    assert found.told  # the rule stands
    assert notes(found) == [grants.NO_SUM_OF_SEVERAL]


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("culture-investissement", "rénover une médiathèque, 300 000 €"),
        ("culture-investissement", "une salle de spectacle à 400 000 €"),
        ("culture-prac", "acheter des instruments, 60 000 €"),
        ("tourisme", "un projet de 150 000 €"),
    ],
)
def test_a_rate_for_a_case_that_is_not_told_gives_no_sum(scheme: str, said: str) -> None:
    found = told(scheme, said)
    assert amounts(found) == []
    assert notes(found) == [grants.NO_SUM_CASE_UNTOLD]


def test_a_case_that_is_told_gives_its_sum_alone() -> None:
    assert amounts(told("culture-prac", "un festival de 60 000 €")) == [24_000]
    assert amounts(told("culture-investissement", "créer un cinéma, 1 800 000 €")) == [450_000]
    assert amounts(told("programme-national-ponts", "le petit pont s'effrite, 130 000 € HT")) == [78_000]
    assert amounts(told("programme-national-ponts", "un mur de soutènement, 30 000 € HT")) == [18_000]


def test_two_ceilings_for_the_case_told_are_both_told_and_said_to_be_open() -> None:
    found = told("culture-investissement", "deux salles de cinéma, en ouvrir une troisième, 200 000 €")
    assert len(found.told) == 1  # both come to the same sum
    assert notes(found) == [grants.RULES_OVERLAP]


@pytest.mark.parametrize(
    ("said", "has_sum"),
    [
        ("une extension de nos caméras, 40 000 €", False),
        ("50 000 € de caméras et 8 000 € de maintenance", False),
        ("On a revu à la baisse. Maintenant 50 000 € de caméras", True),
        ("ce n'est pas une extension, 40 000 € de caméras", True),
        ("12 caméras pour 40 000 €", True),
    ],
)
def test_what_a_fiche_excludes_gets_no_sum_and_is_quoted(said: str, has_sum: bool) -> None:
    found = told("videoprotection", said)
    assert bool(amounts(found)) is has_sum
    assert (grants.NO_SUM_FOR_EXCLUDED in notes(found)) is not has_sum


def test_running_costs_get_no_sum_where_no_source_says_that_they_are_paid() -> None:
    found = told("plan-arbres", "entretien des plantations, 6 000 €")
    assert (amounts(found), notes(found)) == ([], [grants.NO_SUM_FOR_RUNNING])


def test_a_cost_that_reaches_a_floor_is_not_above_it() -> None:
    found = told("tourisme", "tourisme de mémoire, 10 000 € TTC", beneficiary=Beneficiary.COMMUNE)
    assert set(amounts(found)) == {0.0}
    above = told("tourisme", "tourisme de mémoire, 10 001 € TTC", beneficiary=Beneficiary.COMMUNE)
    assert max(amounts(above)) > 0


def test_a_cost_under_the_floor_of_every_case_is_too_small_whichever_it_is() -> None:
    found = told("tourisme", "aménager un site de tourisme de mémoire, 8 000 €")
    assert amounts(found)
    assert not any(amounts(found))
    assert found.notes == ()
    assert all("10 000 €" in item.line.text.replace("\u00a0", " ") for item in found.told)


def test_of_several_floors_that_a_cost_is_under_the_lowest_is_told() -> None:
    found = told("patrimoine-non-protege", "un lavoir, 1 400 € de travaux", population=420)
    (alone,) = found.told
    assert "1 500 €" in alone.line.text.replace("\u00a0", " ")


def test_a_commune_too_large_has_no_rate_of_the_small_ones_and_a_list_is_told() -> None:
    large = commune_of(98_000)
    detr = told("etat-detr-dsil", "une école à 500 000 €", commune=large, beneficiary=Beneficiary.COMMUNE)
    assert amounts(detr) == []
    shop = told(
        "aide-artisans-commercants", "travaux de 20 000 €", commune=large, beneficiary=Beneficiary.COMPANY
    )
    label = catalogue().scheme("aide-artisans-commercants").label
    assert notes(shop) == [grants.sum_hangs_on_a_list(label)]


def test_metres_are_parts_of_the_kilometres_of_a_ceiling() -> None:
    assert amounts(told("velo", "800 mètres de piste pour 500 000 €")) == [136_000]
    assert amounts(told("velo", "à 800 mètres de l'école, une piste pour 500 000 €")) == [250_000]
