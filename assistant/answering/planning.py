"""The steps of a turn that answer by a plan of their own, without choosing among sentences found."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.knowledge import Knowledge
from assistant.answering.place_reply import place_reply
from assistant.answering.plans.overview import OverviewPlan
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.answering.verdict_step import with_place_notes
from assistant.eligibility.facts import Facts
from assistant.eligibility.next_question import ASK_COMMUNE
from assistant.lines import line
from assistant.reading.acts import ReadAct
from assistant.reading.commune_acts import asks_overview, has_need, set_apart, standing_act
from assistant.reply import Asked, Reply
from corpus.labels import Beneficiary

_PUBLIC = (Beneficiary.COMMUNE, Beneficiary.EPCI, Beneficiary.SYNDICATE, Beneficiary.DEPARTMENT)


def tell_overview(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of whoever asks for all that a commune, or another applicant, may have.

    Which commune is asked where nothing tells who asks.

    Raises:
        UnknownCommune, AmbiguousCommune: the commune chosen beside the question isn't one of the region's.
    """
    question, places = turn.understood, knowledge.places
    if question.answers_us and question.schemes:
        return turn
    read, text = standing_act(turn.messages, places, knowledge.acts)
    if not asks_overview(question, read, has_need=has_need(text, places)):
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
    apart = set_apart(text, knowledge.names)
    told = plan.tell(facts, knowledge.today(), apart, refusals_first=_asks_refusals(read))
    return replace(turn, applicant=who).ended(with_place_notes(told, who, knowledge.territory))


def _for_the_commune(facts: Facts) -> Facts:
    """The facts, the commune being who asks where a person speaks of what it may have."""
    of_their_own = facts.beneficiary not in {None, *_PUBLIC} and facts.commune is not None
    return replace(facts, beneficiary=Beneficiary.COMMUNE) if of_their_own else facts


def _asks_refusals(read: ReadAct) -> bool:
    return read.aspect == "excluded"
