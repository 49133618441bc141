"""The closed vocabularies of a fiche, each value with the French label that people read."""

from __future__ import annotations

from enum import StrEnum


class Funder(StrEnum):
    """Who pays or runs a scheme."""

    REGION = "region"
    STATE = "state"
    DEPARTMENT = "department"
    EU = "eu"
    PUBLIC_BODY = "public_body"
    ASSOCIATION = "association"


class AidType(StrEnum):
    """The form that the help takes."""

    GRANT = "grant"
    LOAN = "loan"
    ENGINEERING = "engineering"
    ADVICE = "advice"
    MEMBERSHIP = "membership"
    LABEL = "label"


class Beneficiary(StrEnum):
    """Who may receive the help."""

    COMMUNE = "commune"
    EPCI = "epci"
    SYNDICATE = "syndicate"
    DEPARTMENT = "department"
    PUBLIC_BODY = "public_body"
    ASSOCIATION = "association"
    COMPANY = "company"
    FARMER = "farmer"
    LANDLORD = "landlord"
    INDIVIDUAL = "individual"


class State(StrEnum):
    """Whether a scheme can be asked for, at the date of its status."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Topic(StrEnum):
    """What a project is about; used by ``topics`` and by the ``project_is`` criterion."""

    TOWN_CENTRE = "town_centre"
    PUBLIC_SPACE = "public_space"
    SHOP = "shop"
    CRAFT = "craft"
    BUILDING_ENERGY = "building_energy"
    RENEWABLE_ENERGY = "renewable_energy"
    BUILDING_REUSE = "building_reuse"
    BROWNFIELD = "brownfield"
    ACTIVE_MOBILITY = "active_mobility"
    TRANSPORT = "transport"
    SPORT = "sport"
    CULTURE = "culture"
    HERITAGE = "heritage"
    TREES = "trees"
    BIODIVERSITY = "biodiversity"
    WATER = "water"
    DISASTER = "disaster"
    CCTV = "cctv"
    HEALTH = "health"
    DIGITAL = "digital"
    SHARED_PLACE = "shared_place"
    TOURISM = "tourism"
    DEPRIVED_AREA = "deprived_area"
    SCHOOL = "school"
    RURAL = "rural"
    GENERAL = "general"


class TerritoryList(StrEnum):
    """The lists of communes that a criterion may refer to."""

    PVD = "pvd"
    ACV = "acv"
    VILLAGES_AVENIR = "villages-avenir"
    FRANCE_SERVICES = "france-services"
    CVCB_PHASE_1 = "cvcb-phase-1"
    CVCB_PHASE_2 = "cvcb-phase-2"


class RelationKind(StrEnum):
    """How a scheme relates to another one."""

    REPLACES = "replaces"
    REPLACED_BY = "replaced_by"
    PART_OF = "part_of"
    NOT_CUMULATIVE_WITH = "not_cumulative_with"
    OFTEN_CONFUSED_WITH = "often_confused_with"
    COMPLEMENTS = "complements"


FUNDER_LABELS: dict[Funder, str] = {
    Funder.REGION: "Région Hauts-de-France",
    Funder.STATE: "État",
    Funder.DEPARTMENT: "Département",
    Funder.EU: "Union européenne",
    Funder.PUBLIC_BODY: "établissement public",
    Funder.ASSOCIATION: "association",
}

AID_TYPE_LABELS: dict[AidType, str] = {
    AidType.GRANT: "subvention",
    AidType.LOAN: "prêt",
    AidType.ENGINEERING: "ingénierie",
    AidType.ADVICE: "conseil",
    AidType.MEMBERSHIP: "adhésion",
    AidType.LABEL: "label",
}

BENEFICIARY_LABELS: dict[Beneficiary, str] = {
    Beneficiary.COMMUNE: "commune",
    Beneficiary.EPCI: "intercommunalité",
    Beneficiary.SYNDICATE: "syndicat ou pôle territorial",
    Beneficiary.DEPARTMENT: "Département",
    Beneficiary.PUBLIC_BODY: "établissement public",
    Beneficiary.ASSOCIATION: "association",
    Beneficiary.COMPANY: "entreprise, artisan ou commerçant",
    Beneficiary.FARMER: "agriculteur",
    Beneficiary.LANDLORD: "propriétaire ou bailleur",
    Beneficiary.INDIVIDUAL: "particulier ou porteur de projet",
}

STATE_LABELS: dict[State, str] = {
    State.OPEN: "ouvert",
    State.CLOSED: "fermé",
    State.UNKNOWN: "état actuel non vérifié",
}

TOPIC_LABELS: dict[Topic, str] = {
    Topic.TOWN_CENTRE: "centre-ville ou centre-bourg",
    Topic.PUBLIC_SPACE: "place, voirie, espace public",
    Topic.SHOP: "commerce",
    Topic.CRAFT: "artisanat",
    Topic.BUILDING_ENERGY: "rénovation énergétique d’un bâtiment",
    Topic.RENEWABLE_ENERGY: "énergie renouvelable",
    Topic.BUILDING_REUSE: "réemploi d’un bâtiment existant",
    Topic.BROWNFIELD: "friche ou foncier",
    Topic.ACTIVE_MOBILITY: "vélo et marche",
    Topic.TRANSPORT: "mobilité et transports",
    Topic.SPORT: "sport",
    Topic.CULTURE: "culture",
    Topic.HERITAGE: "patrimoine",
    Topic.TREES: "arbres et haies",
    Topic.BIODIVERSITY: "biodiversité",
    Topic.WATER: "eau et inondations",
    Topic.DISASTER: "dégâts d’intempéries",
    Topic.CCTV: "vidéoprotection",
    Topic.HEALTH: "santé",
    Topic.DIGITAL: "numérique",
    Topic.SHARED_PLACE: "tiers-lieu et service mutualisé",
    Topic.TOURISM: "tourisme",
    Topic.DEPRIVED_AREA: "quartier prioritaire",
    Topic.SCHOOL: "école et petite enfance",
    Topic.RURAL: "ruralité",
    Topic.GENERAL: "projet communal en général",
}

LIST_LABELS: dict[TerritoryList, str] = {
    TerritoryList.PVD: "Petites villes de demain",
    TerritoryList.ACV: "Action cœur de ville",
    TerritoryList.VILLAGES_AVENIR: "Villages d’avenir",
    TerritoryList.FRANCE_SERVICES: "France services",
    TerritoryList.CVCB_PHASE_1: "lauréates du CVCB, phase 1 (2019-2022)",
    TerritoryList.CVCB_PHASE_2: "lauréates du CVCB, phase 2 (2023-2027)",
}

RELATION_LABELS: dict[RelationKind, str] = {
    RelationKind.REPLACES: "remplace",
    RelationKind.REPLACED_BY: "remplacé par",
    RelationKind.PART_OF: "fait partie de",
    RelationKind.NOT_CUMULATIVE_WITH: "ne se cumule pas avec",
    RelationKind.OFTEN_CONFUSED_WITH: "souvent confondu avec",
    RelationKind.COMPLEMENTS: "complète",
}
