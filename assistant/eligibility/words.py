"""The French words of a criterion: its label, and the reason of a judgement with the figures used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf
from typing import assert_never

from assistant.eligibility.facts import Facts, Range
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.lists import Presence
from corpus.fiches.criteria import (
    BeneficiaryIn,
    CostBetween,
    Criterion,
    HasLabel,
    ListedIn,
    LocatedIn,
    ManualCheck,
    OneOf,
    PopulationBetween,
    ProjectIs,
    WindowOpen,
)
from corpus.labels import BENEFICIARY_LABELS, LIST_LABELS, TOPIC_LABELS, Beneficiary, TerritoryList, Topic

BENEFICIARY_UNKNOWN = "Qui demande (commune, intercommunalité, association, entreprise…) n’est pas précisé."
COMMUNE_UNKNOWN = "La commune n’est pas précisée."
TO_CHECK = "À vérifier : vous seul pouvez le dire."
PROJECT_DENIED = "Votre projet porte sur autre chose."
STATED_AS_A_WHOLE = {
    True: "Vous indiquez que cette condition est remplie.",
    False: "Vous indiquez que cette condition n’est pas remplie.",
}
_SPACES = tuple(
    (sign, sign.replace(" ", "\u00a0")) for sign in (" :", " ;", " ?", " »", "« ", " €", " %", " habitants")
)
NOT_ALL_MET = "Vous indiquez qu’au moins une des conditions restantes n’est pas remplie."


def number(value: float) -> str:
    """Write a number with French thousands: ``1 324``."""
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return text.replace(",", "\u00a0").replace(".", ",")


def spaced(text: str) -> str:
    """Put the no-break spaces of our own sentences; what they quote of the corpus has them already."""
    for plain, unbroken in _SPACES:
        text = text.replace(plain, unbroken)
    return text


def list_name(list_id: TerritoryList) -> str:
    """The name of a list as a sentence takes it, without its period: that would be a figure to source."""
    return re.sub(r",? phase \d+| \([\d\u2013-]+\)", "", LIST_LABELS[list_id])


def label_of(criterion: Criterion) -> str:
    """Say a criterion in a few words."""
    return spaced(_label(criterion))


def _label(criterion: Criterion) -> str:
    match criterion:
        case PopulationBetween():
            who = "Commune" if criterion.of == "commune" else "Intercommunalité"
            return f"{who} {_population_bounds(criterion)}"
        case LocatedIn():
            return f"Située : {_places(criterion)}"
        case HasLabel() | ListedIn():
            return " ou ".join(dict.fromkeys(list_name(item) for item in criterion.any_of))
        case BeneficiaryIn():
            return f"Demandeur : {_beneficiaries(criterion.any_of)}"
        case WindowOpen():
            return "Période de dépôt ouverte"
        case ProjectIs() | ManualCheck():
            return criterion.question
        case CostBetween():
            return f"Dépense {_cost_bounds(criterion)}"
        case OneOf():
            return " ; ou ".join(_label(part) for part in criterion.criteria)
        case _:
            assert_never(criterion)


def population_reason(
    criterion: PopulationBetween, known: Range | None, facts: Facts, *, from_table: bool
) -> str:
    """Give the inhabitants and the threshold: "Nieppe : 7 321 habitants, seuil : moins de 20 000"."""
    threshold = f"seuil : {_population_bounds(criterion).removeprefix('de ').replace(' habitants', '')}"
    if known is None:
        return spaced(f"Population non précisée, {threshold}.")
    count = f"{range_words(known)} habitants"
    if from_table and facts.commune is not None:
        name = (
            facts.commune.name if criterion.of == "commune" else f"intercommunalité de {facts.commune.name}"
        )
        return spaced(f"{name} : {count}, {threshold}.")
    return spaced(f"{count[:1].upper()}{count[1:]} d’après vous, {threshold}.")


def cost_reason(known: Range | None, criterion: CostBetween) -> str:
    """Give the cost and its bounds."""
    if known is None:
        return spaced(f"Montant de la dépense non précisé, il faut une dépense {_cost_bounds(criterion)}.")
    cost = f"de {range_words(known)}".replace("de environ", "d’environ")
    return spaced(f"Dépense {cost} € d’après vous, il faut une dépense {_cost_bounds(criterion)}.")


def beneficiary_reason(known: Beneficiary, allowed: Iterable[Beneficiary]) -> str:
    """Say who asks, and who may."""
    return spaced(f"Demandeur : {BENEFICIARY_LABELS[known]} ; peuvent demander : {_beneficiaries(allowed)}.")


def location_reason(commune: Commune) -> str:
    """Say where the commune is."""
    return spaced(f"{commune.name} est dans le département {DEPARTMENTS[commune.department]}.")


def department_reason(department: str) -> str:
    """Say where the applicant says it is."""
    return spaced(f"Département indiqué : {DEPARTMENTS[department]}.")


def list_reason(
    list_id: TerritoryList, presence: Presence, claim: bool | None, commune: Commune | None
) -> str:
    """Say what the list says, and what the person says when it differs."""
    label = list_name(list_id)
    name = commune.name if commune else "La commune"
    told = {
        Presence.YES: f"{name} figure sur notre liste « {label} »",
        Presence.NO: f"{name} ne figure pas sur la liste « {label} »",
        Presence.UNKNOWN: f"« {label} » : à vérifier, notre liste est incomplète"
        if commune
        else f"« {label} » : à vérifier",
    }[presence]
    if claim is None:
        return spaced(f"{told}.")
    claimed = "vous indiquez en faire partie" if claim else "vous indiquez ne pas en faire partie"
    if presence is Presence.UNKNOWN:
        return spaced(f"« {label} » : {claimed}.")
    agrees = claim is (presence is Presence.YES)
    return spaced(f"{told}{'' if agrees else f', mais {claimed} : à vérifier'}.")


def claim_reason(claim: bool) -> str:
    """Say that the person settled it."""
    return spaced("Vous indiquez que oui." if claim else "Vous indiquez que non.")


def project_reason(topics: Iterable[Topic]) -> str:
    """Say what the project is about."""
    return spaced(f"Projet : {', '.join(sorted(TOPIC_LABELS[topic] for topic in topics))}.")


def range_words(known: Range) -> str:
    """Say a quantity: ``1 324``, ``moins de 2 000``, ``plus de 500``, ``environ 900``, ``1 000 à 2 000``."""
    if known.is_exact:
        return number(known.low)
    if known.low <= 0:
        return f"moins de {number(known.high + 1)}"
    if known.high == inf:
        return f"plus de {number(known.low - 1)}"
    middle = (known.low + known.high) / 2
    if known == Range.about(middle):
        return f"environ {number(middle)}"
    return f"{number(known.low)} à {number(known.high)}"


def _population_bounds(criterion: PopulationBetween) -> str:
    low = criterion.min_inclusive
    high = criterion.max_exclusive if criterion.max_exclusive is not None else criterion.max_inclusive
    if high is None:
        return f"d’au moins {number(low or 0)} habitants"
    strict = criterion.max_exclusive is not None
    most = f"moins de {number(high)}" if strict else f"{number(high)} au plus"
    if low is not None:
        return f"de {number(low)} habitants au moins et de {most} habitants"
    return f"de {most} habitants" if strict else f"de {number(high)} habitants au plus"


def _cost_bounds(criterion: CostBetween) -> str:
    low, high = criterion.min_inclusive, criterion.max_inclusive
    if low is not None and high is not None:
        return f"de {number(low)} à {number(high)} €"
    return f"d’au moins {number(low)} €" if low is not None else f"de {number(high or 0)} € au plus"


def _places(criterion: LocatedIn) -> str:
    if criterion.region:
        return "Hauts-de-France"
    names = [DEPARTMENTS[item] for item in criterion.departments]
    names += [f"intercommunalité {item}" for item in criterion.epci]
    names += [f"commune {item}" for item in criterion.communes]
    return ", ".join(names)


def _beneficiaries(allowed: Iterable[Beneficiary]) -> str:
    return ", ".join(BENEFICIARY_LABELS[item] for item in allowed)
