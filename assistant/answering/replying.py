"""The last steps of a turn: compose the reply, examine the applicant, drop what nothing supports."""

from __future__ import annotations

import time
from dataclasses import replace

from assistant.answering.compose import compose
from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn, reached
from assistant.answering.verified import verified_reply
from assistant.errors import UnknownCommune
from assistant.reading.applicant import Applicant, read_applicant
from assistant.reply import Reply


def compose_reply(knowledge: Knowledge, turn: Turn) -> Turn:
    """Choose the sentences that answer, or say that none does."""
    reply = compose(
        turn.understood,
        turn.about.hits,
        turn.evidence,
        turn.support,
        knowledge.catalogue,
        knowledge.today().year,
        turn.about.near,
    )
    return replace(turn, reply=reply)


def add_verdict(knowledge: Knowledge, turn: Turn) -> Turn:
    """Put the computed verdict first, when the question calls for one; never beside a question back."""
    base = reached(turn.reply)
    if base.choices:
        return turn
    applicant = _applicant(knowledge, turn, base)
    reply = knowledge.verdicts.add(base, turn.understood, applicant)
    return replace(turn, reply=reply, applicant=applicant)


def verify_reply(knowledge: Knowledge, turn: Turn) -> Turn:
    """Drop what nothing supports; note how sure the subject is."""
    places = turn.applicant.places if turn.applicant else ()
    read = (message.content for message in turn.messages if message.role == "user")
    said = tuple(dict.fromkeys((*turn.users, *read, *places)))
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


def _applicant(knowledge: Knowledge, turn: Turn, base: Reply) -> Applicant:
    """Read who asks, in the light of the schemes that the reply is about.

    Raises:
        UnknownCommune: the code chosen beside the chat isn't one of the region's.
    """
    code, communes = turn.request.commune, knowledge.territory.communes
    if code is not None and code not in communes:
        raise UnknownCommune(code)
    about = dict.fromkeys((*turn.understood.schemes, *base.schemes))
    schemes = [knowledge.catalogue.scheme(name) for name in about]
    chosen = communes[code] if code else None
    return read_applicant(
        turn.messages, chosen, schemes, knowledge.gazetteer, knowledge.conditions, knowledge.names.masked
    )
