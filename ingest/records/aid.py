"""An aid of Aides-territoires as a scheme: its fields told in French, its texts as they are."""

from __future__ import annotations

from corpus.french.folding import fold
from ingest.records.facts import dated, euros, fact, listed, named, rate
from ingest.records.record import SchemeRecord, Topic
from ingest.records.values import Values
from ingest.web.feeds.raw import RawRecord

_SITE = "Aides-territoires"
# What the API calls the licence of an aid that it imported; its own aids are under the first.
_LICENCES = {"": "Licence Ouverte 2.0", "openlicence20": "Licence Ouverte 2.0"}
_OTHER_LICENCE = "licence non précisée"
# The audiences of the API, in the plural; another is told as it's named.
_AUDIENCES = {
    "commune": "communes",
    "communes": "communes",
    "intercommunalite / pays": "intercommunalités et pays",
    "intercommunalites / pays": "intercommunalités et pays",
    "departement": "départements",
    "region": "régions",
    "association": "associations",
    "particulier": "particuliers",
    "agriculteur": "agriculteurs",
    "entreprise privee": "entreprises privées",
}


def read_aid(record: RawRecord) -> SchemeRecord:
    """Read an aid; its title is empty when it has no name."""
    values = Values(record.named, record.values)
    name = values.text("name") or values.text("name_initial") or values.text("short_title")
    funders = values.texts("financers") or values.texts("instructors")
    deadline = values.day("submission_deadline")
    other_names = (values.text("name_initial"), values.text("short_title"))
    return SchemeRecord(
        title=name,
        publisher=", ".join(funders) or _SITE,
        url=values.address("url", record.base),
        published=values.day("date_created"),
        updated=values.day("date_updated"),
        deadline=deadline,
        credit=f"{_SITE}, {_LICENCES.get(values.text('import_share_licence'), _OTHER_LICENCE)}",
        aliases=tuple(dict.fromkeys(other for other in other_names if other and other != name)),
        topics=_topics(values, deadline),
        unread=tuple(dict.fromkeys(values.unread)),
    )


def _topics(values: Values, deadline: str | None) -> tuple[Topic, ...]:
    return (
        Topic("Objet", text=values.text("description")),
        Topic(
            "Bénéficiaires",
            (
                listed("Bénéficiaires", map(_plural, values.texts("targeted_audiences"))),
                fact("Périmètre", values.text("perimeter")),
            ),
        ),
        Topic("Conditions d’éligibilité", text=values.text("eligibility")),
        Topic(
            "Montant",
            (
                listed("Type d’aide", values.texts("aid_types")),
                rate(
                    "Taux de subvention",
                    values.rate("subvention_rate_lower_bound"),
                    values.rate("subvention_rate_upper_bound"),
                ),
                fact("Précision sur la subvention", values.text("subvention_comment")),
                euros("Montant maximal du prêt", values.number("loan_amount")),
                euros("Montant de l’avance récupérable", values.number("recoverable_advance_amount")),
                listed("Nature des dépenses", values.texts("destinations")),
                named("Financeurs", values.texts("financers")),
                named("Programme", values.texts("programs")),
            ),
        ),
        Topic(
            "Calendrier",
            (
                "Cette aide est un appel à projets." if values.is_true("is_call_for_project") else "",
                dated("Ouverture des dépôts", values.day("start_date")),
                dated("Date limite de pré-dépôt", values.day("predeposit_date")),
                dated("Date limite de dépôt", deadline),
                listed("Récurrence de l’aide", values.texts("recurrence")),
            ),
        ),
        Topic(
            "Démarche",
            (
                listed("État d’avancement du projet", values.texts("mobilization_steps")),
                named("Instructeurs", values.texts("instructors")),
                fact("Page du financeur", values.text("origin_url")),
                fact("Demande en ligne", values.text("application_url")),
            ),
        ),
        Topic("Exemples", text=values.text("project_examples")),
        Topic("Contact", text=values.text("contact")),
    )


def _plural(audience: str) -> str:
    return _AUDIENCES.get(fold(audience), audience)
