"""The French sentences of a note, of its page and of what sends it on."""

from __future__ import annotations

N = "\u00a0"

TITLE = "Note pour le conseil municipal"
DATE, COMMUNE, SUBJECT, POPULATION, EPCI = (
    "Date",
    "Commune",
    "Objet",
    "Population",
    "Intercommunalité",
)
NO_COMMUNE = "non précisée"
ONE_QUESTION = "une question posée à l’assistant, et sa réponse"
QUESTIONS = "{count} questions posées à l’assistant, et leurs réponses"
OF_SCHEME = "le dispositif «{nbsp}{name}{nbsp}»".replace("{nbsp}", N)
OF_COMMUNE = "les dispositifs d’aide examinés pour la commune"

QUESTION = f"Question{N}: {{question}}"
QUESTION_N = f"Question {{n}}{N}: {{question}}"
FOR = "pour {commune}"
ANSWER, VERDICT, AMOUNTS, TO_CONFIRM, NEXT, SOURCES = (
    "Réponse",
    "Éligibilité et conditions",
    "Montants",
    "À confirmer",
    "Pour la suite",
    "Sources",
)
CONDITIONS_OF = f"Conditions examinées pour «{N}{{name}}{N}»"
SEEMS = f"«{N}{{name}}{N}»{N}: {{verdict}}."
CONDITION, STATE = "Condition", "État"
RULE, AID, YEARS = "Règle", "Aide", "Années"
RULE_OF_SCHEME = "Règle du dispositif"
UNTOLD = "non dites"
STATES = {"open": "ouvert", "closed": "fermé", "unknown": f"non{N}vérifié"}
UNTOLD_AMOUNT = "voir la fiche"
SCHEME, AMOUNT, AVAILABILITY, DECIDES, LEFT = (
    "Dispositif",
    "Montant",
    "Dépôt",
    "Ce qui décide",
    "Reste à vérifier",
)
ESSENTIAL, IN_SHORT, IT_IS = "L’essentiel", "L’essentiel du dispositif", "Ce que l’on sait"
ANSWERED = "Ce que la commune a indiqué"
ANSWERED_ITEM = "{text} {answer}"
OPEN_CONDITION = f"Condition encore ouverte pour «{N}{{name}}{N}»{N}: {{condition}}"
LEFT_OPEN = f"Question restée ouverte{N}: {{question}}"
AGE = f"«{N}{{name}}{N}»{N}: {{age}} Fiche vérifiée le {{checked}}."
RULE_YEAR = "montant d’après une règle de {year}, à faire confirmer{nbsp};".replace("{nbsp}", N)
NO_YEAR = "nos sources ne portent pas de date."
NEWEST = "notre source la plus récente est de {year}."
FICHE = f"Fiche de «{N}{{name}}{N}», tenue à jour{N}: {{address}}"
SHEET_OF_COMMUNE = f"Page de la commune, tenue à jour{N}: {{address}}"
YEARS_DIFFER = (
    f"Les montants et les dates sont à faire confirmer avant de décider{N}: les règles sont d’années "
    "différentes, que dit la fiche de chaque dispositif."
)
NO_DATE = "sans date"
OLDEST_LEFT_OUT = (
    "La conversation est longue{nbsp}: ses premières questions n’ont pas été relues pour cette note.".replace(
        "{nbsp}", N
    )
)
NO_DECISION = (
    "Cette note n’est pas une décision. Elle a été établie par l’assistant des dispositifs régionaux, "
    "d’après les documents publics cités, à la date indiquée{nbsp}: seul le service instructeur décide, "
    "après examen de la demande."
).replace("{nbsp}", N)
ASKED_BY = f"Les questions sont le texte de qui a demandé la note{N}; tout le reste est calculé."

# The page.
AGAIN, AGAIN_FIRST = "Reposer la question", "Reprendre à la première question"
BACK_TO_SCHEME = "Retour à la fiche du dispositif"
BACK_TO_COMMUNE = "Retour à la page de la commune"
WORD = "Document Word (.docx)"
HOW_TO_PRINT = (
    f"Pour l’imprimer ou l’enregistrer en PDF{N}: «{N}Imprimer{N}» dans le menu du navigateur (Ctrl{N}+{N}P)."
)
REFUSED = "La note n’a pas pu être faite"
NOTHING_ASKED = (
    "Il n’y a pas de question dont faire une note. Posez une question, ou partez de la page d’une commune "
    "ou d’un dispositif."
)
UNREADABLE = (
    "La conversation envoyée n’a pas pu être lue. Revenez à la page d’où vous venez, et demandez la note "
    "de nouveau."
)
NO_SUCH_ANSWER = "Cette réponse n’est pas dans la conversation envoyée."
TOO_SLOW = (
    "La conversation est trop longue pour être calculée de nouveau. Demandez la note d’une de ses premières "
    "réponses, ou posez la question dans une nouvelle conversation."
)
NO_SCHEME = f"Le dispositif «{N}{{name}}{N}» n’existe pas dans le catalogue."
NO_COMMUNE_FOR_SCHEME = "Choisissez la commune pour laquelle le dispositif est examiné."

# The message to a colleague.
MAIL_SUBJECT = f"Aides aux communes{N}: {{subject}}"
MAIL_ASKED = (
    f"Bonjour,\n\nVoici une question posée à l’assistant des dispositifs régionaux{N}:\n{{question}}\n"
)
MAIL_FURTHER = f"\nPuis{N}:\n{{questions}}\n"
MAIL_LINK = f"\nLa réponse et ses sources, à jour{N}:\n{{address}}\n"
MAIL_NOTE = f"\nLa note à imprimer{N}:\n{{address}}\n"
MAIL_PAGE = f"Bonjour,\n\nVoici {{subject}}, à jour{N}:\n{{address}}\n"
MAIL_LIMITS = "\nCe n’est pas une décision : seul le service instructeur décide.\n".replace(" :", f"{N}:")


def numbered_question(question: str, n: int, count: int) -> str:
    """Head a question: by its number where there are several."""
    return (QUESTION if count == 1 else QUESTION_N).format(n=n, question=question)


def subject_of(count: int) -> str:
    """What a note of so many questions is about."""
    return ONE_QUESTION if count == 1 else QUESTIONS.format(count=count)
