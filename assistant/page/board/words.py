"""The French sentences of the board."""

from __future__ import annotations

from collections.abc import Mapping

N = "\u00a0"

OUTCOMES: Mapping[str, str] = {
    "answered": "Sourcées",
    "conversation": "Conversation",
    "clarification": "À préciser",
    "unanswerable": "Sans réponse",
    "out_of_scope": "Hors sujet",
    "error": "Erreurs",
}
"""What became of a question, in the order in which it's shown, from the foot of a column up."""
ACTS: Mapping[str, str] = {
    "ask_scheme": "Question sur un dispositif",
    "find_schemes": "Recherche d’aides",
    "commune_overview": "Aides pour une commune",
    "commune_record": "Ce qu’une commune a reçu",
    "check_eligibility": "Éligibilité",
    "compare": "Comparaison",
    "combine": "Cumul d’aides",
    "give_fact": "Réponse à une question de l’assistant",
    "contact": "À qui s’adresser",
    "about_assistant": "Question sur l’assistant",
    "social": "Politesse",
    "out_of_scope": "Autre sujet",
    "": "Non reconnu",
}
RATINGS = {"useful": "Utile", "not_useful": "Pas utile"}

DAY, TOTAL, COUNT, SHARE = "Jour", "Total", "Nombre", "Part"
ACT_HEAD = "Ce qui est demandé"
OUTCOME_HEAD = "Réponses"

REPLIES = "Réponses"
REPLIES_LEAD = (
    "«\u00a0Sans réponse\u00a0»\u00a0: nos sources ne le disent pas. «\u00a0À préciser\u00a0»\u00a0: "
    "l’assistant a posé une question en retour. «\u00a0Erreurs\u00a0»\u00a0: il n’a pas pu répondre."
)
NO_REPLIES = (
    "Aucune réponse comptée sur cette période. Celles que donnent les pages, le module et l’API apparaîtront "
    "ici, jour par jour."
)
COUNTED_SINCE = "Comptées depuis le {day}, sans leur texte."
REPLIES_PLOT = "Réponses par jour, du {first} au {last}, {most} au plus le {day}"
BY_DAY, BY_OUTCOME = "Réponses par jour", "Réponses par statut"
DAY_BY_DAY = "Voir le tableau jour par jour"
COUNTS_LOST = (
    "Les comptes ne peuvent pas être lus pour le moment. S’ils sont abîmés, ils viennent d’être mis de "
    "côté et repartent de zéro\u00a0; sinon, vérifiez les droits du dossier qui contient l’index."
)

ACTS_TITLE = "Ce qui est demandé"
ACTS_TABLE = "Réponses par intention"
ACTS_LEAD = (
    "L’intention la plus probable de chaque message, reconnue par l’assistant\u00a0: un ordre de grandeur."
)
ACTS_SEE = "Voir ce qu’il est advenu de chacune"
ACTS_PLOT = "Messages par intention"
NO_ACTS = "Rien à montrer tant qu’aucune réponse n’est comptée."

TOOK = "Temps de réponse"
TOOK_LEAD = "Temps de calcul d’une réponse, attente de son tour non comprise, à une tranche près."
TOOK_TABLE = "En combien de temps une réponse est prête"
TOOK_HEAD = ("Part des réponses", "Prêtes en")
TOOK_SHARES = {50: "La moitié", 90: f"90{N}%", 95: f"95{N}%", 99: f"99{N}%"}
UNDER, OVER = "moins de {time}", "plus de {time}"
NO_TOOK = "Aucun temps mesuré sur cette période."

OPINIONS = "Avis"
OPINIONS_KEPT = "Gardés {days} jours, sans rien qui désigne une personne."
OPINIONS_PLOT = "Avis par jour, du {first} au {last}, {most} au plus le {day}"
NO_OPINIONS = (
    "Aucun avis sur cette période. Ils viennent du module placé sur vos sites, sous chaque réponse, et des "
    "programmes qui appellent l’API."
)
OPINIONS_LOST = "La base des avis est inutilisable\u00a0: vérifiez le réglage ASSISTANT_FEEDBACK_URL."
BY_RATING, BY_REASON, BY_SCHEME = "Avis par appréciation", "Raisons données", "Avis par dispositif"
OPINIONS_BY_DAY = "Avis par jour"
RATING, REASON, SCHEME = "Appréciation", "Raison", "Dispositif"
NO_REASONS = "Aucune raison donnée."
NO_SCHEMES = "Aucun avis ne nomme de dispositif."
COMMENTS = "Commentaires"
COMMENTS_HEAD = ("Jour", "Avis", "Raisons", "Réponse", "Dispositifs", "Commentaire", "Question")
NO_COMMENTS = "Aucun commentaire, aucune question jointe sur cette période."
NO_TEXTS_KEPT = (
    "Les commentaires et les questions jointes aux avis ne sont pas gardés. Pour les garder, mettez "
    "ASSISTANT_FEEDBACK_TEXTS=true et relancez le serveur\u00a0; docs/donnees-personnelles.md dit ce que "
    "cela engage."
)

