"""Every French sentence of the API that no document and no engine wrote."""

from __future__ import annotations

from assistant.eligibility.groups import GroupName

# --- API: problems -------------------------------------------------------------------------------

UNEXPECTED = (
    "Une erreur inattendue a empêché de répondre. Réessayez ; si elle se répète, signalez "
    "l’incident {incident} à l’administrateur du service."
)
BAD_JSON = (
    "Le corps de la demande n’est pas du JSON valide. Envoyez un objet comme "
    '{"messages": [{"role": "user", "content": "Quelle aide pour un dernier commerce ?"}]}.'
)
WHERE_SCHEMES_ARE = "La liste des identifiants est donnée par GET /api/schemes."
ONE_INVALID = "La demande est refusée : {detail}."
MANY_INVALID = "La demande est refusée : {count} valeurs sont à corriger, voir « errors »."

HTTP_STATUS: dict[int, tuple[str, str]] = {
    400: ("Demande illisible", "Le corps de la demande est illisible : envoyez du JSON en UTF-8."),
    403: (
        "Page d’un autre site",
        "Les pages de {origin} ne peuvent pas envoyer de demande {method} à ce serveur. "
        "Pour l’administrateur\u00a0: voyez le réglage ASSISTANT_CORS_ORIGINS.",
    ),
    404: (
        "Adresse inconnue",
        "Aucune ressource à l’adresse {path}. Les adresses sont décrites dans {root}/openapi.json.",
    ),
    405: (
        "Méthode non permise",
        "La méthode {method} n’est pas permise à l’adresse {path}. Méthodes permises : {allow}.",
    ),
    408: ("Demande trop lente", "Le corps de la demande n’est pas arrivé à temps. Envoyez-la à nouveau."),
    413: ("Demande trop volumineuse", "Le corps de la demande est trop volumineux : {most} octets au plus."),
    415: ("Format non pris en charge", "Envoyez du JSON : « Content-Type: application/json »."),
    429: ("Trop de demandes", "Trop de demandes en peu de temps : réessayez dans {wait} s."),
    503: ("Page en préparation", "La page de discussion se prépare : réessayez dans quelques secondes."),
}
OTHER_STATUS = ("Demande refusée", "Le serveur n’a pas pu traiter la demande {method} {path}.")

INVALID_VALUE = "valeur invalide"
INVALID: dict[str, str] = {
    "missing": "champ obligatoire absent",
    "extra_forbidden": "champ inconnu, à supprimer ou à corriger",
    "none_required": "null est attendu",
    "string_type": "un texte est attendu",
    "string_too_long": "texte trop long, {max_length} caractères au plus",
    "string_too_short": "texte vide",
    "string_unicode": "texte qui n’est pas de l’Unicode valide",
    "string_pattern_mismatch": "texte qui n’a pas la forme attendue",
    "literal_error": "valeur à choisir parmi {expected}",
    "enum": "valeur à choisir parmi {expected}",
    "bool_type": "true ou false est attendu",
    "bool_parsing": "true ou false est attendu",
    "int_type": "un nombre entier est attendu",
    "int_parsing": "un nombre entier est attendu",
    "int_parsing_size": "nombre trop grand",
    "int_from_float": "un nombre entier est attendu",
    "float_type": "un nombre est attendu",
    "float_parsing": "un nombre est attendu",
    "finite_number": "un nombre fini est attendu",
    "multiple_of": "un multiple de {multiple_of} est attendu",
    "greater_than": "nombre trop petit, plus de {gt} est attendu",
    "greater_than_equal": "nombre trop petit, {ge} au moins",
    "less_than": "nombre trop grand, moins de {lt} est attendu",
    "less_than_equal": "nombre trop grand, {le} au plus",
    "too_long": "liste trop longue, {max_length} éléments au plus",
    "too_short": "liste vide, {min_length} élément au moins",
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "iterable_type"), "une liste est attendue"),
    **dict.fromkeys(
        ("model_type", "dict_type", "mapping_type", "dataclass_type"), "un objet JSON est attendu"
    ),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "une date est attendue sous la forme AAAA-MM-JJ",
    ),
    "recursion_loop": "valeur qui se contient elle-même",
    "model_attributes_type": "un objet JSON est attendu, avec l’en-tête « Content-Type: application/json »",
}
OR = " ou "
BLANK_QUERY = "la requête est vide"

# --- API: description ----------------------------------------------------------------------------

