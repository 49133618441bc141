"""The schemes that a text names: names, aliases, spellings, acronyms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import SmallCorpus
from verdict_builders import scheme_of

from assistant.reading.french.lexicon import official_words
from assistant.reading.names import SchemeNames
from corpus.fiches.catalogue import Catalogue, load_catalogue
from corpus.labels import Topic


@pytest.fixture(scope="module")
def names() -> SchemeNames:
    return SchemeNames(load_catalogue().schemes)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def small(small_corpus: SmallCorpus) -> SchemeNames:
    return SchemeNames(small_corpus.catalogue.schemes)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("C’est quoi le CVCB ?", "cvcb"),
        ("cvcb", "cvcb"),
        ("l'aide CVCB, c'est combien", "cvcb"),
        ("La redynamisation du centre-bourg", "cvcb"),
        ("redynamisation du centre bourg", "cvcb"),
        ("nous voulons revitaliser le centre-bourg", "cvcb"),
        ("le fonds ACTes", "actes"),
        ("Aides aux communes et aux territoires", "actes"),
        ("la politique territoriale de la Région", "actes"),
        ("appui aux projets structurants", "actes-projets-structurants"),
        ("un projet structurant", "actes-projets-structurants"),
        ("fonds d’appui aux projets locaux", "actes-projets-locaux"),
        ("fonds d'appui aux projets locaux", "actes-projets-locaux"),
        ("une boutique à l’essai", "boutiques-a-lessai"),
        ("une boutique a l'essai", "boutiques-a-lessai"),
        ("LES BOUTIQUES À L’ESSAI", "boutiques-a-lessai"),
        ("Ma Boutique à l’essai", "boutiques-a-lessai"),
        ("nous avons des locaux vides", "boutiques-a-lessai"),
        ("Oh la belle ville", "oh-la-belle-ville"),
        ("OhLaBelleVille", "oh-la-belle-ville"),
        ("le dernier commerce", "dernier-commerce"),
        ("les derniers commerces", "dernier-commerce"),
        ("garder la boulangerie", "dernier-commerce"),
        ("l’épicerie du village", "dernier-commerce"),
        ("la vidéoprotection", "videoprotection"),
        ("video protection", "videoprotection"),
        ("vidéo-surveillance", "videoprotection"),
        ("une caméra", "videoprotection"),
        ("des cameras", "videoprotection"),
    ],
)
def test_names_aliases_plurals_and_spellings_are_found(names: SchemeNames, text: str, scheme: str) -> None:
    assert names.find(text) == (scheme,)


def test_every_scheme_is_found_by_its_names_and_aliases(names: SchemeNames, catalogue: Catalogue) -> None:
    missed = [
        (scheme.id, name)
        for scheme in catalogue.schemes
        for name in (scheme.name, scheme.label, *scheme.aliases)
        if scheme.id not in names.find(f"Bonjour, {name} ?")
    ]
    assert not missed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "Quel temps fera-t-il demain ?",
        "Nos actions pour la jeunesse",
        "le village est beau",
        "quelle heure est-il",
    ],
)
def test_a_text_without_a_name_names_nothing(names: SchemeNames, text: str) -> None:
    assert names.find(text) == ()


def test_the_longest_name_takes_the_place(names: SchemeNames) -> None:
    assert names.find("ACTes projets structurants") == ("actes-projets-structurants",)
    assert names.find("ACTes projets locaux") == ("actes-projets-locaux",)


def test_several_schemes_come_in_order_of_mention(names: SchemeNames) -> None:
    assert names.find("entre la vidéoprotection et le CVCB") == ("videoprotection", "cvcb")
    assert names.find("le CVCB, la vidéoprotection, le CVCB") == ("cvcb", "videoprotection")


def test_a_word_of_a_need_is_no_name_of_its_own(names: SchemeNames) -> None:
    need = "Quelles aides pour rouvrir un multiservices ?"
    assert names.firm(need)
    assert not names.proper(need)
    assert names.proper("Quelles aides du CVCB pour un multiservices ?") == {"cvcb"}


def test_a_name_inside_a_word_is_no_name(small: SchemeNames) -> None:
    assert small.find("les écoliers et les hallebardes") == ()


@given(st.text())
def test_any_text_can_be_searched_for_names(text: str) -> None:
    assert SchemeNames(()).find(text) == ()


@pytest.fixture(scope="module")
def acronyms() -> SchemeNames:
    schemes = [
        scheme_of(scheme_id=name.lower()).model_copy(
            update={"name": f"Le programme {name} complet", "aliases": (name, f"label {name}")}
        )
        for name in ("SAGE", "KZW", "E2")
    ]
    return SchemeNames(schemes, frozenset({"sage"}))


@pytest.mark.parametrize("text", ["le SAGE", "Notre SAGE est-il prêt ?", "le label sage", "le label SAGE"])
def test_an_acronym_that_is_a_word_is_a_name_in_capitals_or_in_its_phrase(
    acronyms: SchemeNames, text: str
) -> None:
    assert acronyms.find(text) == ("sage",)


@pytest.mark.parametrize("text", ["le maire est sage", "Sage décision", "les sages du village"])
def test_an_acronym_that_is_a_word_is_a_word_in_small_letters(acronyms: SchemeNames, text: str) -> None:
    assert acronyms.find(text) == ()


@pytest.mark.parametrize("text", ["le KZW", "le kzw", "Kzw"])
def test_an_acronym_that_is_no_word_is_a_name_however_it_is_written(acronyms: SchemeNames, text: str) -> None:
    assert acronyms.find(text) == ("kzw",)


def test_an_acronym_of_two_letters_needs_capitals(acronyms: SchemeNames) -> None:
    assert acronyms.find("le E2") == ("e2",)
    assert acronyms.find("le e2") == ()


@pytest.mark.parametrize(
    ("text", "mine"),
    [
        ("C’est quoi Mon commerce d’ici ?", "mon commerce"),
        ("Comment s’inscrire à Ma Boutique à l’essai ?", "ma boutique"),
        ("MON CENTRE-BOURG A UN INCROYABLE COMMERCE", "mon centre"),
    ],
)
def test_the_names_of_schemes_that_begin_with_mine_are_masked(
    names: SchemeNames, text: str, mine: str
) -> None:
    """The asker has no shop: "ma boutique" is the name of the scheme."""
    assert mine not in names.masked(text)


def test_other_words_that_begin_with_mine_are_kept(names: SchemeNames) -> None:
    assert names.masked("Ma commune est petite") == "ma commune est petite"


def test_the_topics_of_schemes(small: SchemeNames) -> None:
    assert small.topics_of(("haies", "lavoirs")) == {Topic.TREES, Topic.HERITAGE}
    assert small.topics_of(("inconnu",)) == small.topics_of(()) == frozenset()


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("C’est quoi le CVCB ?", {"cvcb"}),
        ("le fonds ACTes des villages", {"actes"}),
        ("les actes du colloque", set()),
        ("LES ACTES DU COLLOQUE", set()),
        ("Petites villes de demain ou pas ?", {"etat-pvd"}),
        ("des caméras devant la mairie", set()),
        ("", set()),
    ],
)
def test_an_acronym_or_a_full_name_is_surely_meant_an_ordinary_word_is_not(text: str, firm: set[str]) -> None:
    assert SchemeNames(load_catalogue().schemes, official_words()).firm(text) == firm


def test_a_name_of_its_own_calls_a_scheme_and_a_word_of_a_need_does_not() -> None:
    found = SchemeNames(
        load_catalogue().schemes, frozenset({"plan", "arbres", "étude", "préalable", "caméras"})
    )
    text = "fipd et plan arbres, caméras et étude préalable"
    assert found.called(text) == {"fipd-videoprotection", "plan-arbres"}
    assert set(found.find(text)) > found.called(text)


def test_a_text_is_told_without_the_names_of_some_schemes(names: SchemeNames) -> None:
    text = "Peut-on déposer un dossier DETR pour des caméras ?"
    assert names.without(text, {"depot-et-contacts"}) == "Peut-on   DETR pour des caméras ?"
    assert names.without(text, {"etat-detr-dsil"}) == "Peut-on déposer un dossier   pour des caméras ?"
    assert names.without(text, ()) == text


def test_names_of_their_own_are_told_with_their_places(names: SchemeNames) -> None:
    text = "Des arbres sans le Plan Arbres, ni DETR"
    told = [(text[item.start : item.end], item.schemes) for item in names.named(text)]
    assert told == [("Plan Arbres", {"plan-arbres"}), ("DETR", {"etat-detr-dsil"})]
