import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.french.sentences import split_sentences

WHOLE = [
    "M. Martin préside la commission.",
    "Mme Petit et MM. Roux la suivent.",
    "Mme. Petit la suit.",
    "J.-P. Martin et A. B. Roux sont élus.",
    "L’art. 3 du règlement s’applique.",
    "L’art. L. 2334-32 du CGCT s’applique.",
    "Voir p. 12 du guide.",
    "Voir pp. 12 à 15 du guide.",
    "Le dossier n° 12 est complet.",
    "Le dossier n. 12 est complet.",
    "Les lots nos. 4 et 5 restent.",
    "Le coût est d’env. 12 000 €.",
    "Le plafond est de 1,78 million d’euros.",
    "Le plafond est de 3.5 millions d’euros.",
    "Le taux est de 12.5 % au plus.",
    "Le coût (cf. Annexe 2) est estimé.",
    "Écrire à la réf. ABC avant lundi.",
    "Le tél. 03 74 27 00 00 répond.",
    "Le maire de St. Omer a signé.",
    "Il a dit : « Oui ! » et il a signé.",
    "Est-ce vrai ? demande le maire.",
    "Les haies, les arbres, etc. sont aidés.",
    "Le site aides.hautsdefrance.fr reçoit les demandes.",
    "Il a hésité… puis signé.",
    "Il a hésité... puis signé.",
    "C.-à-d. Lille, Amiens et Arras.",
    "1. Objet de l’aide",
    "IV. – Montant de l’aide",
    "Sans point final",
    "Le décret du 1er janv. 2023 le dit.",
    "Le bd. Carnot est refait.",
    "Le versement, p. ex. Un acompte, suit.",
    "Elle « l’affiche à l’issue des travaux. »",
]

CUT = [
    ("Un. Deux.", ["Un.", "Deux."]),
    ("La Région aide. Elle paie 30 %.", ["La Région aide.", "Elle paie 30 %."]),
    ("Est-ce vrai ? Oui ! Bien sûr…", ["Est-ce vrai ?", "Oui !", "Bien sûr…"]),
    ("Il a dit : « Oui. » Il a signé.", ["Il a dit : « Oui. »", "Il a signé."]),
    ("Il a dit : «\u00a0Oui.\u00a0» Il a signé.", ["Il a dit : «\u00a0Oui.\u00a0»", "Il a signé."]),
    ("Il a dit “oui.” Puis il a signé.", ["Il a dit “oui.”", "Puis il a signé."]),
    ("L’aide existe (depuis 2019.) Elle dure.", ["L’aide existe (depuis 2019.)", "Elle dure."]),
    ("Coût : 1,78 million d’euros. Trois villes.", ["Coût : 1,78 million d’euros.", "Trois villes."]),
    ("Des haies, etc. Le reste est exclu.", ["Des haies, etc.", "Le reste est exclu."]),
    ("Moins de 2 000 hab. Le reste est exclu.", ["Moins de 2 000 hab.", "Le reste est exclu."]),
    ("Le taux est de 30 %. 12 communes en profitent.", ["Le taux est de 30 %.", "12 communes en profitent."]),
    ("Voir aides.hautsdefrance.fr. La page suit.", ["Voir aides.hautsdefrance.fr.", "La page suit."]),
    ("C’était en 2023. L’aide a cessé.", ["C’était en 2023.", "L’aide a cessé."]),
    ("Le plafond est de 30 000 €. Élus, lisez.", ["Le plafond est de 30 000 €.", "Élus, lisez."]),
    ("Attendez... Le dossier suit.", ["Attendez...", "Le dossier suit."]),
    ("Attendez… Œuvrez.", ["Attendez…", "Œuvrez."]),
    ("Le maire signe. « Enfin », dit-il.", ["Le maire signe.", "« Enfin », dit-il."]),
    ("Voir l’art. 3. Le maire signe.", ["Voir l’art. 3.", "Le maire signe."]),
    ("1. Objet. 2. Montant.", ["1. Objet.", "2. Montant."]),
    ("a. Les communes. Les villes.", ["a. Les communes.", "Les villes."]),
    (
        "Il hésite. «\u00a0Oui\u00a0?\u00a0» Elle part.",
        ["Il hésite.", "«\u00a0Oui\u00a0?\u00a0»", "Elle part."],
    ),
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert split_sentences(text) == [text]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole_between_two_others(text: str) -> None:
    if not text.endswith((".", "…")):
        text += "."
    assert split_sentences(f"Avant cela. {text} Après cela.") == ["Avant cela.", text, "Après cela."]


@pytest.mark.parametrize(("text", "sentences"), CUT)
def test_sentences_are_cut_where_they_end(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0"])
def test_a_blank_text_has_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


def test_white_space_is_folded_but_no_break_spaces_stay() -> None:
    assert split_sentences("La  Région\naide.\tElle paie 30\u00a0000\u00a0€.") == [
        "La Région aide.",
        "Elle paie 30\u00a0000\u00a0€.",
    ]


_PIECES = st.sampled_from(
    [
        "M.",
        "art.",
        "3",
        "Le",
        "la",
        "30 %",
        "€.",
        "!",
        "?",
        "…",
        "...",
        "«",
        "»",
        "(",
        ".)",
        "etc.",
        "J.-P.",
        "1.",
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(_PIECES, max_size=40).map(" ".join),
    st.text(alphabet="aÀ.!?…»«\"')] \u00a0\u202f\n1", max_size=80),
)


def fold(text: str) -> str:
    return " ".join(text.split())


@given(_TEXTS)
def test_nothing_is_dropped_added_or_reordered(text: str) -> None:
    assert fold(" ".join(split_sentences(text))) == fold(text)


@given(_TEXTS)
def test_sentences_have_no_space_around_them(text: str) -> None:
    assert all(sentence and sentence == sentence.strip() for sentence in split_sentences(text))


@given(_TEXTS)
def test_a_cut_stands_after_a_mark_that_ends_a_sentence(text: str) -> None:
    assert all(
        set(sentence.rstrip("»”\"')] \u00a0\u202f")[-1:]) <= set(".!?…")
        for sentence in split_sentences(text)[:-1]
    )
