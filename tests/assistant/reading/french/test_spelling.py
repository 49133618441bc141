"""Which words of a question are repaired, into what, and which are left as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import catalogue, gazetteer

from assistant.reading.french.learned_words import spelling_of, words_of
from assistant.reading.french.spelling import Repaired, Spelling
from corpus.french.folding import fold


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return spelling_of(catalogue())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kel aide pr le velo", "quel aide pour le velo"),
        ("kombien", "combien"),
        ("jsk a quand", "jusque a quand"),
        ("koi", "quoi"),
        ("stp", "s’il te plaît"),
        ("la renov de la salle", "la rénovation de la salle"),
        ("mon asso", "mon association"),
        ("le dossié", "le dossier"),
    ],
)
def test_forms_of_short_messages_are_spelled_out(spelling: Spelling, typed: str, read: str) -> None:
    assert spelling.repair(typed).text == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("subvansion", "subvention"),
        ("eglize", "église"),
        ("boulangri", "boulangerie"),
        ("bibliothek", "bibliothèque"),
        ("gimnase", "gymnase"),
        ("chofage", "chauffage"),
        ("isolassion", "isolation"),
        ("piste ciclable", "piste cyclable"),
        ("épiceri", "épicerie"),
        ("commerse", "commerce"),
    ],
)
def test_a_word_that_sounds_like_ours_is_repaired(spelling: Spelling, typed: str, read: str) -> None:
    assert fold(spelling.repair(typed).text) == fold(read)


@pytest.mark.parametrize("typed", ["subvntion", "sbvention", "subvenion", "subvemtion", "usbvention"])
def test_one_slip_of_a_key_is_repaired(spelling: Spelling, typed: str) -> None:
    assert fold(spelling.repair(typed).text) == "subvention"


@pytest.mark.parametrize("typed", ["cvbc", "CVBC", "cvcd"])
def test_an_acronym_with_one_slip_is_repaired(spelling: Spelling, typed: str) -> None:
    assert fold(spelling.repair(typed).text) == "cvcb"


def test_an_acronym_spelled_out_is_joined(spelling: Spelling) -> None:
    assert "DETR" in spelling.repair("d e t r c quoi").text


@pytest.mark.parametrize(
    ("typed", "read"),
    [("c koi", "c’est quoi"), ("c pour qui", "c’est pour qui"), ("l arbre", "l’arbre"), ("d eau", "d’eau")],
)
def test_what_was_cut_is_put_together(spelling: Spelling, typed: str, read: str) -> None:
    assert spelling.repair(typed).text == read


@pytest.mark.parametrize(
    "text",
    [
        "Quel est le montant de l’aide CVCB pour une commune de 1 500 habitants ?",
        "Peut-on cumuler la DETR et l’ESAL ?",
        "La gendarmerie et les pompiers",
        "une salle municipale très sale",
        "sur le pont, où est-ce ?",
        "https://www.exemple.fr/aides",
        "M. Dupont",
        "rev3",
        "12 345,67 €",
        "",
    ],
)
def test_what_is_right_is_left_as_it_is(spelling: Spelling, text: str) -> None:
    assert spelling.repair(text) == Repaired(text)


@pytest.mark.parametrize("acronym", ["SDES", "STEP", "DSDEN", "ESAT", "CPTS", "DDETS"])
def test_an_acronym_that_we_do_not_know_is_left_as_it_is(spelling: Spelling, acronym: str) -> None:
    """Its letters are mostly silent: it sounds like nothing, not like "aide" or "sept"."""
    assert spelling.repair(f"la {acronym}").text == f"la {acronym}"


def test_no_question_of_the_fiches_own_words_is_changed(spelling: Spelling) -> None:
    names = [text for scheme in catalogue().schemes for text in (scheme.name, scheme.label, *scheme.aliases)]
    unknown = [name for name in names if not all(spelling.knows(word) for word in name.split())]
    kept = [name for name in names if name not in unknown]
    changed = {name: done.text for name in kept if (done := spelling.repair(name)).changes}
    # The short forms "vidéo" and "mini" are spelled out; nothing else is touched.
    assert all("vidéo" in name.lower() or "video" in name.lower() for name in changed), changed


def test_what_is_changed_is_told_in_order(spelling: Spelling) -> None:
    done = spelling.repair("kel subvansion pour la salle")
    assert done.changes == (("kel", "quel"), ("subvansion", "subvention"))


def test_the_names_of_communes_are_kept(spelling: Spelling) -> None:
    text = "la subvansion de Subvansion"
    start = text.index("Subvansion")
    done = spelling.repair(text, [(start, len(text))])
    assert done.text == "la subvention de Subvansion"


@pytest.mark.parametrize("town", ["Ambleville", "Rouen", "Auxerre", "Chamonix", "Bourges", "Bourneville"])
def test_a_town_that_is_not_ours_does_not_become_one_of_ours(spelling: Spelling, town: str) -> None:
    """A verdict for Abbeville is no answer to the mayor of Ambleville."""
    done = spelling.repair(f"Ma commune de {town} est-elle éligible ?")
    before = {mention.text for mention in gazetteer().mentions(f"Ma commune de {town} est-elle éligible ?")}
    after = {mention.text for mention in gazetteer().mentions(done.text)}
    assert after == before


def test_a_word_is_repaired_into_the_commoner_of_two() -> None:
    spelling = words_of(["halle halle halle", "balle"]).spelling(frozenset())
    assert spelling.repair("xalle").text == "xalle"  # a first letter is seldom wrong
    spelling = words_of(["plantation plantation", "planqation"]).spelling(frozenset())
    assert spelling.repair("planxation").text == "plantation"


def test_an_index_repairs_into_names_and_short_words_too() -> None:
    counts = {"malherbe": 2, "lune": 3}
    of_index = Spelling.of_index(counts, frozenset())
    assert of_index.repair("Malehrbe sur la lunne").text == "malherbe sur la lune"
    assert of_index.repair("lnue").changes == (("lnue", "lune"),)
    of_texts = words_of(["Malherbe", "la lune"]).spelling(frozenset())
    assert of_texts.repair("Malehrbe, lnue").changes == ()


def test_a_word_of_the_lexicon_is_right() -> None:
    spelling = words_of(["lavoir"]).spelling(frozenset({"lavait"}))
    assert spelling.knows("Lavait")
    assert spelling.knows("LAVOIR")
    assert not spelling.knows("lavoyr")
    assert spelling.repair("lavait").text == "lavait"


@given(st.text())
def test_any_text_can_be_repaired(text: str) -> None:
    done = words_of(["une aide aux lavoirs"]).spelling(frozenset({"village"})).repair(text)
    assert isinstance(done.text, str)
    assert all(written != read for written, read in done.changes)


def test_repairing_twice_changes_nothing_more(spelling: Spelling) -> None:
    once = spelling.repair("kombien la subvansion pr l eglize et le gimnase").text
    assert spelling.repair(once).text == once
