"""No figure, date, place or scheme without a passage: the check that stands before display."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from verifiers import catalogue, citation, verifier

from assistant.checking.verify import figures, is_verbatim, unknown_markers
from assistant.markers import markers, renumbered
from assistant.reading.french.numbers import in_digits
from assistant.reply import Citation

QUOTE = "En 2023, la Région payait jusqu’à 40 % du coût, dans la limite de 60 000 €, pour 12,5 communes."


def lacking(
    line: str, *citations: Citation, said: tuple[str, ...] = (), schemes: tuple[str, ...] = ()
) -> set[str]:
    return verifier().check(citations, said, schemes).unsupported(line)


# --- figures and markers of a text ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("aucun chiffre", set()),
        ("30 %", {"30"}),
        ("150\u00a0000\u00a0€ ou 150\u202f000 €", {"150000"}),
        ("150000 €", {"150000"}),
        ("1.000.000 €", {"1000000"}),
        ("17 088,30 €", {"17088,30"}),
        ("1,78 M€ en 2023", {"1,78", "2023"}),
        ("en 2023 148 communes", {"2023", "148"}),
        ("le 03/11/2022", {"03", "11", "2022"}),
        ("20 à 30 %, 40.", {"20", "30", "40"}),
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


def test_markers_change_their_numbers() -> None:
    assert renumbered("A [3] B [5][3]", {3: 1, 5: 2}) == "A [1] B [2][1]"
    assert renumbered("A [3] B [9]", {3: 1}) == "A [1] B "


def test_unknown_markers() -> None:
    assert unknown_markers("A [1] B [3] C [3]", (citation(1, "x"), citation(2, "y"))) == {3}
    assert unknown_markers("A", ()) == set()


@pytest.mark.parametrize(
    ("quote", "passage", "verbatim"),
    [
        ("une halle", "Voici une halle couverte.", True),
        ("une  halle", "Voici une\nhalle couverte.", True),
        ("60\u00a0000 €", "60 000 €", True),
        ("Une halle", "Voici une halle.", False),
        ("l'aide", "l’aide", False),
    ],
)
def test_verbatim_is_letter_for_letter_but_for_white_space(quote: str, passage: str, verbatim: bool) -> None:
    assert is_verbatim(quote, passage) is verbatim


# --- what a line may state ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Jusqu’à 40 % et 60 000 € [1].",
        "Jusqu’à 40 pour cent [1].",
        "Quarante pour cent, soixante mille euros [1].",
        "Une aide de 60\u202f000 euros en 2023 [1].",
        "Adressez-vous au service instructeur.",
        "",
    ],
)
def test_what_the_passage_states_may_be_said(line: str) -> None:
    assert not lacking(line, citation(1, QUOTE))


@pytest.mark.parametrize(
    "line",
    [
        "Jusqu’à 50 % [1].",
        "Jusqu’à 40 %.",
        "Jusqu’à 40 % [3].",
        "60 € [1]",
        "600 000 € [1]",
        "12 communes [1]",
        "4 % [1]",
        "40 € [1]",
        "cinquante pour cent [1]",
        "la moitié du coût [1]",
        "50 p. 100 [1]",
        "\uff15\uff10 % [1]",
        "5\u200b0 % [1]",
        "\u0665\u0660 % [1]",
        "60'001 € [1]",
        "en 2024 [1]",
        "le 3 mars 2023 [1]",
        "en mars 2023 [1]",
        "à Nieppe [1]",
        "dans l’Oise [1]",
        "le CVCB paie 40 % [1]",
    ],
)
def test_what_the_passage_does_not_state_may_not(line: str) -> None:
    assert lacking(line, citation(1, QUOTE))


def test_a_telephone_number_is_one_figure_and_not_pairs() -> None:
    held = citation(1, "Le service répond au 03 74 27 79 79.")
    assert lacking("Appelez le 03 79 27 79 79. [1]", held)


def test_each_figure_stands_in_the_citation_beside_it() -> None:
    both = (citation(1, QUOTE), citation(2, "Une halle abrite 7 marchands."))
    assert not lacking("40 % pour 7 marchands [1][2].", *both)
    assert lacking("Elle abrite 7 marchands [1].", *both) == {"7"}


def test_the_users_own_words_may_be_repeated() -> None:
    assert not lacking("Pour 900 habitants, 40 % [1].", citation(1, QUOTE), said=("on a 900 hab à nieppe",))
    assert not lacking("À Nieppe, 40 % [1].", citation(1, QUOTE), said=("on a 900 hab à nieppe",))
    assert lacking("Pour 900 habitants.", said=("on a 901 hab",))


@pytest.mark.parametrize(
    ("said", "inhabitants"),
    [
        ("on est un millier d’habitants", "1 000"),
        ("une commune de 2_500 habitants", "2 500"),
        ("on est 2500h", "2 500"),
        ("2\u066c500 hab", "2 500"),
        ("25 milliers d’habitants", "25 000"),
        ("2 mille 500 habitants", "2 500"),
    ],
)
def test_the_users_figure_may_be_repeated_however_it_was_typed(said: str, inhabitants: str) -> None:
    assert not lacking(f"Pour {inhabitants} habitants.", said=(said,))
    assert lacking("Pour 3 700 habitants.", said=(said,))


def test_a_part_of_a_malformed_figure_may_not_be_said() -> None:
    assert lacking("Pour 2 500 habitants.", said=("on est 2 5 0 00 habitants",))


def test_the_date_of_a_source_supports_but_neither_its_address_nor_its_title() -> None:
    dated = citation(1, "Une règle.", published="2021-05-04", updated="2022")
    assert not lacking("Règle du 4 mai 2021, revue en 2022 [1].", dated)
    assert lacking("Règle de 2020 [1].", dated)
    assert lacking("77 communes, 99 projets [1].", dated) == {"77 communes", "99"}


def test_the_parts_of_a_date_go_together() -> None:
    dated = citation(1, "Les dossiers se déposent du 1er avril au 30 juin 2024.")
    assert not lacking("Jusqu’au 30 juin 2024 [1].", dated)
    assert not lacking("À partir du 1er avril 2024 [1].", dated)
    assert not lacking("Jusqu’au 30/06/2024 [1].", dated)
    for line in ("Jusqu’au 30 avril 2024 [1]", "Jusqu’au 1er juin 2024 [1]", "Jusqu’au 30 juin 2025 [1]"):
        assert lacking(line, dated)


def test_a_scheme_is_that_of_the_passage_or_of_the_reply() -> None:
    cited = citation(1, "L’aide est plafonnée à 30 000 €.", "videoprotection")
    assert not lacking("Pour la « Vidéoprotection », 30 000 € au plus [1].", cited)
    assert lacking("Pour le CVCB, 30 000 € au plus [1].", cited) == {"cvcb"}
    assert not lacking("- « CVCB »", cited, schemes=("cvcb",))
    assert lacking("- « CVCB »", cited) == {"cvcb"}


def test_the_cells_of_a_table_are_checked_one_by_one() -> None:
    cited = (citation(1, "Le taux est de 40 %."), citation(2, "Le taux est de 90 %."))
    check = verifier().check(cited)
    assert not check.unsupported("Combien", "40 % [1]", "90 % [2]")
    assert check.unsupported("Combien", "90 % [1]", "40 % [2]") == {"40 %", "90 %"}
    assert check.unsupported("40 %", "90 % [1][2]") == {"40 %"}  # a cell rests on nothing of its neighbour's


def test_the_sentences_of_a_line_are_checked_one_by_one() -> None:
    cited = (citation(1, "Le taux est de 40 %."), citation(2, "Le taux est de 90 %."))
    assert not lacking("- Une aide : le taux est de 40 %. [1] Une autre : 90 %. [2]", *cited)
    assert lacking("- Une aide : le taux est de 90 %. [1] Une autre : 40 %. [2]", *cited) == {"40 %", "90 %"}
    assert not lacking("Le taux est de 40 % [1], soit 40 % du coût.", *cited)


# --- properties -----------------------------------------------------------------------------------

numbers = st.integers(10, 10**9)
spaces = st.sampled_from([" ", "\u00a0", "\u202f", "."])


def french(number: int, space: str) -> str:
    return f"{number:,}".replace(",", space)


@given(written=numbers, changed=numbers, quoted=spaces, shown=spaces)
def test_a_changed_number_is_always_caught(written: int, changed: int, quoted: str, shown: str) -> None:
    assume(written != changed)
    support = citation(1, f"La Région verse {french(written, quoted)} € à la commune.")
    assert lacking(f"Elle verse {french(changed, shown)} € [1].", support)


@given(number=numbers, quoted=spaces, shown=spaces)
def test_the_same_number_passes_however_it_is_spaced(number: int, quoted: str, shown: str) -> None:
    support = citation(1, f"La Région verse {french(number, quoted)} €.")
    assert not lacking(f"Elle verse {french(number, shown)} € [1].", support)


@given(st.text(), st.text())
def test_any_text_can_be_checked(line: str, quote: str) -> None:
    assert isinstance(lacking(line, citation(1, quote)), set)


def test_every_sentence_of_every_fiche_is_supported_by_itself() -> None:
    sentences = [(name, text) for name, fiche in catalogue().fiches.items() for text in fiche.sentences]
    assert len(sentences) > 700
    refused = [
        (text, missing)
        for name, text in sentences
        if (missing := lacking(f"{text} [1]", citation(1, text, name)))
    ]
    assert refused == []


def test_a_number_in_a_name_is_no_figure() -> None:
    assert (
        in_digits("la communaute de communes des Deux Vallees")
        == "la communaute de communes des Deux Vallees"
    )
    assert in_digits("les deux vallees") == "les 2 vallees"
    assert in_digits("Deux projets") == "2 projets"
    assert in_digits("Vingt Mille Euros") == "20000 Euros"
    assert in_digits("les Trente Communes") == "les 30 Communes"
    assert in_digits("les Trente Mois") == "les 30 Mois"
    assert in_digits("Trente Projets") == "30 Projets"
