"""French typography: each rule once, what must stay as it is, and that twice is once."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.french.typography import typeset, typography_problems

NB = "\u00a0"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        # apostrophes and quotes
        ("l'aide d'une commune", "l’aide d’une commune"),
        ('le fonds "ACTes"', f"le fonds «{NB}ACTes{NB}»"),
        ("le fonds “ACTes”", f"le fonds «{NB}ACTes{NB}»"),
        ("«ACTes» et « CVCB »", f"«{NB}ACTes{NB}» et «{NB}CVCB{NB}»"),
        # ligatures
        ("Action coeur de ville", "Action cœur de ville"),
        ("Coeur, soeur, voeu, noeud, oeuvre, chef-d'oeuvre", "Cœur, sœur, vœu, nœud, œuvre, chef-d’œuvre"),
        ("manoeuvre, oeil, oenotourisme, foetus", "manœuvre, œil, œnotourisme, fœtus"),
        ("OEUVRE, Oeuilly", "ŒUVRE, Œuilly"),
        # punctuation
        ("le taux : 30 ; le délai", f"le taux{NB}: 30{NB}; le délai"),
        ("Est-ce ouvert? Oui!", f"Est-ce ouvert{NB}? Oui{NB}!"),
        ("Le taux: 30", f"Le taux{NB}: 30"),
        ("Vraiment ?!", f"Vraiment{NB}?!"),
        ("le taux\u202f: 30", f"le taux{NB}: 30"),
        # numbers and units
        ("150 000 €, 1 234 567,50 €", f"150{NB}000{NB}€, 1{NB}234{NB}567,50{NB}€"),
        ("150000€ et 2000 habitants", f"150{NB}000{NB}€ et 2{NB}000{NB}habitants"),
        ("30% ou 12,5 %", f"30{NB}% ou 12,5{NB}%"),
        ("2 M€, 2M€, 2 M €", f"2{NB}M€, 2{NB}M€, 2{NB}M€"),
        ("60 millions d'euros", f"60{NB}millions d’euros"),
        ("150 habitants au km², 3 km, 5 ha", f"150{NB}habitants au km², 3{NB}km, 5{NB}ha"),
        ("loi n° 2024-12", f"loi n°{NB}2024-12"),
    ],
)
def test_typeset_corrects(written: str, wanted: str) -> None:
    assert typeset(written) == wanted
    assert typography_problems(written)
    assert typography_problems(wanted) == ()


@pytest.mark.parametrize(
    "text",
    [
        "La Région aide les communes. [1][2]",
        "en 2023 150 communes",  # a year, then a count: two numbers
        "à 14:30, au format 16:9",
        "https://exemple.fr/oeuvre?q=l'eau&n=1;2:3",
        "aides.hautsdefrance.fr",
        "voir www.exemple.fr/coeur?a=b!c",
        "mairie.coeur@exemple.fr",
        "Boeschepe, Coëtquidan, Oye-Plage",  # no ligature in these names
        "A16, CO2, Rev3, 1er avril, 3e phase",
        "https://exemple.fr/a%20b",
        "(?) et [!]",
    ],
)
def test_typeset_leaves_alone(text: str) -> None:
    assert typeset(text) == text
    assert typography_problems(text) == ()


def test_punctuation_after_an_address_is_that_of_the_sentence() -> None:
    text = "Voir https://exemple.fr/aide?id=1 ; puis https://exemple.fr/l'eau."
    assert typeset(text) == f"Voir https://exemple.fr/aide?id=1{NB}; puis https://exemple.fr/l'eau."


def test_a_lone_straight_quote_is_reported() -> None:
    assert typography_problems('le fonds "ACTes') == (
        "typographie (guillemets « ») : un guillemet droit est seul sur sa ligne",
    )


def test_the_problem_names_the_rule_and_shows_the_correction() -> None:
    assert typography_problems("un taux de 30 %.") == (
        f"typographie (espace insécable avant % et €) : « 30{NB}%. »",
    )


CHARACTERS = "aeoOErfdMk 0123456789:;!?%€«»\"“”'’.,()[]/-_n°\n\t\u00a0\u202f"
FRAGMENTS = (
    "oeu", "OE", "foetus", "coelia", "http://", "https://a.fr/", "www.", ".fr", "a@b.fr", "://",
    " 000", "M€", "km²", " habitants", " an",
)  # fmt: skip
PIECES = st.sampled_from([*CHARACTERS, *FRAGMENTS])


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40))
@example('"a "b" c"')
@example("1 000 000M €")
@example("« !: ?»")
def test_typeset_twice_is_typeset_once(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_is_typeset_shows_no_problem_but_a_lone_quote(text: str) -> None:
    assert [problem for problem in typography_problems(typeset(text)) if "droit" not in problem] == []
