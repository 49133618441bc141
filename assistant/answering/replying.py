"""The last steps of a turn: compose the reply, examine the applicant, drop what nothing supports."""

from __future__ import annotations

import time
from dataclasses import replace

from assistant.answering.alternatives import akin, refused_alone, with_alternatives
from assistant.answering.amount_step import Asking
from assistant.answering.calendar import with_calendar, with_dates_to_note, with_past_window
from assistant.answering.compose import compose
from assistant.answering.compose_choice import compose_choice
from assistant.answering.general_aids import with_general_aids
from assistant.answering.knowledge import Knowledge
from assistant.answering.membership_reply import with_membership
from assistant.answering.next_step import with_next_step
from assistant.answering.page_sums import PageSums
from assistant.answering.past_pages import with_past_pages
from assistant.answering.place_reply import with_code_note
from assistant.answering.proposing import is_clear, only_refusing, propose, with_supposition
from assistant.answering.turn import Turn, reached
from assistant.answering.understanding import applicant_of
from assistant.answering.verdict_step import whether_it_may, with_place_notes
from assistant.answering.verified import verified_reply
from assistant.answering.whole_page import opened_by_a_page
from assistant.eligibility.service import Clash
from assistant.reading.intents import find_intents
from assistant.reading.membership import asked_lists, without_memberships
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.french.folding import fold

# How likely, at least, an aid beside the one refused is what the message is about.
_MAY_SERVE = 0.002


def compose_reply(knowledge: Knowledge, turn: Turn) -> Turn:
    """Choose the sentences that answer, unless something else chose; or say that none does."""
    if turn.choice is not None:
        reply = compose_choice(
            turn.choice,
            turn.understood,
            turn.about.hits,
            turn.evidence,
            turn.support,
            knowledge.catalogue,
            knowledge.today().year,
        )
        return replace(turn, reply=reply)
    reply = compose(
        turn.understood,
        turn.about.hits,
        turn.evidence,
        turn.support,
        knowledge.catalogue,
        knowledge.today().year,
        turn.about.near,
        knowledge.weights.gaps,
        turn.parts,
    )
    if turn.unless_told is not None and not _a_page_tells(reply, turn):
        return turn.ended(turn.unless_told)
    if reply.asked is not None and reply.asked.about == "scheme" and not turn.understood.schemes:
        return propose(knowledge, turn, reply.schemes)
    return replace(turn, reply=reply)


def _a_page_tells(reply: Reply, turn: Turn) -> bool:
    """Whether the first sentence of an answer is a plain page's and names a commune asked about."""
    first = next(iter(reply.citations), None)
    if reply.status != "answered" or first is None or first.scheme_id is not None or turn.applicant is None:
        return False
    named = {place.commune.name for place in turn.applicant.named if place.commune is not None}
    return any(fold(name) in fold(first.quote) for name in named)


def add_verdict(knowledge: Knowledge, turn: Turn) -> Turn:
    """Put the computed verdict first, when the question calls for one; never beside a question back."""
    base = reached(turn.reply)
    applicant = applicant_of(knowledge, turn, base.schemes)
    question = _without_loose_names(whether_it_may(turn.understood, applicant), knowledge, turn)
    reply = base if base.choices else knowledge.verdicts.add(base, question, applicant)
    reply = reply if turn.supposed is None else only_refusing(base, reply)
    on = knowledge.today()
    reply = with_general_aids(
        reply, turn.understood, knowledge.catalogue, knowledge.territory, applicant.facts, on
    )
    text = turn.understood.text
    more = bool(find_intents(without_memberships(text)))
    reply = with_membership(reply, asked_lists(text), applicant, knowledge.territory, asks_more=more)
    reply = with_place_notes(reply, applicant, knowledge.territory)
    if reply.status != "out_of_scope":
        reply = with_code_note(reply, _clash(knowledge, turn))
    return replace(turn, reply=reply, applicant=applicant)


def _without_loose_names(question: Question, knowledge: Knowledge, turn: Turn) -> Question:
    """The question, of what a name of its own tells alone where that is the likeliest aid.

    Ordinary words tell a need as well: "des panneaux photovoltaïques dans notre dossier DETR ?"
    """
    own = knowledge.names.proper(question.text)
    kept = tuple(name for name in question.schemes if name in own)
    likeliest = next((item.scheme_id for item in turn.about.ranked), None)
    if question.is_comparison or likeliest not in kept:
        return question
    return replace(question, schemes=kept)