API_TITLE = "Assistant des dispositifs régionaux"
API_DESCRIPTION = (
    "Répond en français aux questions des mairies des Hauts-de-France sur les dispositifs d’aide, "
    "avec les passages cités et la date de leurs sources.\n\n"
    "Le serveur ne garde pas les conversations : le client envoie tous les messages à chaque "
    "question. Les erreurs sont des documents « application/problem+json » (RFC 9457)."
)
CHAT_SUMMARY = "Poser une question"
CHAT_DESCRIPTION = (
    "Le dernier message est celui de l’utilisateur, 4 000 caractères au plus. Avec `stream: true`, "
    "la réponse est un flux `text/event-stream` : `status`, des `delta`, `citations`, puis `done` "
    "avec la réponse entière ; `error`, un problème, si la réponse s’interrompt."
)
SEARCH_SUMMARY = "Chercher des passages"
SEARCH_DESCRIPTION = "Les `k` passages les plus proches de la requête, avec leurs scores."
COMMUNES_SUMMARY = "Chercher une commune"
COMMUNES_DESCRIPTION = (
    "Les 10 communes des Hauts-de-France que peut désigner un début de nom, un code postal ou un code "
    "INSEE, avec leur population, leur intercommunalité et les listes où elles figurent, datées. "
    "Accents et traits d’union sont facultatifs."
)
COMMUNE_SUMMARY = "Voir une commune en bref"
COMMUNE_DESCRIPTION = (
    "La commune d’un code INSEE, avec ce que disent nos tables, combien de dispositifs sont probables, à "
    "vérifier ou exclus pour elle, et les premiers à regarder."
)
PARAMETER_INSEE = "Code INSEE d’une commune des Hauts-de-France"
GROUPS_IN_SHORT: dict[GroupName, str] = {
    "likely": "probables",
    "check": "à vérifier",
    "excluded": "exclues",
    "aside": "fermées, sans condition publiée ou pour d’autres",
}
ELIGIBILITY_SUMMARY = "Examiner l’éligibilité"
ELIGIBILITY_DESCRIPTION = (
    "Examine un dispositif, ou tous, pour une commune\u00a0: d’abord ceux pour lesquels elle semble "
    "éligible, puis ceux à vérifier, puis les autres. Chaque critère vient avec son motif et le passage "
    "qui l’énonce. Le résultat est calculé d’après des documents publics\u00a0: seule l’instruction "
    "décide.\n\n"
    "`facts` complète ou remplace ce que disent nos tables (ce que vous indiquez l’emporte)\u00a0: "
    "`population` et `epci_population` en habitants, `cost` en euros, `project` (un ou plusieurs "
    "thèmes), `beneficiary`, et, par `true` ou `false`, les conditions suivantes. "
    'Exemple\u00a0: `{{"population": 1500, "project": ["shop"], "label:pvd": true}}`.\n\n'
    "Thèmes\u00a0: {topics}.\n\nConditions\u00a0:\n\n{facts}"
)
EXAMPLE_ALL_SCHEMES = "Tous les dispositifs pour une commune"
EXAMPLE_ONE_SCHEME = "Un dispositif, avec des faits sur le projet"
ELIGIBILITY_OK = "Les dispositifs examinés, avec les passages cités"
PARAMETER_COMMUNE = "Début d’un nom, code postal ou code INSEE"
SCHEMES_SUMMARY = "Lister les dispositifs"
SCHEME_SUMMARY = "Lire un dispositif"
SCHEME_DESCRIPTION = (
    "Les données du dispositif, son texte par section avec les renvois [n] à ses sources, "
    "ses critères et ses liens avec d’autres dispositifs."
)
FEEDBACK_SUMMARY = "Donner son avis sur une réponse"
FEEDBACK_DESCRIPTION = (
    "L’avis est enregistré sans rien qui désigne une personne\u00a0: ni adresse IP, ni navigateur, ni heure "
    "(le jour seulement). Le commentaire et la question ne sont gardés que si l’administrateur l’a choisi "
    "(`ASSISTANT_FEEDBACK_TEXTS`)\u00a0; sinon ils sont oubliés aussitôt reçus. La réponse dit, dans `kept`, "
    "ce qui est gardé, et dans `kept_days`, combien de jours."
)
FEEDBACK_OK = "L’avis est enregistré"
FEEDBACK_EXAMPLE = "Un avis négatif, avec ses raisons"
FEEDBACK_REASONS = "Ce qui ne va pas"
FEEDBACK_STATUS = "Champ `status` de la réponse jugée"
FEEDBACK_SCHEMES = "Champ `schemes` de la réponse jugée"
FEEDBACK_COMMENT = "Gardé seulement si l’administrateur l’a choisi"
FEEDBACK_QUESTION = "La question posée\u00a0; gardée seulement si l’administrateur l’a choisi"
FEEDBACK_KEPT = "Les champs gardés"
FEEDBACK_KEPT_DAYS = "Nombre de jours avant effacement"
NO_FEEDBACK = "Aucun avis gardé."
FEEDBACK_REASON_LABELS = {
    "wrong": "réponse fausse",
    "incomplete": "réponse incomplète",
    "unclear": "réponse peu claire",
    "outdated": "information dépassée",
    "off_topic": "à côté de la question",
}
STATUS_NAMES = {
    "answered": "sourcée",
    "clarification": "à préciser",
    "unanswerable": "sans réponse",
    "out_of_scope": "hors sujet",
    "conversation": "conversation",
}
HEALTH_SUMMARY = "Le serveur répond-il ?"
READY_SUMMARY = "L’index est-il utilisable, et la page de discussion est-elle là ?"
READY_DESCRIPTION = (
    "Répond 200 dès que l’assistant peut répondre. `page` dit où en est la page de discussion, servie "
    "quelques secondes après l’API."
)
PAGE_STATE = "`loading` (elle se prépare), `ready` (elle est servie) ou `failed` (le journal dit pourquoi)"
COMPLETION_SUMMARY = "Poser une question dans la forme d’OpenAI"
COMPLETION_DESCRIPTION = (
    "Pour les programmes qui parlent à l’API d’OpenAI. Le modèle est `assistant-dispositifs`. Les messages "
    "`system` et les réglages de génération sont ignorés\u00a0; les images sont refusées. Les sources sont "
    "ajoutées à la fin du texte, et les champs `citations`, `status`, `schemes`, `eligibility` et "
    "`suggestions` complètent la réponse (en flux\u00a0: son dernier morceau). `usage` compte les mots et "
    "les signes de ponctuation. Aucune clé n’est demandée\u00a0; celle qui est envoyée est ignorée."
)
MODELS_SUMMARY = "Lister les modèles, dans la forme d’OpenAI"
MODEL_SUMMARY = "Lire un modèle, dans la forme d’OpenAI"
MODEL_NAME = "Nom du modèle"
EXAMPLE_COMPLETION = "Une question"
EXAMPLE_COMPLETION_STREAM = "Une question pour une commune, réponse en flux"
ONLY_TEXT = "seul du texte est lu : ni image, ni son, ni fichier"
PART_WITHOUT_TEXT = "un texte est attendu dans « text »"
METRICS_SUMMARY = "Compteurs du service, pour Prometheus"
PARAMETER_Q = "Ce que l’on cherche"
PARAMETER_K = "Nombre de passages"
PARAMETER_SCHEME = "Identifiant du dispositif où chercher ; vide pour tous"
PARAMETER_ID = "Identifiant du dispositif"
EXAMPLE_QUESTION = "Une question"
EXAMPLE_STREAM = "Une question sur un dispositif, réponse en flux"
EXAMPLE_ANSWER = "Une réponse à ce que l’assistant a demandé"
EXAMPLE_DELTA = "Un morceau de texte"
EXAMPLE_LINE = "Le morceau qui finit une ligne, avec elle"
ANSWER_OK = "La réponse, avec ses citations"
REFUSED = "Demande refusée"
UNKNOWN = "Dispositif ou commune inconnus"
INCIDENT = "Incident interne"
RETRY_AFTER = "Nombre de secondes à attendre, quand il est connu"
NOT_READY = "Index absent ou inutilisable, ou trop de demandes à la fois"
TOO_LONG = "Réponse trop longue à venir"

# --- Answers -------------------------------------------------------------------------------------

EXAMPLE_QUESTIONS = (
    "Notre commune peut-elle demander l’aide au dernier commerce\u00a0?",
    "Quelles communes ont reçu le CVCB en juillet 2023\u00a0?",
    "Comment monter une boutique à l’essai\u00a0?",
)
CHOICES = "Précisez votre question"
SOURCES = "Sources citées"
UPDATED = "mis à jour le {date}"
UPDATED_MONTH = "mis à jour en {date}"
NO_DATE = "sans date"
