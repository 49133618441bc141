import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.clean import normalise, strip_furniture


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("e\u0301cole", "école"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("page 1\fpage 2", "page 1\npage 2"),
        ("l'aide d\u02bcici et l\u2018eau", "l’aide d’ici et l’eau"),
        ("'seul'", "'seul'"),
        ('le "bien vivre" ici', "le «\u00a0bien vivre\u00a0» ici"),
        ('un " seul', 'un " seul'),
        ('un "coupé\nen" deux', 'un "coupé\nen" deux'),
        ("30\u202f000\u202f€", "30\u00a0000\u00a0€"),
        ("co\u00adupé et\u200b collé\ufeff", "coupé et collé"),
        ("trois   espaces\tet fin  ", "trois espaces et fin"),
        ("son\x07nette", "son nette"),
        ("1,78 million d’euros : 30 % !", "1,78 million d’euros : 30 % !"),
        ("", ""),
    ],
)
def test_normalise(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


_RAW = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="ae\"'’\u02bc\u2018 \t\n\r\f\u00a0\u202f\u00ad\u200b\u0301\x07«»", max_size=60),
)


@example('""0""')
@given(_RAW)
def test_normalise_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_normalise_twice_changes_nothing_more_where_spaces_part_two_quotes() -> None:
    text = f'"{" " * 300}a"'
    assert normalise(normalise(text)) == normalise(text)


@given(_RAW)
def test_letters_and_figures_are_kept(text: str) -> None:
    def kept(text: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum() and c != "\u02bc")

    assert kept(normalise(text)) == kept(
        "".join(c for c in text if c not in "\u00ad\u200b\u200c\u200d\u2060\ufeff")
    )


@pytest.mark.parametrize(
    "line",
    [
        "Contenu principal de la page",
        "Contenu principal",
        "Aller au contenu principal",
        "Aller au menu",
        "Menu principal",
        "Fil d’Ariane",
        "Vous êtes ici : Accueil > Aides > Lavoirs",
        "Retour en haut de page",
        "Retour à l’accueil",
        "Tout accepter",
        "Refuser tous les cookies",
        "Gérer les cookies",
        "Nous utilisons des cookies pour mesurer l’audience de ce site.",
        "Partager cet article",
        "Imprimer la page",
        "Mentions légales",
        "Lire aussi : une autre aide",
        "© 2024 Mairie de Bellefontaine",
        "- Rechercher",
        "FERMER",
        "[Partager sur Facebook]",
    ],
)
def test_a_line_of_the_page_is_dropped(line: str) -> None:
    assert strip_furniture(f"Avant.\n{line}\nAprès.") == "Avant.\nAprès."


@pytest.mark.parametrize(
    "line",
    [
        "Le contenu principal de la page est modifié.",
        "Le menu de la cantine est aidé.",
        "Partager les frais entre communes est possible.",
        "Imprimer le dossier en deux exemplaires.",
        "La recherche est aidée.",
        "Fermer une école coûte cher.",
        "Les mentions légales doivent figurer au dossier.",
        "",
    ],
)
def test_a_sentence_that_looks_like_it_is_kept(line: str) -> None:
    assert strip_furniture(f"Avant.\n{line}\nAprès.") == f"Avant.\n{line}\nAprès."
