# ruff: noqa: E501 - tables of wordings
"""One reader of French quantities: every way to write a number, its unit and its bound, in linear time."""

from __future__ import annotations

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Range
from assistant.reading.french.numerals import read_numerals
from assistant.reading.french.quantities import Bound, Quantity, Unit, read_quantities
from corpus.french.folding import fold

SPACES = (" ", "\u00a0", "\u202f", "\u2009", "\u2007")
MARKS = (*SPACES, ".", "'", "’", "_", "\u066c")
UNITS = {
    Unit.INHABITANT: (
        "habitants", "habitant", "hab", "hab.", "habs", "habts", "hbts", "hbt", "habitans", "habitents", "abitants",
        "habitant.e.s", "Habitants", "HABITANTS", "âmes", "administrés",
    ),
    Unit.EURO: ("€", "euros", "euro", "EUR", "d’euros", "Euros", "balles"),
    Unit.PERCENT: ("%", "pour cent", "pour-cent", "pct"),
    Unit.MINUTE: ("minutes", "min", "mn", "mins"),
    Unit.KILOMETRE: ("km", "kilomètres"),
    Unit.YEAR: ("ans", "années"),
    Unit.MONTH: ("mois",),
    Unit.M2: ("m²", "m2", "mètres carrés"),
    Unit.EMPLOYEE: ("salariés", "employés", "salariées"),
}  # fmt: skip


def one(text: str) -> Quantity:
    """The only quantity of a text."""
    (found,) = read_quantities(fold(text))
    return found


def grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


# --- how a number is written ------------------------------------------------------------------------


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("value", [1_234, 25_000, 999_999, 1_500_000, 20_000_007])
def test_thousands_are_parted_in_any_way(value: int, mark: str) -> None:
    found = one(f"nous avons {grouped(value, mark)} habitants")
    assert (found.value, found.unit, found.bound) == (value, Unit.INHABITANT, Bound.EXACTLY)


@pytest.mark.parametrize(
    ("unit", "written"), [(unit, word) for unit, words in UNITS.items() for word in words]
)
@pytest.mark.parametrize("number", ["7 500", "7500", "sept mille cinq cents", "7,5 mille"])
@pytest.mark.parametrize("glue", [" ", ""])
def test_every_unit_follows_every_number(unit: Unit, written: str, number: str, glue: str) -> None:
    if not glue and number[-1].isalpha():
        return
    found = read_quantities(fold(f"C’est {number}{glue}{written}"))
    assert [(item.value, item.unit) for item in found] == [(7500, unit)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("deux mille cinq cents", 2500),
        ("vingt-cinq mille", 25_000),
        ("mille cent", 1100),
        ("quinze cents", 1500),
        ("onze cent quatre", 1104),
        ("quatre-vingt-dix-sept", 97),
        ("quatre vingt dix sept", 97),
        ("quatre-vingts", 80),
        ("soixante et onze", 71),
        ("soixante-et-onze", 71),
        ("vingt et une", 21),
        ("cent vingt et un mille", 121_000),
        ("septante-deux", 72),
        ("nonante", 90),
        ("mille", 1000),
        ("trois cent mille", 300_000),
        ("un million deux cent mille", 1_200_000),
        ("deux millions et demi", 2_500_000),
        ("2 mille 500", 2500),
        ("25 mille", 25_000),
        ("1 million 200 000", 1_200_000),
        ("25k", 25_000),
        ("25 K", 25_000),
        ("2,5k", 2500),
        ("1.500,50", 1500.5),
        ("80 000,00", 80_000),
        ("12.5", 12.5),
        ("0,125", 0.125),
        ("٢٥٠٠", 2500),
        ("\uff12\uff15\uff10\uff10", 2500),
        ("007", 7),
    ],
)
def test_a_number_in_words_in_short_or_in_other_digits(written: str, value: float) -> None:
    (found,) = read_numerals(fold(f"il y en a {written}."))
    assert found.value == value


