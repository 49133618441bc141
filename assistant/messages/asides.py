"""What is said beside the aids: greetings, what the program is, what it doesn't do."""

from __future__ import annotations

from assistant.messages.french import NBSP

OUT_OF_SCOPE = {
    "attack": "Je ne peux pas donner suite à cette demande : mes règles et mes réglages ne changent pas "
    "en cours de conversation.",
    "opinion": "Je n’ai pas d’opinion à donner : je m’en tiens aux aides publiques aux communes.",
    "personal": "Je ne traite pas les démarches et les aides personnelles. Pour elles, service-public.fr ou "
    "votre mairie vous renseigneront.",
    "other_region": "Je ne connais que les aides destinées aux communes des Hauts-de-France : adressez-vous "
    "à la Région concernée.",
    "task": "Cette demande sort de ce que je sais faire.",
    "other": "Cette question sort de mon sujet.",
}
OUT_OF_SCOPE = {key: text.replace(" :", f"{NBSP}:") for key, text in OUT_OF_SCOPE.items()}
STARTERS = (
    f"Quelles aides pour refaire la place du village{NBSP}?",
    f"Ma commune peut-elle être aidée pour des caméras de vidéoprotection{NBSP}?",
    f"Quelle aide pour garder le dernier commerce{NBSP}?",
)
GREETED = (
    f"Bonjour{NBSP}! Dites-moi votre projet ou le nom d’une aide, et votre commune si vous voulez savoir ce "
    "qui est possible pour elle."
)
THANKED = "Avec plaisir. Je reste là pour vos autres questions sur les aides aux communes."
HEARD = "Entendu. Je reste là pour vos questions sur les aides aux communes."
NOTE_ASKED = (
    f"Le bouton «{NBSP}Note pour le conseil{NBSP}», sous chaque réponse, en fait une note datée, à imprimer "
    f"ou à ouvrir dans Word{NBSP}: la question, la réponse, les conditions, les montants, les sources et ce "
    "qui reste à confirmer.",
    f"«{NBSP}Note de toute la conversation{NBSP}» réunit vos questions et leurs réponses. La page de votre "
    "commune et celle d’un dispositif ont aussi leur note.",
)
ABOUT = (
    "Je suis un programme, l’assistant des aides publiques aux communes des Hauts-de-France. Je dis quels "
    "dispositifs peuvent vous aider, si vous semblez éligible, combien, jusqu’à quand et où demander.",
    "Chaque réponse cite sa source, une fiche ou un document public, avec sa date quand elle est connue, et "
    f"dit quand une règle est ancienne ou reste à vérifier{NBSP}; ce que je ne trouve pas, je le dis.",
    f"Mes réponses n’engagent personne{NBSP}: seul le service instructeur décide. Je ne vois pas les "
    "dossiers déposés. Ce que le site garde de vos questions est dit dans ses mentions légales.",
)
