"""The words for verdicts, criteria, calendars and lists, shared by the command line and the chat page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assistant.eligibility import words as say
from assistant.eligibility.commune_view import CommuneView, ListView
from assistant.eligibility.groups import GroupName
from assistant.reply import Availability, CriterionResult, CriterionVerdict, Eligibility, Verdict
from corpus.communes.lists import Presence
from corpus.french.dates import french_date
from corpus.french.typography import NO_BREAK, typeset

VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {
        "eligible": "Semble éligible, sous réserve de l’instruction",
        "undetermined": "À vérifier",
        "not_eligible": "Ne semble pas éligible",
    }
)
GROUPS: Mapping[GroupName, str] = MappingProxyType(
    {
        "likely": "Probables, sous réserve de l’instruction",
        "check": "Possibles, à vérifier",
        "excluded": "Exclues par la taille, la situation ou les labels",
        "aside": "Fermées, sans condition publiée, ou pour d’autres demandeurs",
    }
)
CRITERIA: Mapping[CriterionVerdict, str] = MappingProxyType(
    {"met": "rempli", "not_met": "non rempli", "unknown": "à vérifier"}
)
NO_CRITERION = "Nos sources ne donnent pas de condition que l’on puisse vérifier ici."
_PRESENCES = {Presence.YES: "oui", Presence.NO: "non", Presence.UNKNOWN: "à vérifier"}
_DECISIVE: Mapping[Verdict, CriterionVerdict] = MappingProxyType(
    {"eligible": "met", "undetermined": "unknown", "not_eligible": "not_met"}
)


def availability_words(availability: Availability) -> str:
    """Say whether requests are taken, and as of when that is known."""
    match availability.state:
        case "open":
            return f"Dépôt ouvert (information {_since(availability.as_of)})"
        case "closed":
            return f"Dépôt fermé (information {_since(availability.as_of)})"
        case "unknown":
            as_of = french_date(availability.as_of)
            return typeset(f"Ouverture actuelle non vérifiée (dernière information : {as_of})")


def decisive(eligibility: Eligibility) -> tuple[CriterionResult, ...]:
    """The criteria that explain a verdict: those not met, else those left to check, else all."""
    wanted = _DECISIVE[eligibility.verdict]
    return tuple(item for item in eligibility.criteria if item.verdict == wanted)


def reason(criterion: CriterionResult) -> str:
    """The criterion and why, each word once: the reason alone when it says the criterion again."""
    label, because = criterion.label, criterion.because
    if because == say.TO_CHECK:
        return typeset(label)
    if label in because or because.startswith(label.split("\u00a0:")[0] + "\u00a0:"):
        return typeset(because)
    return typeset(f"{label}{'' if label.endswith('?') else f'{NO_BREAK}:'} {because}")


def population_words(commune: CommuneView) -> str:
    """The inhabitants, with the date of the table."""
    dated = (
        f" (table des communes, {french_date(commune.population_as_of)})" if commune.population_as_of else ""
    )
    return typeset(f"{say.number(commune.population)} habitants{dated}")


def epci_words(commune: CommuneView) -> str:
    """The intercommunal body with its inhabitants."""
    return typeset(f"{commune.epci.name}, {say.number(commune.epci.population)} habitants")


def list_words(item: ListView) -> str:
    """What a list says, with its date."""
    dated = f" (liste {_since(item.as_of)})" if item.as_of else " (liste non datée)"
    return f"{_PRESENCES[item.presence]}{dated}"


def label_words(item: ListView) -> str:
    """The name of a list, as a heading."""
    return f"{item.label[:1].upper()}{item.label[1:]}"


def _since(iso: str) -> str:
    """Say since when: « du 7 juillet 2023 », « de juillet 2023 », « de 2023 », « d’août 2023 »."""
    words = french_date(iso)
    if len(iso) > len("2023-07"):
        return f"du {words}"
    return f"d’{words}" if words[0] in "ao" else f"de {words}"
