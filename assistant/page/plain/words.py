"""The French sentences that the pages without script make of values; headings stand in the templates."""

from __future__ import annotations

N = "\u00a0"

AMOUNT_MIN = "aide de {amount} au moins"
EXPENSE_MAX = "dépense retenue jusqu’à {amount}"
ENVELOPE = "enveloppe de {amount} au total"

FOR_WHOM, HOW_MUCH, UNTIL, HOW, CONTACT = "Pour qui", "Combien", "Jusqu’à quand", "Comment", "Contact"
ALL_AMOUNTS = "tous les montants"
WHERE_TO_ASK = "où déposer, à qui s’adresser"
SEE_SOURCES = "voir les sources"
ASK_REGION = "Le service instructeur de la Région, que nomme la fiche du dispositif dans son guide des aides."
ASK_STATE = "Votre préfecture ou votre sous-préfecture."
ASK_WHERE = "Le service instructeur, à trouver auprès de {publisher}, qui publie la source."
CONTAINS = "comprend"
NOT_PUBLISHED = "Nos sources ne le disent pas."
NO_AMOUNT = "Nos sources ne donnent pas de montant."
NEWEST = "Notre source la plus récente est de {year}."
UNDATED = "Nos sources ne portent pas de date."

UNKNOWN_SCHEME = f"Le dispositif «{N}{{name}}{N}» n’existe pas dans le catalogue."
UNKNOWN_DOCUMENT = "Ce document n’est pas, ou n’est plus, dans l’index."
UNKNOWN_COMMUNE = f"«{N}{{name}}{N}» n’est pas une commune des Hauts-de-France."
SEVERAL_COMMUNES = f"«{N}{{name}}{N}» peut désigner plusieurs communes. Laquelle{N}?"
TOO_LONG = "Votre texte compte {count} caractères, {most} au plus peuvent être lus{nbsp}: raccourcissez-le."
FOUND_NONE = "Aucun dispositif ne correspond à ces filtres."
COUNTED = {0: "Aucun dispositif", 1: "1 dispositif"}
COUNTED_MORE = "{count} dispositifs"
FOUND_FOR = f"{{counted}}, les plus proches de «{N}{{query}}{N}» d’abord"
QUESTION_TO_WRITE = "Écrivez une question avant de l’envoyer."
OLDEST_LEFT_OUT = "La conversation est longue{nbsp}: ses premières questions ne sont plus gardées.".replace(
    "{nbsp}", N
)
ANSWERS_OF = {True: "oui", False: "non"}
NOT_KNOWN = "je ne sais pas"
LEFT_TO_CHECK = f"À vérifier{N}: {{question}}"

OPENING, CLOSING = f"Ouverture du dépôt{N}: {{name}}", f"Clôture du dépôt{N}: {{name}}"
FROM_DAY, UNTIL_DAY = "à partir du {day}", "jusqu’au {day}"
PERIOD = f"Dépôt des demandes{N}:"
NO_DEADLINE = "Nos sources ne donnent pas de date à venir pour ce dispositif."
TO_CONFIRM_DATE = "Date à confirmer auprès du service instructeur."

CSV_HEAD = (
    "Commune",
    "Code INSEE",
    "Dispositif",
    "Financeur",
    "Thème",
    "Classement",
    "Montant",
    "Ce qui décide",
    "Dépôt",
    "Fiche",
    "Calculé le",
)


def counted(count: int) -> str:
    """How many schemes, in words."""
    return COUNTED.get(count) or COUNTED_MORE.format(count=count)


def too_long(count: int, most: int) -> str:
    """Say that a text is too long to be read."""
    return TOO_LONG.format(count=count, most=most, nbsp=N)


def shown(text: str, most: int = 60) -> str:
    """What was typed, short enough to be said again."""
    return text if len(text) <= most else f"{text[:most]}…"
