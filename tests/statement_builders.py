"""Statements, units and pages of statements as a document gives them."""

from __future__ import annotations

from assistant.reading.stated.statement import Statement, Unit
from corpus.french.typography import typeset


def first_said(text: str, heading: str = "") -> Unit:
    """The first thing that a sentence says."""
    return Statement(0, typeset(text), (heading,) if heading else ()).units[0]


def page_of(*rows: tuple[str, str]) -> tuple[Statement, ...]:
    """The statements of a page, each given with the heading that it stands under."""
    return tuple(Statement(place, typeset(text), (heading,)) for place, (heading, text) in enumerate(rows))


PLAYGROUNDS = page_of(
    ("Bénéficiaires", "L’aide est ouverte aux communes de moins de 3 500 habitants."),
    ("Bénéficiaires", "Les associations et les bailleurs sociaux ne sont pas éligibles."),
    ("Dépenses", "Sont retenus les jeux, les bancs, les parcours de santé et les sols souples."),
    ("Dépenses", "Les clôtures sont retenues dans la limite de 20 % du montant des travaux."),
    ("Dépenses exclues", "Ne sont pas retenus : les city-stades ; les skateparks ; l’entretien courant."),
    ("Montant", "5.1 Le taux de l’aide est de 35 % du coût hors taxes."),
    ("Montant", "Il est porté à 45 % lorsque la moitié des jeux est accessible aux enfants handicapés."),
    ("Montant", "5.2 L’aide est plafonnée à 20 000 € par aire de jeux et à 12 000 € par parcours de santé."),
    ("Montant", "5.3 Les projets de moins de 6 000 € hors taxes ne sont pas recevables."),
    ("Cumul", "Le total des aides publiques ne peut dépasser 70 %."),
    ("Versement", "Un acompte de 30 % est versé au démarrage."),
    ("Décision", "L’aide est accordée dans la limite des crédits, soit 900 000 € pour l’année 2026."),
)
BOILERS = page_of(
    ("Combien ?", "Le taux dépend de la solution choisie."),
    ("Combien ?", "Chaudière à granulés, Taux d’aide : 45 % ; Plafond d’aide par bâtiment : 30 000 €"),
    ("Combien ?", "Pompe à chaleur air/eau, Taux d’aide : 30 % ; Plafond d’aide par bâtiment : 18 000 €"),
    (
        "Combien ?",
        "Pompe à chaleur géothermique, Taux d’aide : 50 % ; Plafond d’aide par bâtiment : 45 000 €",
    ),
    ("Exclus", "Ne sont pas pris en charge : les chaudières à gaz ; les pompes à chaleur air/air."),
)
DEFIBRILLATORS = page_of(
    ("Taux de l’aide", "Moins de 500 habitants, Taux d’aide : 70 % ; Plafond d’aide : 1 800 €"),
    ("Taux de l’aide", "De 500 à 1 999 habitants, Taux d’aide : 50 % ; Plafond d’aide : 1 500 €"),
    (
        "Taux de l’aide",
        "Population de la commune : 2 000 habitants et plus ; Taux d’aide : 20 % ; Plafond d’aide : 1 000 €",
    ),
    ("Taux de l’aide", "La dépense subventionnable est plafonnée à 3 000 € HT."),
    ("Objet", "Le syndicat aide à poser un défibrillateur."),
)