@pytest.mark.parametrize(
    "value", [*range(1, 130), 180, 199, 200, 999, 1000, 1001, 1999, 2080, 71_071, 999_999]
)
def test_a_number_spelled_out_has_its_value(value: int) -> None:
    (found,) = read_numerals(spelled(value))
    assert found.value == value


def spelled(value: int) -> str:
    """A whole number under a million in words, folded."""
    small = [
        "zero",
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
        "treize",
        "quatorze",
        "quinze",
        "seize",
        "dix-sept",
        "dix-huit",
        "dix-neuf",
    ]
    tens = {
        2: "vingt",
        3: "trente",
        4: "quarante",
        5: "cinquante",
        6: "soixante",
        7: "soixante",
        8: "quatre-vingt",
    }
    if value < 20:
        return small[value]
    if value < 100:
        ten = value // 10
        rest = value - 20 * (ten // 2) if ten > 6 else value % 10
        name = tens[8 if ten > 7 else ten]
        if rest == 0:
            return name + ("s" if ten == 8 else "")
        return f"{name} et {small[rest]}" if rest in {1, 11} and ten < 8 else f"{name}-{small[rest]}"
    for size, word in ((1000, "mille"), (100, "cent")):
        if value >= size:
            most, rest = divmod(value, size)
            return " ".join(
                part
                for part in ("" if most == 1 else spelled(most), word, spelled(rest) if rest else "")
                if part
            )
    raise AssertionError(value)


@pytest.mark.parametrize(
    "written",
    [
        "2 5 00", "25 00", "2 50 000 1", "1 23", "-3", "−3", "-2 500", "2,500", "80,000", "1,234,567", "2.500 000",
        "2'500.000", "12.05.2024", "12/05/2024", "24/24", "03 20 12 34 56", "deux trois mille", "mille mille",
        "vingt trente", "des milliers", "quelques centaines", "des millions", "1" * 16, "0 900", "1.2.3",
    ],
)  # fmt: skip
def test_what_is_not_one_well_formed_number_is_none(written: str) -> None:
    assert [item for item in read_quantities(fold(f"nous avons {written} habitants")) if item.unit] == []


@pytest.mark.parametrize(
    "text",
    [
        "un projet neuf", "une demande", "du matériel neuf", "le Neuf-Berquin", "CO2", "Rev3", "la phase m2un", "14h30",
        "c’est la 3ème fois", "T4", "5 habitations", "R1234",
    ],
)  # fmt: skip
def test_a_word_that_looks_like_a_number_counts_nothing(text: str) -> None:
    assert [item for item in read_quantities(fold(text)) if item.unit] == []


def test_numbers_side_by_side_are_not_run_together() -> None:
    values = [
        item.value for item in read_quantities(fold("en 2024 1 500 habitants et 3 salariés au lot 4, 2500 €"))
    ]
    assert values == [2024, 1500, 3, 4, 2500]


def test_a_digit_before_a_long_group_makes_no_number() -> None:
    assert read_quantities(fold("un lot à 4 2500 €")) == ()


@pytest.mark.parametrize("text", ["2500h", "2500 h", "on est 640h"])
def test_many_h_are_inhabitants(text: str) -> None:
    assert one(text).unit is Unit.INHABITANT


@pytest.mark.parametrize("text", ["24h/24", "35h", "ouvert 12 h"])
def test_few_h_are_hours(text: str) -> None:
    assert {item.unit for item in read_quantities(fold(text))} == {Unit.HOUR}


# --- bounds -----------------------------------------------------------------------------------------

BOUNDS = {
    Bound.UNDER: ("moins de 2 000", "inférieur à 2000", "en dessous de 2.000", "sous les 2 000", "pas tout à fait 2000"),
    Bound.AT_MOST: ("au plus 2 000", "pas plus de 2000", "maximum 2000", "jusqu’à 2 000", "ne dépasse pas 2000"),
    Bound.OVER: ("plus de 2 000", "supérieure à 2000", "au-dessus de 2 000", "on dépasse les 2 000", "au-delà de 2000"),
    Bound.AT_LEAST: ("au moins 2 000", "à partir de 2000", "minimum 2000", "pas moins de 2000"),
    Bound.ABOUT: (
        "environ 2 000", "à peu près 2000", "autour de 2000", "dans les 2 000", "près de 2 000", "quelque 2 000",
        "deux milliers d’", "presque 2000", "pas loin de 2000", "aux alentours de 2000",
    ),
    Bound.EXACTLY: ("2 000", "exactement 2000", "les 2 000", "deux mille"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("bound", "words"), [(bound, word) for bound, words in BOUNDS.items() for word in words]
)
@pytest.mark.parametrize("unit", ["habitants", "€", "km"])
def test_a_bound_before_a_value(bound: Bound, words: str, unit: str) -> None:
    found = one(f"c’est {words} {unit}".replace("’ ", "’"))
    assert (found.value, found.bound) == (2000, bound)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("2 000 habitants environ", Bound.ABOUT),
        ("2000 € au plus", Bound.AT_MOST),
        ("2000 € maximum", Bound.AT_MOST),
        ("2000 habitants et plus", Bound.AT_LEAST),
        ("2 000 km au moins", Bound.AT_LEAST),
        ("2 000 et quelques habitants", Bound.ABOUT),
    ],
)
def test_a_bound_after_a_value(text: str, bound: Bound) -> None:
    assert (one(text).value, one(text).bound) == (2000, bound)


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        ("moins de 2 000", 0, 1999),
        ("au plus 2 000", 0, 2000),
        ("plus de 2 000", 2001, float("inf")),
        ("au moins 2 000", 2000, float("inf")),
        ("environ 2 000", 1800, 2200),
        ("2 000", 2000, 2000),
        ("entre 2 000 et 3 000", 2000, 3000),
    ],
)
def test_the_values_meant(bound: str, low: float, high: float) -> None:
    assert one(f"{bound} habitants").within(1) == Range(low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("entre cent et deux cents habitants", 100, 200),
        ("entre 900 et 1 000 hab", 900, 1000),
        ("entre 80 000 € et 2 millions d’euros", 80_000, 2_000_000),
        ("comprise entre 30 et 400 m²", 30, 400),
        ("de 8 à 10 salariés", 8, 10),
        ("2 à 3 millions d’euros", 2e6, 3e6),
        ("2 ou 3 mille habitants", 2000, 3000),
        ("10-20 habitants", 10, 20),
        ("900 à 1000 hab.", 900, 1000),
    ],
)
def test_two_values_bound_one_quantity(text: str, low: float, high: float) -> None:
    assert (one(text).value, one(text).high) == (low, high)


@pytest.mark.parametrize(
    "text", ["en 2020 a 2500 habitants", "3 € et 5 €", "10 km ou 20 minutes", "300 à 200 €"]
)
def test_two_values_that_bound_nothing_stay_two(text: str) -> None:
    assert all(item.high == item.value for item in read_quantities(fold(text)))


# --- any text ---------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "mille ",
        "cent ",
        "et ",
        "-",
        "1",
        " ",
        "2 500",
        ",",
        "k",
        "€",
        "deux ",
        "plus de ",
        "'",
        "m",
        "hab",
        "/",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)))
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    folded = fold(text)
    end = 0
    for item in read_quantities(folded):
        assert end <= item.end <= len(folded)
        assert 0 <= item.start < item.end
        assert item.value <= item.high < 1e30
        end = item.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1 000 ", "1'", "1,", " ", "mille ", "mille-", "cent et ", "un ", "une centaine de ", "-1", "9k", "plus de ", "5 a ", "et demi "],
)  # fmt: skip
@pytest.mark.parametrize("end", ["", "x", "€", "habitants"])
def test_time_grows_with_the_text(piece: str, end: str) -> None:
    read = read_quantities.__wrapped__
    assert is_linear(read, lambda size: piece * (size // len(piece)) + end, 4000)
