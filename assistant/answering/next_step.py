"""Tell what to do next: where the aid of an answer is asked for, with an address."""

from __future__ import annotations

import re

from assistant.eligibility.citations import CitationBook
from assistant.lines import before_asked, line, quoted
from assistant.messages import next_steps, reserves
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import WAY
from corpus.fiches.scheme import Scheme
from corpus.labels import State

# How likely it is, at least, that the way to ask is wanted.
_LIKELY = 0.3
_ADDRESS = re.compile(r"https?://\w|\w@\w|\b[\w-]{2,63}+\.(?:fr|eu|com|org|net)\b")


def with_next_step(reply: Reply, question: Question, catalogue: Catalogue, territory: Territory) -> Reply:
    """End an answer with where to go on, when it's asked or is due and no line gives an address.

    Of an aid that is open, by its own words, where its fiche gives an address.
    """
    schemes = [catalogue.scheme(name) for name in reply.schemes if name in catalogue]
    may_have_one = reply.status == "answered" or (reply.status == "clarification" and reply.eligibility)
    if not may_have_one or not schemes or not _is_due(reply, question):
        return reply
    told_of = schemes if question.is_list and not question.schemes else schemes[:1]
    if len(told_of) == 1:
        told = next_steps.next_step(told_of[0].funder, told_of[0].desk)
    else:
        told = next_steps.next_steps(tuple(dict.fromkeys(scheme.funder for scheme in told_of)))
    if any(_ADDRESS.search(item.text) for item in reply.lines):
        return reply
    own = _own_way(told_of[0], catalogue) if len(told_of) == 1 else None
    if own is not None:
        book = CitationBook(territory)
        for citation in reply.citations:
            book.add(citation)
        said = line("advice", quoted(own.text, book.sentence(catalogue.fiche(told_of[0].id), WAY, own)))
        return reply.model_copy(
            update={"lines": before_asked(reply.lines, said), "citations": book.citations}
        )
    return reply.model_copy(update={"lines": before_asked(reply.lines, line("advice", told))})


def _own_way(scheme: Scheme, catalogue: Catalogue) -> Sentence | None:
    """The sentence of an open aid's fiche that says, with an address, where to ask for it; None without."""
    if scheme.status.state is not State.OPEN:
        return None
    told = catalogue.fiche(scheme.id).as_document.under(WAY)
    return next((sentence for sentence in told if _ADDRESS.search(sentence.text)), None)


def _is_due(reply: Reply, question: Question) -> bool:
    """Whether there is somewhere to go on to: not for an aid that is refused, nor for a closed one.

    The way is told all the same to who asks it.
    """
    if question.is_comparison and not question.is_list:
        return False
    read = question.read
    if read is not None:
        way = read.acts["contact"] + read.acts["ask_scheme"] * (read.aspects["how"] + read.aspects["contact"])
        if way >= _LIKELY:
            return True
    is_refused = bool(reply.eligibility) and all(v.verdict == "not_eligible" for v in reply.eligibility)
    is_closed = any(item.text.startswith(reserves.CLOSED_OPENING) for item in reply.lines)
    return not (is_refused or is_closed)
