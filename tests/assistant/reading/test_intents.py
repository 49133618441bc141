"""What a text asks about, told by classes of wording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.intents import INTENT_SECTIONS, Intent, content_words, find_intents

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
    Intent.ELIGIBLE: (
        "Sommes-nous éligibles ?",
        "Notre village a-t-il droit à cette aide ?",
        "Pourrions-nous obtenir ce soutien ?",
        "Est-ce que mon association peut déposer un dossier ?",
        "Ma commune de 700 habitants peut-elle y prétendre ?",
        "Rentrons-nous dans les critères ?",
        "C’est ouvert pour nous ?",
        "Est-on concernés ?",
        "Remplissons-nous les conditions ?",
        "Une intercommunalité peut-elle candidater ?",
        "Puis-je compter sur la Région ?",
        "on peu toucher l'aide",
    ),
    Intent.LIST: (
        "Quelles aides existent pour une salle des fêtes ?",
        "Quels dispositifs peuvent servir à rénover un kiosque ?",
        "Y a-t-il une subvention pour un pigeonnier ?",
        "À quoi avons-nous droit ?",
        "Quels financements trouver pour un chemin ?",
        "Existe-t-il des aides au reboisement ?",
        "on peut avoir quoi pour la place",
        "Quelles pistes pour payer le toit ?",
        "Il y a quoi comme aide pour un préau ?",
        "Quels programmes soutiennent les villages ?",
        "Il existe des aides pour les haies ?",
        "Quelles sont les aides de la Région ?",
        "une aide pour refaire la place",
    ),
    Intent.COUNT: (
        "Combien de villages ont été retenus ?",
        "Combien y a-t-il de groupes d’action locale ?",
        "Quel nombre de dossiers a été déposé ?",
        "Combien d’arbres ont été plantés ?",
        "Donnez-moi le nombre de boutiques ouvertes",
        "Combien de lauréats en 2023 ?",
        "Combien de caméras la Région a-t-elle payées ?",
        "combien de gares sont concernées",
        "jusqu’à combien d’habitants ?",
        "Dans combien de quartiers ?",
        "Combien d’entreprises ont profité de l’aide ?",
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
        ("Combien de temps faut-il ?", Intent.COUNT),
        ("Combien d’argent peut-on toucher ?", Intent.COUNT),
        ("Combien de mois dure l’essai ?", Intent.COUNT),
        ("Combien de subvention ?", Intent.COUNT),
        ("Combien la Région donne-t-elle ?", Intent.COUNT),
        ("Combien d’arbres ont été plantés ?", Intent.HOW_MUCH),
        ("Quelles communes ont reçu l’aide ?", Intent.ELIGIBLE),
        ("Peut-on cumuler ?", Intent.ELIGIBLE),
        ("Ça peut monter jusqu’à quelle somme ?", Intent.ELIGIBLE),
        ("Ils sont combien à y exercer ?", Intent.HOW_MUCH),
        ("Où peut-on trouver le formulaire ?", Intent.ELIGIBLE),
        ("C’est quoi le CVCB ?", Intent.ELIGIBLE),
        ("Quel est le montant du CVCB ?", Intent.LIST),
        ("Quelles sont les dates ?", Intent.LIST),
        ("Quelle subvention pour le CVCB ?", Intent.LIST),
    ],
)
def test_wordings_that_are_not_that_intent(wording: str, intent: Intent) -> None:
    assert intent not in find_intents(wording)


@pytest.mark.parametrize(
    "text", ["on peut mettre la detr par dessus ?", "et la Région en plus ?", "la DETR pour tout le solde ?"]
)
def test_an_aid_put_on_top_of_another_adds_up(text: str) -> None:
    assert Intent.CUMULATE in find_intents(text)


@pytest.mark.parametrize("text", ["par-dessus tout, quel délai ?", "en plus grand", "quand vient le solde ?"])
def test_what_only_sounds_so_does_not(text: str) -> None:
    assert Intent.CUMULATE not in find_intents(text)


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


@given(st.text())
def test_any_text_can_be_understood(text: str) -> None:
    assert find_intents(text) <= set(Intent)
    assert isinstance(content_words(text), str)


def test_content_words_keep_the_subject_and_drop_the_wording() -> None:
    words = content_words("Quelles communes ont reçu le CVCB en juillet 2023 ?")
    assert "cvcb" in words
    assert "juillet 2023" in words
    assert "recu" not in words
