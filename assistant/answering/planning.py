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
from assistant.answering.understanding import acts_of, applicant_of
from assistant.answering.verdict_step import with_place_notes
from assistant.eligibility.facts import Facts, laureate_key
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.on_lists import OnLists
from assistant.eligibility.next_question import ASK_COMMUNE
from assistant.lines import line
from assistant.reading.acts import ReadAct
from assistant.reading.applicant import Applicant
from assistant.reading.commune_acts import (
    Standing,
    asks_overview,
    asks_record,
    has_need,
    likeliest_is_record,
    may_ask_record,
    standing_act,
)
from assistant.reading.cost_answer import speaks_of_euros
from assistant.reading.membership import asked_lists, phases
from assistant.reading.places import Place
from assistant.reading.understand import Question
from assistant.reply import Asked, Reply
from corpus.communes.commune import Commune
from corpus.labels import Beneficiary, TerritoryList
from ingest.lexical import analyse

_PUBLIC = (Beneficiary.COMMUNE, Beneficiary.EPCI, Beneficiary.SYNDICATE, Beneficiary.DEPARTMENT)

# From this probability on, an aspect is asked beside the likeliest.
_ASPECT = 0.3
# From this probability on, a record is asked though no source holds one.
_SURELY_RECORD = 0.95
# From this probability on, a verdict is asked rather than what a list says.
_VERDICT = 0.5
LAUREATES = frozenset({TerritoryList.CVCB_PHASE_1, TerritoryList.CVCB_PHASE_2})
_LAUREATE = frozenset(analyse("lauréates"))


