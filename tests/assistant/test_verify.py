"""No figure without a passage: the check that stands before display."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.reply import Citation, CitedSource
from assistant.verify import figures, is_verbatim, markers, unknown_markers, unsupported

QUOTE = "En 2023, la Région payait jusqu’à 40 % du coût, dans la limite de 60 000 €, pour 12,5 communes."


def citation(n: int, quote: str = QUOTE, **source: str) -> Citation:
    return Citation(
        n=n,
        scheme_id="halles",
        scheme_name="Aide aux halles des communes de moins de 5 000 habitants",
        document_id="fiche:halles",
        section="Montant",
        quote=quote,
        sources=(CitedSource(title="Page 77", url="https://example.org/99", **source),),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("aucun chiffre", set()),
        ("30 %", {"30"}),
        ("150 000 €", {"150000"}),
        ("150\u00a0000\u00a0€ ou 150\u202f000 €", {"150000"}),
        ("150000 €", {"150000"}),
        ("1 000 000 €", {"1000000"}),
        ("1.000.000 €", {"1000000"}),
        ("17 088,30 €", {"17088,30"}),
        ("1,78 M€ en 2023", {"1,78", "2023"}),
        ("12 345 678 et 9", {"12345678", "9"}),
        ("en 2023 148 communes", {"2023", "148"}),
        ("de 3 à 10 000", {"3", "10000"}),
        ("le 03/11/2022", {"03", "11", "2022"}),
        ("0,5", {"0,5"}),
        ("20 à 30 %, 40.", {"20", "30", "40"}),
        ("CO2", {"2"}),
        ("soit 40 % [1][12]", {"40"}),
        ("[3] 3 communes", {"3"}),
    ],
)
def test_figures_of_a_text(text: str, found: set[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("", []), ("A [1]. B [2][1]", [1, 2, 1]), ("[x] [ 1] [1234] 1]", []), ("a [12]", [12])],
)
def test_markers_of_a_text(text: str, found: list[int]) -> None:
    assert markers(text) == found


def test_a_figure_is_supported_by_the_citation_beside_it() -> None:
    citations = (citation(1), citation(2, "Une halle abrite 7 marchands."))
    assert not unsupported("Jusqu’à 40 % et 60 000 € [1].", citations)
    assert not unsupported("Elle abrite 7 marchands [2].", citations)
    assert not unsupported("40 % pour 7 marchands [1][2].", citations)
    assert unsupported("Elle abrite 7 marchands [1].", citations) == {"7"}


def test_a_figure_without_a_marker_is_unsupported() -> None:
    assert unsupported("Jusqu’à 40 %.", (citation(1),)) == {"40"}
    assert unsupported("Jusqu’à 40 % [3].", (citation(1),)) == {"40"}
    assert unsupported("Jusqu’à 40 % [1].", ()) == {"40"}


def test_a_line_without_a_figure_needs_nothing() -> None:
    assert not unsupported("Adressez-vous au service instructeur.", ())


def test_the_users_own_figures_may_be_repeated() -> None:
    assert not unsupported("Pour 900 habitants, 40 % [1].", (citation(1),), ("on a 900 hab",))
    assert unsupported("Pour 900 habitants.", (), ("on a 901 hab",)) == {"900"}


def test_the_date_of_a_source_and_the_name_of_the_scheme_support() -> None:
    dated = (citation(1, "Une règle.", published="2021-05-04", updated="2022"),)
    assert not unsupported("Règle de 2021, revue en 2022 [1].", dated)
    assert not unsupported("Moins de 5 000 habitants [1].", dated)
    assert unsupported("Règle de 2020 [1].", dated) == {"2020"}


def test_the_address_and_the_title_of_a_source_support_nothing() -> None:
    assert unsupported("77 communes, 99 projets [1].", (citation(1),)) == {"77", "99"}


def test_part_of_a_figure_is_not_that_figure() -> None:
    assert unsupported("60 € [1]", (citation(1),)) == {"60"}
    assert unsupported("000 € [1]", (citation(1),)) == {"000"}
    assert unsupported("600 000 € [1]", (citation(1),)) == {"600000"}
    assert unsupported("12 communes [1]", (citation(1),)) == {"12"}
    assert unsupported("4 % [1]", (citation(1),)) == {"4"}


def french(number: int, space: str) -> str:
    return f"{number:,}".replace(",", space)


numbers = st.integers(0, 10**9)
spaces = st.sampled_from([" ", "\u00a0", "\u202f", "."])


@given(written=numbers, changed=numbers, quoted=spaces, shown=spaces)
def test_a_changed_number_is_always_caught(written: int, changed: int, quoted: str, shown: str) -> None:
    assume(written != changed)
    support = (citation(1, f"La Région verse {french(written, quoted)} € à la commune."),)
    assume(french(changed, "") != "5000")  # in the scheme's name
    assert unsupported(f"Elle verse {french(changed, shown)} € [1].", support) == {str(changed)}


@given(number=numbers, quoted=spaces, shown=spaces)
def test_the_same_number_passes_however_it_is_spaced(number: int, quoted: str, shown: str) -> None:
    support = (citation(1, f"La Région verse {french(number, quoted)} €."),)
    assert not unsupported(f"Elle verse {french(number, shown)} € [1].", support)


@given(st.data())
def test_one_digit_changed_in_a_real_sentence_is_caught(data: st.DataObject) -> None:
    line = f"{QUOTE} [1]"
    places = [place for place, char in enumerate(QUOTE) if char.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != line[place])
    assert unsupported(line[:place] + digit + line[place + 1 :], (citation(1),))
    assert not unsupported(line, (citation(1),))


@given(st.text(), st.text())
def test_any_text_can_be_checked(line: str, quote: str) -> None:
    assert unsupported(line, (citation(1, quote),)) <= figures(line)


def test_unknown_markers() -> None:
    assert unknown_markers("A [1] B [3] C [3]", (citation(1), citation(2))) == {3}
    assert unknown_markers("A", ()) == set()


@pytest.mark.parametrize(
    ("quote", "passage", "verbatim"),
    [
        ("une halle", "Voici une halle couverte.", True),
        ("une  halle", "Voici une\nhalle couverte.", True),
        ("60\u00a0000 €", "60 000 €", True),
        ("Une halle", "Voici une halle.", False),
        ("une halle ouverte", "Voici une halle couverte.", False),
        ("l'aide", "l’aide", False),
    ],
)
def test_verbatim_is_letter_for_letter_but_for_white_space(quote: str, passage: str, verbatim: bool) -> None:
    assert is_verbatim(quote, passage) is verbatim
