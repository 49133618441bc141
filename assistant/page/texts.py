"""Every French sentence of the chat page and of the pages beside it that no document and no engine wrote."""

from __future__ import annotations

from assistant.api.texts import CHOICES as CHOICES
from assistant.api.texts import EXAMPLE_QUESTIONS
from assistant.api.texts import SOURCES as SOURCES
from assistant.reply import ReplyStatus

PAGE_TITLE = "Assistant des dispositifs régionaux"
PAGE_AUDIENCE = "Pour les mairies des Hauts-de-France"
PAGE_DESCRIPTION = (
    "Posez une question sur les aides aux communes des Hauts-de-France : la réponse cite les "
    "documents publics dont elle est tirée."
)
IDENTITY_UNREADABLE = "il ne peut pas être lu. Donnez un fichier YAML en UTF-8."
IDENTITY_FIELD = (
    "« {field} » n’est pas un réglage, ou n’a pas une valeur permise (docs/integrer.md les donne)."
)
IDENTITY_CONTRAST = (
    "« {field} » vaut {colour}, trop proche du fond pour être lue "
    "(contraste de {contrast} pour 1, il en faut 4,5)."
)
IDENTITY_LOGO = "« {logo} » n’est pas une image (SVG, PNG, WebP ou JPEG) de 100 ko au plus."
GUIDE = "Guide des aides"
PAGE_LIMITS = (
    "Réponses tirées de documents publics, avec leurs sources datées. "
    "Vérifiez auprès du service instructeur avant de décider."
)
TO_QUESTION = "Aller à la question"
EXAMPLES = {
    "Centre-bourg et commerces": EXAMPLE_QUESTIONS,
    "Équipements, sécurité, patrimoine": (
        "Quel taux et quel plafond pour la vidéoprotection\u00a0?",
        "Quelle différence entre patrimoine protégé et non protégé\u00a0?",
        "Quelles aides pour un terrain de sport\u00a0?",
    ),
    "Petites communes et démarches": (
        "Qu’est-ce que le dispositif ACTes\u00a0?",
        "Quelles aides pour planter des arbres et des haies\u00a0?",
        "Qui contacter pour déposer un dossier CVCB\u00a0?",
    ),
}
NOTE = "Note pour le conseil"
NOTE_OF_ANSWER = "(réponse {n})"
NOTE_OF_ALL = "Note de toute la conversation"
SEND_ON = "Envoyer à un collègue"
LEGAL_TITLE = "Mentions légales"
BACK_TO_CHAT = "Retour à l’assistant"
COMMUNE_LABEL = "Nom, code postal ou code INSEE"
COMMUNE_PLACEHOLDER = "Nieppe, 59850…"
POPULATION = "Population"
EPCI = "Intercommunalité"
POSTCODE = "Code postal"
INSEE_CODE = "Code INSEE"
WHERE_FROM = "Source de la population"
COMPUTED = (
    "Calculé pour une demande de la commune, d’après des documents publics\u00a0: "
    "seule l’instruction de la demande décide."
)
QUESTION_LABEL = "Votre question"
SEND = "Envoyer"
NEW_CONVERSATION = "Nouvelle conversation"
FOLLOW_UPS = "Pour continuer"
OUR_FICHE = "Notre fiche, rédigée d’après\u00a0:"
OF_A_DOCUMENT = "Extrait du document\u00a0:"
SOURCE_MARKER = "Voir la source {n}"
NEW_WINDOW = "(nouvelle fenêtre)"
CHOSEN_BY = "Phrases choisies par {generator}, citées mot pour mot."
WRITTEN_BY = "Rédaction\u00a0: {generator}, d’après les passages cités."
ERROR_HEADING = "La réponse n’a pas pu être donnée"
PAGE_FOOT = "Ne saisissez pas de données personnelles. Aucun service tiers n’est appelé par cette page."
NO_SCRIPT = "Cette page a besoin de JavaScript. Celles-ci n’en ont pas besoin\u00a0:"
PLAIN_PAGES = (
    ("question", "Poser une question"),
    ("dispositifs", "Tous les dispositifs"),
    ("communes", "Les aides pour ma commune"),
)
PAGE_COMING = "La page de discussion se prépare\u00a0: elle s’affichera d’elle-même dans quelques secondes."
PAGE_NOW = "Afficher la page"
PAGE_FAILED = "La page de discussion n’a pas pu être chargée."
PAGE_ELSEWHERE = "Vous pouvez poser vos questions sur la page de démonstration."
PAGE_FAILED_ADMIN = (
    "Pour l’administrateur\u00a0: le journal du serveur dit pourquoi. Réinstallez le projet (make run) "
    "ou relancez le serveur\u00a0; l’interface de programmation, elle, répond."
)
PAGE_REFUSED = "Demande refusée"
PAGE_REFUSALS = {
    404: (
        "Page introuvable",
        "Il n’y a pas de page à cette adresse\u00a0: elle a pu changer, ou être mal recopiée.",
    ),
    405: ("Demande impossible", "Cette adresse ne peut pas être appelée de cette façon."),
}

STATUS_LABELS: dict[ReplyStatus, str] = {
    "answered": "Réponse sourcée",
    "clarification": "Question à préciser",
    "unanswerable": "Pas de réponse dans nos sources",
    "out_of_scope": "Hors sujet",
    "conversation": "",
}


def badge(status: ReplyStatus, *, is_sourced: bool) -> str:
    """The badge of a reply; an answer that cites nothing has none."""
    return "" if status == "answered" and not is_sourced else STATUS_LABELS[status]


# The page of a commune.
COMMUNE_TITLE = "Aides examinées pour {commune}"