def tell_overview(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of whoever asks for all that a commune, or another applicant, may have.

    Which commune is asked where nothing tells who asks.

    Raises:
        UnknownCommune, AmbiguousCommune: the commune chosen beside the question isn't one of the region's.
    """
    found = _overview_asked(knowledge, turn)
    if found is None:
        return turn
    read, apart = found
    who = applicant_of(knowledge, turn)
    facts = _for_the_commune(who.facts)
    if (place := _unsettled(who)) is not None and who.facts.commune is None:
        reply = place_reply(place)
        return replace(turn, applicant=who).ended(with_place_notes(reply, who, knowledge.territory))
    if not (facts.applicant_is_known or facts.department):
        reply = Reply(
            status="clarification", lines=(line("question", ASK_COMMUNE),), asked=Asked(about="commune")
        )
        return replace(turn, applicant=who).ended(reply)
    plan = OverviewPlan(knowledge.catalogue, knowledge.territory, knowledge.statements)
    told = plan.tell(
        facts,
        knowledge.today(),
        apart,
        refusals_first=read.aspect == "excluded",
        next_step=_asks_next_step(read),
    )
    return replace(turn, applicant=who).ended(with_place_notes(told, who, knowledge.territory))


def _overview_asked(knowledge: Knowledge, turn: Turn) -> tuple[ReadAct, frozenset[str]] | None:
    """What a message that asks for an overview asks, and the schemes that it sets aside; None for another.

    It's read as it was written and as it was mended: either may show what it asks.
    """
    mended = tuple(message.content for message in turn.messages if message.role == "user")
    for users in dict.fromkeys((turn.users, mended)):
        standing = standing_act(users, knowledge.places, acts_of(knowledge, turn))
        question, read = _on_its_own(knowledge, turn.understood, standing), standing.read
        apart, rest = knowledge.left_out.of(standing.text), standing.text
        if apart:
            rest = knowledge.left_out.without(rest, apart)
            kept = tuple(name for name in question.schemes if name not in apart)
            question, read = replace(question, schemes=kept), knowledge.acts.read(rest)
        if read.aspect == "amount" and speaks_of_euros(rest):
            continue  # what comes of a cost is asked of one aid, named in words that we may not know
        if asks_overview(question, read, has_need=has_need(rest, knowledge.places)):
            return read, apart
    return None


def _on_its_own(knowledge: Knowledge, question: Question, standing: Standing) -> Question:
    """The question with the schemes of the message that it goes on with, rather than those of our reply."""
    if not standing.is_earlier:
        return question
    return replace(question, schemes=knowledge.names.find(standing.text), carried=False)


def _unsettled(who: Applicant) -> Place | None:
    """The place that keeps the question from being about one commune."""
    return who.unsettled or next(iter(who.left), None)


def _asks_what_is_known(
    plan: RecordPlan,
    commune: Commune,
    stems: frozenset[str],
    question: Question,
    read: ReadAct,
    who: Applicant,
    text: str,
) -> bool:
    """Whether what a commune got is asked, and a source tells it or nothing else can be meant.

    "12 caméras, 80 000 €, combien ?" tells a cost to come: of it only what a source tells is a record.
    """
    if plan.knows(commune, stems):
        return True
    if who.facts.cost is not None or speaks_of_euros(text):
        return False
    return asks_record(read) or (likeliest_is_record(read) and plan.names(commune, question.schemes))


def tell_record(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of whoever asks what a commune got, whether it's on a list, or who is on one.

    Raises:
        UnknownCommune, AmbiguousCommune: the commune chosen beside the question isn't one of the region's.
    """
    standing = standing_act(turn.users, knowledge.places, acts_of(knowledge, turn))
    question, read, text = _on_its_own(knowledge, turn.understood, standing), standing.read, standing.text
    stems = frozenset(analyse(knowledge.places.masked(turn.read[-1].normal)))
    lists = _lists(knowledge, text, question.schemes, sure=asks_record(read) and read.aspect != "amount")
    of_laureates = any(list_id in LAUREATES for list_id in lists)
    if not (asks_record(read) or of_laureates or may_ask_record(read)):
        return turn
    if not asks_record(read) and read.acts["check_eligibility"] >= _VERDICT:
        return turn  # "lauréats de rien, y a-t-on quand même droit ?" asks for a verdict
    who = applicant_of(knowledge, turn)
    if who.unsettled is not None:
        if not asks_record(read):
            return turn
        return replace(turn, applicant=who).ended(place_reply(who.unsettled, question.schemes))
    stated = any(laureate_key(item) in who.facts.claims for item in LAUREATES)
    of_laureates = of_laureates and not (question.speaks_of_us and stated)
    plan = RecordPlan(knowledge.catalogue, knowledge.territory, knowledge.statements)
    schemes = question.schemes or (_schemes_of(knowledge, lists) if of_laureates else ())
    asked = AskedRecord(schemes, lists, stems, amount="amount" in read.aspects_from(_ASPECT))
    named = tuple(place.commune for place in who.named if place.commune is not None)
    communes = who.communes or named or ((who.facts.commune,) if who.facts.commune else ())
    if communes and not (lists or plan.names(communes[0], schemes)) and plan.knows(communes[0], stems):
        asked = replace(asked, schemes=())  # told under another scheme than the one that a word names
    if not communes:
        departments = knowledge.statements.departments(text)
        if len(departments) != 1 or not of_laureates:
            return turn
        reply = plan.of_department(departments[0], asked)
    elif of_laureates or _asks_what_is_known(plan, communes[0], stems, question, read, who, text):
        reply = plan.tell(communes, asked, who.facts, knowledge.today())
    else:
        return turn
    told = with_place_notes(reply, who, knowledge.territory)
    return _recorded(turn, who, told, surely=read.acts["commune_record"] >= _SURELY_RECORD)


def _recorded(turn: Turn, who: Applicant, told: Reply, *, surely: bool) -> Turn:
    """End the turn with a record; where the fiches hold none, go on: a page may, or it isn't what is asked.

    "Combien pour des caméras à Nieppe ?" asks what it may have, where nothing says what it had.
    """
    if told.status != "unanswerable":
        return replace(turn, applicant=who).ended(told)
    return replace(turn, applicant=who, unless_told=told) if surely else turn


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
    if (of_schemes & LAUREATES or not schemes) and _is_of_laureates(text, sure=sure and bool(schemes)):
        found |= dict.fromkeys(phases(text))
    elif sure and not found:
        found |= dict.fromkeys(sorted(of_schemes))
    return tuple(found)


def _schemes_of(knowledge: Knowledge, lists: Sequence[TerritoryList]) -> tuple[str, ...]:
    """The schemes that only those on one of these lists may have."""
    return tuple(
        scheme.id
        for scheme in knowledge.catalogue.schemes
        for rule in scheme.criteria
        if isinstance(kind := kind_of(rule), OnLists) and set(kind.rule.any_of) & set(lists)
    )


def _is_of_laureates(text: str, *, sure: bool) -> bool:
    return sure or bool(_LAUREATE & set(analyse(text)))


def _for_the_commune(facts: Facts) -> Facts:
    """The facts, the commune being who asks where a person speaks of what it may have."""
    of_their_own = facts.beneficiary not in {None, *_PUBLIC} and facts.commune is not None
    return replace(facts, beneficiary=Beneficiary.COMMUNE) if of_their_own else facts


def _asks_next_step(read: ReadAct) -> bool:
    """Whether where to begin, or whom to ask, is asked too."""
    return bool({"how", "contact"} & set(read.aspects_from(_ASPECT)))
