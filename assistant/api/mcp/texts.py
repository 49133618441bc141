"""Every French sentence that describes the tools to a language model or to its user."""

from __future__ import annotations

from corpus.labels import TOPIC_LABELS

TITLE = "Assistant des dispositifs régionaux"
INSTRUCTIONS = (
    "Aides publiques aux communes des Hauts-de-France, d’après des fiches sourcées et datées. "
    "Citez toujours la source et sa date. N’affirmez rien que les passages ne disent pas : si l’information "
    "n’y est pas, dites qu’elle n’a pas été trouvée. L’éligibilité est calculée, jamais décidée : seule "
    "l’instruction de la demande décide."
)
SEARCH_TITLE = "Chercher des dispositifs"
SEARCH = (
    "Trouve les dispositifs d’aide qui répondent au besoin d’une commune, avec les passages de leur fiche, "
    "leurs sources datées, et l’état du dispositif à la date où il est connu."
)
NEED = "Le besoin, en français courant, par exemple « rénover la salle des fêtes »"
COUNT = "Nombre de dispositifs, de 1 à 10"
CHECK_TITLE = "Vérifier l’éligibilité"
CHECK = (
    "Examine, pour une commune, un dispositif ou tous. Chaque verdict est « eligible » (semble éligible), "
    "« not_eligible » (semble exclue) ou « undetermined » (à vérifier), avec les points en suspens et une "
    "source datée. Quand un dispositif est demandé, « detail » donne chaque critère, son motif et le passage "
    "qui l’énonce."
)
COMMUNE = "Nom, code INSEE ou code postal d’une commune des Hauts-de-France, par exemple « Nieppe »"
SCHEME = "Identifiant d’un dispositif, donné par chercher_dispositifs, par exemple « cvcb » ; tous sans lui"
FACTS = (
    "Ce que l’on sait d’autre : « population » et « epci_population » (habitants), « cost » (euros), "
    "« project » (thèmes : "
    + ", ".join(f"{topic} = {label}" for topic, label in TOPIC_LABELS.items())
    + "), "
    "et, par vrai ou faux, les conditions nommées dans « would_change »"
)
FIND_TITLE = "Trouver une commune"
FIND = (
    "Donne les communes des Hauts-de-France que peut désigner un début de nom, un code postal ou un code "
    "INSEE, avec leur population, leur intercommunalité et les listes où elles figurent, datées."
)
TYPED_NAME = "Début d’un nom, code postal ou code INSEE, par exemple « niep »"

# Refusals, read by a language model that calls again, or by its user.
UNKNOWN_TOOL = "L’outil « {name} » n’existe pas. Outils\u00a0: {tools}."
WHERE_SCHEMES_ARE = "Les identifiants sont donnés par chercher_dispositifs."
REFUSED_ARGUMENT = "«\u00a0{name}\u00a0» refusé\u00a0: {detail}"
REFUSED_CALL = "L’appel est refusé. {refusals}."