UNANSWERED = "Questions sans réponse"
UNANSWERED_LEAD = (
    "Les {most} dernières au plus, regroupées par ressemblance\u00a0: dans un groupe, chaque question est "
    "proche de celle qui est montrée. Les groupes les plus nombreux d’abord."
)
UNANSWERED_TABLE = "Questions sans réponse, par groupe"
UNANSWERED_HEAD = ("Nombre", "Question", "Proches", "Statut", "Du", "Au")
NO_UNANSWERED = "Aucune question sans réponse sur cette période."
QUESTIONS_NOT_KEPT = (
    "Le texte des questions n’est pas gardé\u00a0: c’est le réglage d’origine. Pour garder celles qui "
    "restent sans réponse et les voir ici regroupées, mettez ASSISTANT_LOG_QUESTIONS=true et relancez le "
    "serveur. Le texte de toutes les questions est alors aussi écrit dans le journal\u00a0; "
    "docs/donnees-personnelles.md dit ce que cela engage."
)
LEFT_FOR_LATER = (
    "{count}\u00a0questions plus anciennes ne sont pas encore regroupées\u00a0: elles le seront quand vous "
    "rechargerez la page."
)
UNGROUPED = (
    "Les questions ne peuvent pas être regroupées pour le moment\u00a0: elles sont montrées une à une."
)

WATCH = "À revoir dans les fiches"
WATCH_LEAD = (
    "Ce qui a vieilli au {day}, le plus ancien d’abord. Les adresses des sources ne sont pas visitées "
    "d’ici\u00a0: «\u00a0assistant corpus watch\u00a0» le fait."
)
WATCH_TABLE = "Points à revoir"
WATCH_KINDS = "Points à revoir, par nature"
WATCH_HEAD = ("Date", "Fiche", "Nature", "Ce qui est vu")
WATCH_SEE_ALL = "Voir chaque point"
KIND = "Nature"
NO_WATCH = "Rien à revoir."
UNREADABLE_FILE = "fiche illisible"
FILE_CHANGED = "son fichier a changé ou n’est plus là\u00a0: relancez le serveur"

INDEX = "Index et documents"
INDEX_TABLE = "Dernières indexations"
INDEX_HEAD = ("Faite le (UTC)", "Documents", "Passages", "État")
IN_SERVICE, FORMER, WORDS_ONLY = "en service", "précédente", "en service, par les mots"
NO_INDEX = "Aucun index pour le moment\u00a0: lancez «\u00a0assistant ingest\u00a0»."
SOURCES_TABLE = "Chemins et adresses enregistrés"
SOURCES_HEAD = ("Source", "Documents", "Passages", "À voir")
SOURCES_SEE = "Voir les documents"
FICHES = "Fiches du projet"
NO_DOCUMENTS = (
    "Aucun document enregistré en plus des fiches\u00a0: «\u00a0assistant ingest CHEMIN\u00a0» en ajoute."
)
DOCUMENTS_TABLE = "Documents enregistrés"
DOCUMENTS_HEAD = ("Document", "Lu de", "Passages", "À voir")
GONE = "introuvable sur cette machine"
CHANGED = "modifié depuis l’indexation"
NOTHING_FROM = "rien n’en est indexé"
FEW = "un seul passage"
FINE = "—"

SIGN_IN_TITLE = "Tableau de bord"
WRONG_TOKEN = "Ce jeton n’est pas le bon."  # noqa: S105 - a sentence
FROM_ELSEWHERE = "Le formulaire venait d’un autre site\u00a0: recommencez ici."
TOO_MANY_TRIES = "Trop d’essais\u00a0: réessayez dans {minutes}."


def days(count: int) -> str:
    """So many days."""
    return f"{count}{N}jours"


def minutes(seconds: int) -> str:
    """So many seconds, as whole minutes."""
    count = -(-seconds // 60)
    return f"{count}{N}minute{'s' if count > 1 else ''}"


def took(milliseconds: int) -> str:
    """A time, in milliseconds or in seconds."""
    if milliseconds < 1000:
        return f"{milliseconds}{N}ms"
    return f"{milliseconds / 1000:g}{N}s".replace(".", ",")


def share(part: int, whole: int) -> str:
    """A part in percent, rounded."""
    return f"{round(100 * part / whole)}{N}%" if whole else "—"
