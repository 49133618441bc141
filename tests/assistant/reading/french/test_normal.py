# ruff: noqa: E501 - tables of wordings
"""Plain form of a message: what pasting and sending did to it is undone, French is left as it is."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import catalogue

from assistant.reading.french.lexicon import french_lexicon
from assistant.reading.french.line_ends import joined_lines
from assistant.reading.french.normal import LONGEST, collapsed, composed, normal, without_invisible
from corpus.french.folding import fold
from corpus.french.wrappings import without_entities, without_mojibake, without_percent_encoding

FRENCH = [
    "vidéoprotection", "L’école de Béthune", "où ça ? là-bas", "cœur de ville", "œuvre et ex æquo", "maïs, Noël, aigüe",
    "ÉCOLE À RÉNOVER", "« Petites villes de demain »", "à 30 % de 2 500 € — soit 750 €", "Hénin-Beaumont", "ÇA, C’EST ÊTRE ÎLE",
]  # fmt: skip
WORDS = french_lexicon()


def knows(word: str) -> bool:
    return fold(word) in WORDS


def plain(text: str) -> str:
    return normal(text, knows)


# --- what a text is wrapped in ------------------------------------------------------------------------


def seen_as(text: str, encoding: str) -> str:
    """UTF-8 read in another encoding, a byte without a meaning there kept as it is."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("text", FRENCH)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_utf8_read_as_another_encoding(text: str, encoding: str, form) -> None:
    assert plain(seen_as(unicodedata.normalize(form, text), encoding)) == plain(text)


@pytest.mark.parametrize("text", FRENCH)
def test_utf8_read_wrong_twice(text: str) -> None:
    assert plain(seen_as(seen_as(text, "cp1252"), "cp1252")) == plain(text)


def test_a_part_read_wrong_in_a_text_that_is_right() -> None:
    assert plain("vidÃ©oprotection à Béthune, dÃ©jÃ  demandée, Ã  la Région") == (
        "vidéoprotection à Béthune, déjà demandée, à la Région"
    )
    assert without_mojibake("l\x92\xe9cole \x9coui\x94") == "l’école œoui”"
    assert without_mojibake("vid\ufffdoprotection, la r\ufffdgion") == "vidéoprotection, la région"


@pytest.mark.parametrize("text", FRENCH)
@pytest.mark.parametrize("form", ["&#{};", "&#x{:x};", "&#X{:X};"])
def test_characters_written_as_numbers(text: str, form: str) -> None:
    assert plain("".join(char if char.isascii() else form.format(ord(char)) for char in text)) == plain(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("vid&eacute;oprotection", "vidéoprotection"),
        ("l&rsquo;&Eacute;tat&nbsp;: &agrave; 50&nbsp;%", "l’État\u00a0: à 50\u00a0%"),
        ("c&oelig;ur &amp; bourg", "cœur & bourg"),
        ("&amp;eacute;cole", "école"),
        ("l&#39;aide &lt;ici&gt;", "l'aide <ici>"),
        ("R&D et H&M", "R&D et H&M"),
        ("&inconnu; &#0; &#xD800; &#99999999;", "&inconnu; &#0; &#xD800; &#99999999;"),
    ],
)
def test_html_entities(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize("text", FRENCH)
def test_letters_percent_encoded(text: str) -> None:
    kept = "".join(chr(code) for code in range(0x80))
    for written in (quote(text, safe=kept), quote(text, safe=kept).replace("%C3", "%c3")):
        assert without_percent_encoding(written) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("vid%E9oprotection", "vidéoprotection"),
        ("les cr%e9%e9es", "les créées"),
        ("%EAtes-vous s%FBrs", "êtes-vous sûrs"),
        ("une aide %E0 Nieppe", "une aide à Nieppe"),
        ("la%20com%20d%27Arras%20%E0%20c%F4t%E9", "la com d'Arras à côté"),
        ("%C0 Soupir", "À Soupir"),
        ("l%92%E9glise", "l’église"),
        ("B%C3%A9thune et B%E9thune", "Béthune et Béthune"),
    ],
)
def test_letters_percent_encoded_in_latin_1(written: str, read: str) -> None:
    assert without_percent_encoding(written) == read


def test_an_address_bar_pasted() -> None:
    assert plain("aide%20pour%20la%20vid%C3%A9oprotection") == "aide pour la vidéoprotection"


@pytest.mark.parametrize(
    "text",
    [
        "30%20",
        "100 % 2024",
        "à 50%A",
        "%C3%C3",
        "%E9",
        "20%25",
        "%41%42",
        "30%20 ou 40%20",
        "C%C3%28",
        "80%et",
        "30 %EA",
        "50%ecole",
    ],
)
def test_percents_that_encode_nothing(text: str) -> None:
    assert without_percent_encoding(text) == text


