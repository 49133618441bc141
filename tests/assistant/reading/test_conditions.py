"""Conditions to check by hand, read in what a message plainly says; in doubt they stay unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import catalogue, check, conditions, either, scheme_of

from assistant.eligibility.facts import Facts
from assistant.reading.conditions import StatedConditions, manual_checks
from corpus.fiches.scheme import Scheme
from corpus.labels import Topic

CAMERAS = catalogue().scheme("videoprotection")
WITH_CHECKS = [scheme for scheme in catalogue().schemes if list(manual_checks(scheme))]


def read(text: str, *schemes: Scheme) -> dict[str, bool]:
    return conditions().read(text, schemes or (CAMERAS,))


@pytest.mark.parametrize(
    "text",
    [
        "C’est une première installation de vidéoprotection",
        "ce sera notre première installation",
        "c 1 projet de premiere installation de cameras de videoprotection",
    ],
)
def test_a_condition_said_plainly_is_met(text: str) -> None:
    assert read(text)["premiere_installation"] is True


@pytest.mark.parametrize(
    "text",
    [
        "Ce n’est pas une première installation de vidéoprotection",
        "c'est pas notre première installation",
        "ce n'est plus la première installation",
    ],
)
def test_a_condition_denied_is_not_met(text: str) -> None:
    assert read(text).get("premiere_installation") is not True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonjour",
        "Est-ce qu’il faut une première installation ?",
        "Faut-il que ce soit une première installation ?",
        "Quel est le montant de l’aide ?",
        "combien peut-on toucher",
        "nous sommes 1 500 habitants",
    ],
)
def test_a_question_or_another_matter_settles_nothing(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "je ne sais pas si on est admis dans la version 2023-2026",
        "aucune idée si la commune est admise dans la version 2023-2026 du FARDA",
        "on ne sait pas si la commune rurale est admise dans la version 2023-2026",
    ],
)
def test_what_someone_does_not_know_is_not_denied(text: str) -> None:
    farda = catalogue().scheme("pas-de-calais-farda")
    assert read(text, farda) == {}
    assert read("la commune est admise dans la version 2023-2026 du FARDA", farda) != {}


def test_only_the_conditions_of_these_schemes_are_read() -> None:
    assert read("C’est une première installation de vidéoprotection", catalogue().scheme("cvcb")) == {}
    assert conditions().read("C’est une première installation de vidéoprotection", ()) == {}


@pytest.mark.parametrize("scheme", WITH_CHECKS, ids=lambda scheme: scheme.id)
def test_a_question_of_ours_repeated_as_a_question_settles_nothing_wrong(scheme: Scheme) -> None:
    known = {criterion.fact for criterion in manual_checks(scheme)}
    for criterion in manual_checks(scheme):
        assert set(conditions().read(criterion.question, [scheme])) <= known


def test_the_conditions_inside_alternatives_are_known() -> None:
    scheme = scheme_of(check("a"), either(check("b"), check("c")))
    assert [item.fact for item in manual_checks(scheme)] == ["a", "b", "c"]


def test_what_is_read_is_added_to_what_is_known() -> None:
    known = Facts().with_claims({"aidee_en_2022": False})
    facts = conditions().apply("C’est une première installation de vidéoprotection", [CAMERAS], known)
    assert dict(facts.claims) == {"aidee_en_2022": False, "premiere_installation": True}
    assert conditions().apply("bonjour", [CAMERAS], known) == known


PROTECTED = scheme_of(check("protege", "Le bien est-il inscrit ou classé ?"), scheme_id="protected")


@pytest.mark.parametrize(
    ("text", "told", "is_against"),
    [
        ("notre halle, ni inscrite ni classée", False, True),
        ("la chapelle n’est ni classée ni inscrite", False, True),
        ("notre chapelle, elle est pas classée je précise, ni inscrite", False, True),
        ("une église", None, False),
    ],
)
def test_both_words_of_an_alternative_denied_deny_it(text: str, told: bool | None, is_against: bool) -> None:
    known = StatedConditions([PROTECTED])
    assert known.read(text, [PROTECTED]).get("protege") is told
    assert known.contradicts(text, PROTECTED) is is_against


def test_without_schemes_nothing_is_read() -> None:
    assert StatedConditions([]).read("C’est une première installation", [CAMERAS]) == {}


@given(st.text(max_size=150))
def test_any_text_is_read(text: str) -> None:
    found = conditions().read(text, WITH_CHECKS)
    known = {criterion.fact for scheme in WITH_CHECKS for criterion in manual_checks(scheme)}
    assert set(found) <= known


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nous ne demandons qu’un seul des fonds cette année", False),
        ("une seule demande pour nous cette année", False),
        ("Nous demandons un fonds", None),
    ],
)
def test_one_of_several_is_not_all_of_them(text: str, told: bool | None) -> None:
    scheme = catalogue().scheme("actes-projets-locaux")
    (fact,) = (check.fact for check in manual_checks(scheme) if "les trois fonds" in check.question)
    assert read(text, scheme).get(fact) is told


@pytest.mark.parametrize(
    "text",
    [
        "première installation, jamais aidés sauf en 2022",
        "Nous n’avons jamais reçu l’aide en 2022, sauf pour l’école",
        "Depuis 2022, nous n’avons jamais reçu d’aide régionale",
        "Nous n’avons jamais reçu l’aide régionale en 2022, à part pour deux caméras",
        "Nous n’avons reçu l’aide qu’en 2022",
        "Nous n’avons pas reçu l’aide régionale en 2021",
        "Nieppe a déjà reçu l’aide du Département pour ses caméras",
        "Nieppe a déjà reçu l’aide de l’État en 2022",
    ],
)
def test_an_aid_with_a_limit_another_year_or_another_funder_settles_nothing(text: str) -> None:
    assert "aidee_en_2022" not in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "la première installation de vidéoprotection date de 2019",
        "après une première installation de vidéoprotection en 2020, nous en voulons d’autres",
        "première installation de vidéoprotection de la deuxième tranche",
        "première installation de vidéoprotection ? pas vraiment",
        "Première installation ? Non.",
    ],
)
def test_a_first_with_a_limit_or_asked_of_oneself_settles_nothing(text: str) -> None:
    assert read(text).get("premiere_installation") is not True


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nous n’avons jamais reçu l’aide régionale à la vidéoprotection en 2022", {"aidee_en_2022": False}),
        ("Nous avons déjà reçu l’aide régionale en 2022", {"aidee_en_2022": True}),
        ("Nous avons déjà quatre caméras", {"premiere_installation": False}),
        ("C’est notre première installation, sauf erreur", {"premiere_installation": True}),
    ],
)
def test_what_is_plain_still_settles(text: str, told: dict[str, bool]) -> None:
    assert read(text) == told


def test_a_step_of_the_project_takes_nothing_off_what_is_affirmed_or_told_elsewhere() -> None:
    text = "Avant de restaurer notre halle, on veut un diagnostic. Elle n’est ni inscrite ni classée."
    assert StatedConditions([PROTECTED]).read(text, [PROTECTED]) == {"protege": False}
    text = "Nous étudions notre église, un bien classé, avant de lancer la restauration"
    assert StatedConditions([PROTECTED]).read(text, [PROTECTED]).get("protege") is not False


@pytest.mark.parametrize(
    "text",
    [
        "nous n’avons pas encore de caméras",
        "nous ne possédons aucune installation de vidéoprotection",
        "la commune n’a pas déjà de caméras existantes",
        "il n’y a pas d’équipement en place",
    ],
)
def test_who_has_none_yet_asks_for_a_first_one(text: str) -> None:
    assert read(text)["premiere_installation"] is True


@pytest.mark.parametrize(
    "text",
    [
        "ce n’est pas une extension",
        "il ne s’agit pas d’étendre une installation de vidéoprotection",
        "nous ne renouvelons pas d’installation de vidéoprotection",
        "aucun remplacement de caméras n’est prévu",
        "on n’a pas de caméras à l’école",
        "ce n’est pas vrai que nous n’avons pas de caméras",
    ],
)
def test_a_denial_of_the_contrary_settles_nothing(text: str) -> None:
    assert "premiere_installation" not in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "les caméras existantes ne marchent pas",
        "nous avons déjà quatre caméras qui ne filment pas la nuit",
        "ce n’est pas un renouvellement, nous ajoutons des caméras",
        "nous n’avons pas d’installation, nous remplaçons celle de 2015",
    ],
)
def test_what_is_there_already_is_said_whatever_else_is_denied(text: str) -> None:
    assert read(text)["premiere_installation"] is False


LISTED = "Le bien est-il inscrit ou classé au titre des monuments historiques ?"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Notre église est classée, la toiture fuit.", True),
        ("Notre vieux moulin, qui n'est pas protégé, est à étudier avant de le restaurer.", False),
        ("Notre moulin n'est pas protégé, sauf la roue.", None),
        ("Notre église n'est pas classée.", None),
        ("Notre église sera protégée des intempéries.", None),
        ("Notre dossier de vestiaires est classé.", None),
    ],
)
def test_an_officer_gives_other_words_for_a_condition(text: str, told: bool | None) -> None:
    words = {"said_by": ("classé",), "denied_by": ("protégé",)}
    rule = check("classe", LISTED).model_copy(update=words)
    scheme = scheme_of(rule).model_copy(update={"topics": (Topic.HERITAGE,)})
    assert StatedConditions([scheme]).read(text, [scheme]).get("classe") is told
