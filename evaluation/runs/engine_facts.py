"""The facts that the engine reads in an utterance, told in the words of the labels."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType
from typing import Literal

from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.eligibility.facts import Facts, Range, label_key, laureate_key
from assistant.reading.applicant import Applicant
from assistant.reading.asking_subject import commune_asks
from assistant.reading.funders import without_funders
from assistant.reading.statement import read_statement
from assistant.reading.yes_no import said
from corpus.french.folding import fold
from corpus.labels import Beneficiary, TerritoryList
from evaluation.questions.utterances import StatedFacts

Who = Literal["commune", "epci", "association", "company", "individual", "shopkeeper"]
Label = Literal["pvd", "acv", "cvcb", "village_avenir"]

# The engine has one word for a shop and any other business, and more for public bodies than the labels.
_WHO: Mapping[Beneficiary, Who] = MappingProxyType(
    {
        Beneficiary.COMMUNE: "commune",
        Beneficiary.EPCI: "epci",
        Beneficiary.SYNDICATE: "epci",
        Beneficiary.ASSOCIATION: "association",
        Beneficiary.COMPANY: "company",
        Beneficiary.FARMER: "company",
        Beneficiary.LANDLORD: "individual",
        Beneficiary.INDIVIDUAL: "individual",
    }
)
_LABELS: Mapping[str, Label] = MappingProxyType(
    {
        label_key(TerritoryList.PVD): "pvd",
        label_key(TerritoryList.ACV): "acv",
        laureate_key(TerritoryList.CVCB_PHASE_2): "cvcb",
        laureate_key(TerritoryList.CVCB_PHASE_1): "cvcb",
        label_key(TerritoryList.VILLAGES_AVENIR): "village_avenir",
    }
)


def stated_facts(knowledge: Knowledge, turn: Turn, said_now: Applicant) -> StatedFacts:
    """What the last message states, as the engine reads it.

    Args:
        knowledge: what the engine knows.
        turn: the conversation, understood.
        said_now: what was read of the applicant in the last message alone.
    """
    facts = said_now.facts
    named = [place.commune.name for place in said_now.named if place.commune is not None]
    return StatedFacts(
        commune=facts.commune.name if facts.commune else next(iter(named), None),
        population=_number(facts.population or facts.epci_population),
        cost=_number(facts.cost),
        who=_who(knowledge, turn, said_now),
        label=next((label for key, label in _LABELS.items() if facts.claims.get(key)), None),
        answer=_answer(turn),
    )


def _number(known: Range | None) -> int | None:
    """The one number of a quantity; none when only a bound is known."""
    if known is None or not isfinite(known.high) or known.low <= 0:
        return None
    return round((known.low + known.high) / 2)


def _who(knowledge: Knowledge, turn: Turn, said_now: Applicant) -> Who | None:
    """Who speaks: said, not presumed, for the engine takes whoever names a commune for its town hall."""
    facts = said_now.facts
    if facts.beneficiary is not Beneficiary.COMMUNE:
        return _WHO.get(facts.beneficiary) if facts.beneficiary else None
    text = turn.messages[-1].content
    asks = commune_asks(text, said_now.named, commune_known=facts.commune is not None)
    plain = knowledge.names.masked(knowledge.places.masked(text))
    told = read_statement(without_funders(plain), Facts(), commune_asks=asks)
    return "commune" if told.beneficiary is Beneficiary.COMMUNE else None


def _answer(turn: Turn) -> Literal["yes", "no"] | None:
    """The yes or no of a message that answers a question of the assistant's."""
    if not turn.understood.answers_us:
        return None
    told = said(fold(turn.messages[-1].content).strip())
    return told if told in {"yes", "no"} else None
