"""The kind of answer a question asks for, and the sentences that tell it."""

from __future__ import annotations

import pytest

from assistant.reading.asked_kinds import figures_untold, kinds_asked, tells_any


@pytest.mark.parametrize(
    ("question", "tells", "does_not"),
    [
        ("Combien au maximum ?", "L’aide est plafonnée à 3 000 €.", "L’aide est de 40 % des dépenses."),
        ("ça monte jusqu’à combien", "12 000 € au plus par commerce.", "Le dossier est déposé en ligne."),
        ("Quelle dépense minimum ?", "Il faut dépenser au moins 10 000 €.", "L’aide est de 5 000 €."),
        ("Quel taux ?", "La Région paie 30 % du coût.", "La Région paie 30 000 €."),
        ("Depuis quand existe-t-elle ?", "L’aide a été lancée en 2019.", "L’aide est de 40 %."),
        ("Combien de temps ça dure ?", "Le test dure 6 mois.", "Le test est ouvert à tous."),
        ("Jusqu’à quelle somme ?", "L’aide va jusqu’à 60 000 €.", "L’aide est de 40 % des dépenses."),
        (
            "Le programme court sur quelle durée ?",
            "L’aide court du 1er mai 2025 au 30 juin 2026.",
            "Elle est ouverte.",
        ),
        (
            "En combien de temps a-t-on la réponse ?",
            "La décision vient sous deux mois.",
            "Le test dure 6 mois.",
        ),
        (
            "La Région paie en combien de semaines ?",
            "Le versement suit de 8 semaines.",
            "À faire en 24 mois.",
        ),
        ("On s’adresse à qui ?", "La demande se dépose à la préfecture.", "L’aide est de 40 %."),
        ("Qui appeler ?", "Le service rural répond au 03 74 27 00 00.", "L’aide est de 40 %."),
    ],
)
def test_a_kind_is_told_or_is_not(question: str, tells: str, does_not: str) -> None:
    assert tells_any(kinds_asked(question), tells)
    assert not tells_any(kinds_asked(question), does_not)
    assert not tells_any(kinds_asked("Parlez-moi de cette aide"), tells)


@pytest.mark.parametrize(
    "question",
    [
        "Jusqu’à combien d’habitants ?",
        "La commune d’à côté a eu 80 %, est-ce vrai ?",
        "Au plus près du village, au plus tard en mai ?",
        "Le mail commercial de la zone",
        "Jusqu’en quelle année ?",
    ],
)
def test_what_only_sounds_like_a_kind_is_none(question: str) -> None:
    assert kinds_asked(question) == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Quel plafond ?", ("le montant maximal",)),
        ("Combien au minimum ?", ("de minimum",)),
        ("Quel taux, et quel plafond ?", ("le montant maximal", "le taux")),
        ("Combien de temps avant d’avoir la réponse ?", ("le délai de réponse ou de versement",)),
        ("Depuis quand, et quel taux ?", ()),
        ("Qui appeler ?", ()),
        ("Parlez-moi de cette aide", ()),
    ],
)
def test_figures_that_nothing_tells_are_named(question: str, names: tuple[str, ...]) -> None:
    assert figures_untold(question, ["L’aide a été votée hier.", "Elle est ouverte."]) == names


def test_one_figure_told_is_an_answer() -> None:
    assert figures_untold("Quel taux, et quel plafond ?", ["L’aide est de 40 %."]) == ()
