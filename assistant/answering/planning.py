"""The steps of a turn that answer by a plan of their own, without choosing among sentences found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.knowledge import Knowledge
from assistant.answering.place_reply import place_reply
from assistant.answering.plans.overview import OverviewPlan
from assistant.answering.plans.record import Asked as AskedRecord
from assistant.answering.plans.record import RecordPlan
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.answering.verdict_step import with_place_notes
from assistant.eligibility.facts import Facts
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.on_lists import OnLists
from assistant.eligibility.next_question import ASK_COMMUNE
from assistant.lines import line
from assistant.reading.acts import ReadAct
from assistant.reading.commune_acts import (
    asks_overview,
    asks_record,
    has_need,
    may_ask_record,
    set_apart,
    standing_act,
)
from assistant.reading.membership import asked_lists, phases
from assistant.reply import Asked, Reply
from corpus.labels import Beneficiary, TerritoryList
from ingest.lexical import analyse

_PUBLIC = (Beneficiary.COMMUNE, Beneficiary.EPCI, Beneficiary.SYNDICATE, Beneficiary.DEPARTMENT)

# From this probability on, an aspect is asked beside the likeliest.
_ASPECT = 0.3
LAUREATES = frozenset({TerritoryList.CVCB_PHASE_1, TerritoryList.CVCB_PHASE_2})
_LAUREATE = frozenset(analyse("lauréates"))


def tell_overview(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of whoever asks for all that a commune, or another applicant, may have.

    Which commune is asked where nothing tells who asks.

    Raises:
        UnknownCommune, AmbiguousCommune: the commune chosen beside the question isn't one of the region's.
    """
    question, places = turn.understood, knowledge.places
    if question.answers_us and question.schemes:
        return turn
    read, text = standing_act(turn.users, places, knowledge.acts)
    apart, rest = set_apart(text, knowledge.names)
    if apart:
        kept = tuple(name for name in question.schemes if name not in apart)
        question, read = replace(question, schemes=kept), knowledge.acts.read(rest)
    if not asks_overview(question, read, has_need=has_need(rest, places)):
        return turn
    who = applicant_of(knowledge, turn)
    facts = _for_the_commune(who.facts)
    if who.unsettled is not None:
        reply = place_reply(who.unsettled)
        return replace(turn, applicant=who).ended(with_place_notes(reply, who, knowledge.territory))
    if not (facts.applicant_is_known or facts.department):
        reply = Reply(
            status="clarification", lines=(line("question", ASK_COMMUNE),), asked=Asked(about="commune")
        )
        return replace(turn, applicant=who).ended(reply)
    plan = OverviewPlan(knowledge.catalogue, knowledge.territory)
    told = plan.tell(facts, knowledge.today(), apart, refusals_first=read.aspect == "excluded", next_step=_asks_next_step(read))
    return replace(turn, applicant=who).ended(with_place_notes(told, who, knowledge.territory))


def tell_record(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of whoever asks what a commune got, whether it's on a list, or who is on it in a department.

    Raises:
        UnknownCommune, AmbiguousCommune: the commune chosen beside the question isn't one of the region's.
    """
    question = turn.understood
    read, text = standing_act(turn.users, knowledge.places, knowledge.acts)
    stems = frozenset(analyse(knowledge.places.masked(turn.read[-1].normal)))
    lists = _lists(knowledge, text, question.schemes, sure=asks_record(read) and read.aspect != "amount")
    of_laureates = any(list_id in LAUREATES for list_id in lists)
    if not (asks_record(read) or of_laureates or may_ask_record(read)):
        return turn
    who = applicant_of(knowledge, turn)
    if who.unsettled is not None:
        if not asks_record(read):
            return turn
        return replace(turn, applicant=who).ended(place_reply(who.unsettled, question.schemes))
    plan = RecordPlan(knowledge.catalogue, knowledge.territory, knowledge.statements)
    asked = AskedRecord(question.schemes, lists, stems, amount="amount" in read.aspects_from(_ASPECT))
    communes = who.communes or ((who.facts.commune,) if who.facts.commune else ())
    if not communes:
        if who.facts.department is None or not of_laureates:
            return turn
        reply = plan.of_department(who.facts.department, asked)
    elif who.facts.cost is not None and not (of_laureates or plan.knows(communes[0], stems)):
        return turn  # "12 caméras, 80 000 €, combien ?": a cost to come, of which no source tells
    elif asks_record(read) or of_laureates or plan.knows(communes[0], stems):
        reply = plan.tell(communes, asked, who.facts, knowledge.today())
    else:
        return turn
    return replace(turn, applicant=who).ended(with_place_notes(reply, who, knowledge.territory))


def _lists(
    knowledge: Knowledge, text: str, schemes: Sequence[str], *, sure: bool
) -> tuple[TerritoryList, ...]:
    """The lists that a message asks about: by its words, or those that decide on the schemes it names.

    Args:
        knowledge: the schemes.
        text: the message.
        schemes: those named.
        sure: whether it's surely a record that is asked.
    """
    found = dict.fromkeys(asked_lists(text))
    rules = (rule for name in schemes for rule in knowledge.catalogue.scheme(name).criteria)
    kinds = (kind for rule in rules if isinstance(kind := kind_of(rule), OnLists))
    of_schemes = {list_id for kind in kinds for list_id in kind.rule.any_of}
    if of_schemes & LAUREATES and (sure or _LAUREATE & set(analyse(text))):
        found |= dict.fromkeys(phases(text))
    elif sure and not found:
        found |= dict.fromkeys(sorted(of_schemes))
    return tuple(found)


def _for_the_commune(facts: Facts) -> Facts:
    """The facts, the commune being who asks where a person speaks of what it may have."""
    of_their_own = facts.beneficiary not in {None, *_PUBLIC} and facts.commune is not None
    return replace(facts, beneficiary=Beneficiary.COMMUNE) if of_their_own else facts


def _asks_next_step(read: ReadAct) -> bool:
    """Whether where to begin, or whom to ask, is asked too."""
    return bool({"how", "contact"} & set(read.aspects_from(_ASPECT)))