def add_amounts(knowledge: Knowledge, turn: Turn) -> Turn:
    """Put what the aid pays first, worked out for the cost told, when it's asked or a cost is told."""
    applicant = turn.applicant
    if applicant is None:
        return turn
    said = turn.users[-1]
    earlier = (
        replace(turn.understood, read=knowledge.acts.read(text), intents=find_intents(text))
        for text in reversed(turn.users[:-1])
    )
    asking = Asking.of(turn.understood, earlier, said)
    reply = reached(turn.reply)
    # A sum is of the aid that answers: where a page does first, no fiche's is told.
    if opened_by_a_page(reply) is None:
        reply = knowledge.paying.add(reply, turn.understood, asking, applicant, turn.evidence)
    else:
        passages = knowledge.retriever.document
        pages = PageSums(knowledge.catalogue, knowledge.territory, passages, knowledge.today())
        reply = pages.add(reply, turn.understood, asking, applicant, turn.evidence)
    return replace(turn, reply=reply)


def add_calendar(knowledge: Knowledge, turn: Turn) -> Turn:
    """Say whether the aid can still be asked for, and which pages are past; link to its dates to come."""
    catalogue, on = knowledge.catalogue, knowledge.today()
    reply = with_calendar(reached(turn.reply), turn.understood, catalogue, knowledge.territory, on)
    reply = with_past_window(reply, catalogue, knowledge.territory, on)
    reply = with_past_pages(reply, (item.hit.chunk for item in turn.evidence), on)
    return replace(turn, reply=with_dates_to_note(reply, catalogue, on))


def add_next_step(knowledge: Knowledge, turn: Turn) -> Turn:
    """Say where to go on, when the way is asked for or an aid may be had; else which other to look at."""
    catalogue = knowledge.catalogue
    reply = with_next_step(reached(turn.reply), turn.understood, catalogue, knowledge.territory)
    if (name := refused_alone(reply)) is not None:
        said = " ".join(turn.users)
        near = [item.scheme_id for item in turn.about.ranked if item.likelihood >= _MAY_SERVE]
        others = [
            other
            for other in akin(catalogue.scheme(name), catalogue, near)
            if not knowledge.conditions.contradicts(said, other)
        ]
        facts = applicant_of(knowledge, turn, (*reply.schemes, *(other.id for other in others))).facts
        reply = with_alternatives(reply, others, facts, knowledge.territory, knowledge.today())
    return replace(turn, reply=reply)


def add_supposition(knowledge: Knowledge, turn: Turn) -> Turn:
    """Say first of which aid an answer speaks, and ask whether it's meant, unless that is clear."""
    if turn.supposed is None or is_clear(turn.supposed, turn.about.ranked):
        return turn
    reply = with_supposition(reached(turn.reply), knowledge.catalogue.scheme(turn.supposed))
    return replace(turn, reply=reply)


def verify_reply(knowledge: Knowledge, turn: Turn) -> Turn:
    """Drop what nothing supports; note how sure the subject is."""
    places = turn.applicant.places if turn.applicant else ()
    read = (message.content for message in turn.messages if message.role == "user")
    clash = _clash(knowledge, turn)
    codes = (clash.code, *clash.labels) if clash else ()
    said = tuple(dict.fromkeys((*turn.users, *read, *places, *codes)))
    hits = turn.subject.hits if turn.subject else ()
    base = reached(turn.reply)
    verified = knowledge.verification.check(base, said, hits)
    reply = verified_reply(base, verified)
    sure = None if turn.measured is None or turn.is_over else round(turn.support.likelihood, 3)
    confidence = None if reply.status == "out_of_scope" else sure
    reply = reply.model_copy(update={"confidence": confidence})
    return replace(turn, reply=reply, dropped=verified.lacking)


def timed(turn: Turn) -> Reply:
    """The reply of a turn that is over, with the time of each step."""
    total = round((time.perf_counter() - turn.started) * 1000, 2)
    return reached(turn.reply).model_copy(update={"timings_ms": {**(turn.timings or {}), "total": total}})


def _clash(knowledge: Knowledge, turn: Turn) -> Clash | None:
    """What else the code chosen beside the question may mean; None when there is no doubt."""
    given = turn.request.commune
    return knowledge.eligibility.chosen(given).clash if given else None
