"""Which schemes a question names, what it asks, and what it follows on from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import SmallCorpus, ask

from assistant.understand import (
    INTENT_SECTIONS,
    Intent,
    Question,
    SchemeNames,
    content_words,
    find_intents,
    understand,
)
from corpus.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="module")
def names() -> SchemeNames:
    return SchemeNames(load_catalogue().schemes)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def small(small_corpus: SmallCorpus) -> SchemeNames:
    return SchemeNames(small_corpus.catalogue.schemes)


# --- schemes named --------------------------------------------------------------------------------


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


def test_a_name_inside_a_word_is_no_name(small: SchemeNames) -> None:
    assert small.find("les écoliers et les hallebardes") == ()


@given(st.text())
def test_any_text_can_be_searched_for_names(text: str) -> None:
    assert SchemeNames(()).find(text) == ()


# --- intents --------------------------------------------------------------------------------------

WORDINGS: dict[Intent, tuple[str, ...]] = {
    Intent.HOW_MUCH: (
        "Combien la Région donne-t-elle ?",
        "Quel est le montant de l’aide ?",
        "quel montant",
        "Quel taux ?",
        "Quel est le plafond ?",
        "C’est plafonné ?",
        "Y a-t-il un plancher de dépenses ?",
        "Quel pourcentage du projet est aidé ?",
        "Quelle est l’enveloppe ?",
        "Quelle somme peut-on toucher ?",
        "Financé à hauteur de combien ?",
        "COMBIEN ON PEUT AVOIR",
        "combien coûte l’adhésion",
        "Quel tarif ?",
        "jusqu’à combien",
        "au maximum ?",
    ),
    Intent.WHEN: (
        "Quand déposer ?",
        "Jusqu’à quand ?",
        "Quelle est la date limite ?",
        "Quels sont les délais ?",
        "Est-ce encore ouvert ?",
        "L’aide est-elle encore ouverte ?",
        "Est-ce toujours possible ?",
        "Quel est le calendrier ?",
        "La prochaine campagne ?",
        "Est-ce ouvert en 2026 ?",
        "L’aide a-t-elle été reconduite ?",
        "Combien de temps dure le test ?",
        "Depuis quand existe-t-elle ?",
        "est-ce que ça existe encore",
        "est-ce que ça existe toujours",
    ),
    Intent.WHO: (
        "Qui peut en bénéficier ?",
        "Ma commune est-elle éligible ?",
        "Sommes-nous eligibles ?",
        "Quelles sont les conditions ?",
        "Quels critères ?",
        "A-t-on droit à cette aide ?",
        "C’est pour qui ?",
        "Peut-on en bénéficier ?",
        "Pouvons-nous obtenir cette aide ?",
        "Quels sont les bénéficiaires ?",
        "Y a-t-il un seuil d’habitants ?",
        "Une commune de 900 habitants peut-elle y prétendre ?",
    ),
    Intent.COVERED: (
        "Quelles dépenses sont prises en charge ?",
        "Quels travaux sont éligibles ?",
        "Que finance cette aide ?",
        "Quels projets sont soutenus ?",
        "Est-ce que ça couvre les études ?",
        "une aide pour refaire la place",
        "une subvention pour l’école",
    ),
    Intent.EXCLUDED: (
        "Quelles dépenses sont exclues ?",
        "Qu’est-ce qui n’est pas éligible ?",
        "Qu’est-ce qui n’est pas pris en charge ?",
        "Les frais non couverts : que ne couvre pas l’aide ? ce qui est exclu",
    ),
    Intent.HOW: (
        "Comment faire la demande ?",
        "Comment demander cette aide ?",
        "Comment candidater ?",
        "Où déposer le dossier ?",
        "À qui s’adresser ?",
        "Qui contacter ?",
        "Quelle est la démarche ?",
        "Quel formulaire ?",
        "Comment adhérer ?",
        "Quel est le numéro de téléphone ?",
        "sur quelle plateforme",
    ),
    Intent.EXAMPLES: (
        "Quelles communes ont reçu l’aide ?",
        "Quelles villes ont été aidées ?",
        "Donnez-moi des exemples",
        "Qui sont les lauréats ?",
        "Combien de communes ont été retenues ?",
        "Combien de projets ?",
        "Noyon a-t-elle reçu l’aide ?",
        "qui a obtenu l’aide",
    ),
    Intent.CUMULATE: (
        "Peut-on cumuler avec la DETR ?",
        "Est-ce cumulable ?",
        "Les deux aides sont-elles compatibles ?",
        "En même temps que la DSIL ?",
    ),
    Intent.DIFFERENCE: (
        "Quelle est la différence entre les deux ?",
        "En quoi diffèrent-ils, la différence ?",
        "Comment les distinguer ?",
        "le CVCB ou bien ACTes",
    ),
    Intent.WHAT: (
        "C’est quoi le CVCB ?",
        "c est quoi actes",
        "Qu’est-ce que le CVCB ?",
        "Qu'est-ce qu'une boutique à l'essai ?",
        "En quoi consiste cette aide ?",
        "À quoi sert-elle ?",
        "Que veut dire ce sigle ?",
        "Présentez-moi le dispositif",
        "Comment ça marche ?",
        "Quel est l’objectif ?",
    ),
}


@pytest.mark.parametrize(
    ("intent", "wording"), [(intent, text) for intent, texts in WORDINGS.items() for text in texts]
)
def test_wordings_of_an_intent(intent: Intent, wording: str) -> None:
    assert intent in find_intents(wording)


@pytest.mark.parametrize(
    ("wording", "intent"),
    [
        ("Combien de temps dure le test ?", Intent.HOW_MUCH),
        ("Quelles dépenses sont exclues ?", Intent.COVERED),
        ("Qui peut en bénéficier ?", Intent.HOW),
        ("Comment déposer un dossier ?", Intent.HOW_MUCH),
        ("Quel est le montant ?", Intent.WHEN),
        ("Quand ouvre la campagne ?", Intent.HOW_MUCH),
    ],
)
def test_wordings_that_are_not_that_intent(wording: str, intent: Intent) -> None:
    assert intent not in find_intents(wording)


@pytest.mark.parametrize("text", ["", "CVCB", "Bonjour", "la place du village"])
def test_a_bare_subject_asks_nothing_in_particular(text: str) -> None:
    assert find_intents(text) == frozenset()


def test_two_things_asked_are_two_intents() -> None:
    assert {Intent.HOW_MUCH, Intent.WHEN} <= find_intents("Quel est le montant, et jusqu’à quand ?")


@pytest.mark.parametrize("text", ["Quel est le PLAFOND ?", "quel est le plafond", "QUEL EST LE PLAFOND"])
def test_case_does_not_matter(text: str) -> None:
    assert Intent.HOW_MUCH in find_intents(text)


def test_every_intent_has_sections_and_wordings() -> None:
    assert set(INTENT_SECTIONS) == set(Intent) == set(WORDINGS)
    assert all(INTENT_SECTIONS.values())


def test_the_sections_asked_for_come_once_each() -> None:
    question = Question("x", "x", intents=frozenset({Intent.WHAT, Intent.COVERED}))
    assert sorted(question.sections) == sorted(set(question.sections))
    assert {"Objet", "Dépenses éligibles"} <= set(question.sections)
    assert Question("x", "x").sections == ()


@given(st.text())
def test_any_text_can_be_understood(text: str) -> None:
    assert find_intents(text) <= set(Intent)
    assert isinstance(content_words(text), str)


def test_content_words_keep_the_subject_and_drop_the_wording() -> None:
    words = content_words("Quelles communes ont reçu le CVCB en juillet 2023 ?")
    assert "cvcb" in words
    assert "juillet 2023" in words
    assert "recu" not in words


# --- conversation ---------------------------------------------------------------------------------


def test_a_first_question_is_searched_as_it_is(small: SchemeNames) -> None:
    question = understand(ask("  Quel montant pour les halles ? ").messages, small)
    assert question.text == question.search_text == "Quel montant pour les halles ?"
    assert question.schemes == ("halles",)
    assert not question.carried
    assert question.intents == {Intent.HOW_MUCH}


@pytest.mark.parametrize(
    "follow_up",
    [
        "Et le montant ?",
        "Combien ?",
        "et jusqu'à quand ?",
        "Qui peut en bénéficier ?",
        "mais combien au juste",
    ],
)
def test_a_follow_up_keeps_the_scheme_of_the_turn_before(small: SchemeNames, follow_up: str) -> None:
    question = understand(ask("C’est quoi l’aide aux halles ?", "Une aide.", follow_up).messages, small)
    assert question.schemes == ("halles",)
    assert question.carried
    assert question.text == follow_up


def test_a_scheme_is_carried_over_turns_that_name_none(small: SchemeNames) -> None:
    turns = ("L’aide aux lavoirs ?", "…", "Combien ?", "…", "Et quand ?")
    question = understand(ask(*turns).messages, small)
    assert (question.schemes, question.carried) == (("lavoirs",), True)


def test_the_latest_scheme_named_is_the_one_carried(small: SchemeNames) -> None:
    question = understand(ask("Les lavoirs ?", "…", "Les haies ?", "…", "Combien ?").messages, small)
    assert question.schemes == ("haies",)


def test_what_the_assistant_said_carries_no_scheme(small: SchemeNames) -> None:
    question = understand(ask("Bonjour", "Je connais les halles.", "Combien ?").messages, small)
    assert question.schemes == ()


def test_a_question_that_names_a_scheme_follows_on_from_nothing(small: SchemeNames) -> None:
    question = understand(ask("Les lavoirs ?", "…", "Et pour les haies ?").messages, small)
    assert (question.schemes, question.carried) == (("haies",), False)


def test_a_long_question_on_something_else_carries_nothing(small: SchemeNames) -> None:
    long = "Pouvez-vous me dire quelles aides existent pour rénover une piscine municipale cette année ?"
    question = understand(ask("Les lavoirs ?", "…", long).messages, small)
    assert (question.schemes, question.carried, question.search_text) == ((), False, long)


def test_a_follow_up_without_any_scheme_is_completed_by_the_question_before(small: SchemeNames) -> None:
    question = understand(ask("Une aide pour la piscine ?", "…", "Et combien ?").messages, small)
    assert "piscine" in question.search_text
    assert "combien" in question.search_text
    assert question.text == "Et combien ?"


def test_the_intent_of_the_turn_before_is_kept_when_the_follow_up_has_none(small: SchemeNames) -> None:
    question = understand(ask("Quel montant pour les halles ?", "…", "en 2022").messages, small)
    assert question.intents == {Intent.HOW_MUCH}


def test_the_scheme_chosen_by_the_client_goes_first(small: SchemeNames) -> None:
    question = understand(ask("Combien pour les haies ?").messages, small, "lavoirs")
    assert question.schemes == ("lavoirs", "haies")
    assert understand(ask("Combien ?").messages, small, "lavoirs").schemes == ("lavoirs",)
    assert understand(ask("Les haies ?").messages, small, "haies").schemes == ("haies",)