# --- letters and marks --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FRENCH)
def test_decomposed_letters(text: str) -> None:
    for form in ("NFD", "NFKD"):
        assert plain(unicodedata.normalize(form, text.replace("\u00a0", " "))) == plain(
            text.replace("\u00a0", " ")
        )
    one = unicodedata.normalize("NFD", text[:4]) + text[4:]
    assert composed(one) == text


def test_forms_that_only_look_different() -> None:
    assert composed("\ufb01nancement, \ufb02eur, a\ufb00ectation, \uff26onds, 1ᵉʳ avril") == (
        "financement, fleur, affectation, Fonds, 1er avril"
    )
    assert composed("30 m², ½ et 2 500 €") == "30 m², ½ et 2 500 €"


INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069\ufeff\u00ad\u180e\x00\x08\x1b\ufe0f"
)


@pytest.mark.parametrize("mark", INVISIBLE)
def test_what_shows_nothing_goes(mark: str) -> None:
    assert (
        plain(f"Com{mark}bien{mark} pour la vidéo{mark}protection ?") == "Combien pour la vidéoprotection ?"
    )
    assert plain(f"vide{mark}\u0301oprotection") == "vidéoprotection"
    assert without_invisible(f"a\n\t{mark}b") == "a\n\tb"


def test_white_space_is_one_space_or_one_line() -> None:
    assert collapsed("  a  b\t c\u00a0 d \n\n e\u00a0f ") == "a b c d\ne\u00a0f"
    assert plain("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"


# --- words cut where a line ends ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("vidéoprotec-\ntion", "vidéoprotection"), ("éligi-\nbilité", "éligibilité"), ("équipe-\nment", "équipement"),
        ("finan-\r\ncement", "financement"), ("com-  \n  mune", "commune"), ("sub\u2010\nvention", "subvention"),
        ("VIDÉOPROTEC-\nTION", "VIDÉOPROTECTION"), ("rénova\u00ad\ntion", "rénovation"), ("rénova\x02\ntion", "rénovation"),
        ("inter-\ncommunalité", "intercommunalité"), ("média-\nthèque", "médiathèque"), ("co-\nfinancement", "cofinancement"),
        ("Saint-\nOmer", "Saint-Omer"), ("rendez-\nvous", "rendez-vous"), ("centre-\nville", "centre-ville"),
        ("Boulogne-\nsur-\nMer", "Boulogne-sur-Mer"), ("y a-t-\nil", "y a-t-il"), ("peut-\nelle", "peut-elle"),
        ("celui-\nci", "celui-ci"), ("au-\ndessus", "au-dessus"), ("Hauts-\nde-France", "Hauts-de-France"),
        ("Villeneuve-\nd’Ascq", "Villeneuve-d’Ascq"), ("sous-\npréfecture", "sous-préfecture"),
        ("2023-\n2024", "2023-\n2024"), ("les aides :\n- une\n- deux", "les aides :\n- une\n- deux"), ("oui -\nnon", "oui -\nnon"),
    ],
)  # fmt: skip
def test_a_word_cut_at_a_line_end(cut: str, whole: str) -> None:
    assert plain(cut) == whole


# --- any text -----------------------------------------------------------------------------------------

NASTY = st.lists(
    st.sampled_from(
        [
            *("&", "amp;", "&eacute;", "&shy;", "#233;", "%C3", "%A9", "%20", "Ã", "©", "Â", "â€", "™", "\x92", "\x85"),
            *("\u00ad", "\u200b", "-\n", "\n", " ", "\u00a0", "\t", "e", "\u0301", "\ufb01", "\uff06", "\ufffd", "é", "tion", "A"),
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(NASTY, st.text(max_size=60)))
def test_doing_it_again_changes_nothing(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert len(once) <= LONGEST * len(text)
    assert unicodedata.is_normalized("NFC", once)


def test_the_fiches_and_their_questions_are_left_as_they_are() -> None:
    read = [
        text
        for fiche in catalogue().fiches.values()
        for text in (*(s.text for _, s in fiche.as_document.sentences()), *(q.text for q in fiche.asked))
    ]
    assert len(read) > 1000
    assert [text for text in read if plain(text) != " ".join(text.split(" ")).strip()] == []


@pytest.mark.parametrize(
    "piece",
    ["&", "&amp;", "&#", "%C3", "%", "Ã", "Ã©", "â€", "-\n", "a-\n", "\n", " ", "\u00ad", "\u0301", "e\u0301", "a", "\ufffd", "\u200b"],
)  # fmt: skip
def test_time_grows_with_the_text(piece: str) -> None:
    assert is_linear(
        lambda text: normal(text, lambda _: False), lambda size: piece * (size // len(piece)), 4000
    )


def test_steps_leave_ascii_alone() -> None:
    text = "Combien pour 30 m2 ?"
    assert (
        without_entities(text)
        == without_mojibake(text)
        == composed(text)
        == joined_lines(text, knows)
        == text
    )
