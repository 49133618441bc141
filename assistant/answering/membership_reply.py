"""Say first whether a commune is on the list that is asked about: yes, no, or not known, the list cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.place_reply import place_reply
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.next_question import ASK_COMMUNE
from assistant.eligibility.words import list_name
from assistant.lines import Line, LineKind, line
from assistant.messages import listings, next_steps
from assistant.reading.applicant import Applicant
from assistant.reply import Asked, Citation, Reply
from corpus.communes.commune import Commune
from corpus.communes.lists import Presence
from corpus.communes.territory import Territory
from corpus.labels import TerritoryList

# How many sentences on the programme follow, and what else stays beside them.
MOST_BESIDE = 3
_KEPT: frozenset[LineKind] = frozenset({"statement", "note"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lists say of a commune: the presence that tells most, and the list that says so."""

    commune: Commune
    list_id: TerritoryList
    presence: Presence


def with_membership(
    reply: Reply,
    lists: Sequence[TerritoryList],
    applicant: Applicant,
    territory: Territory,
    *,
    asks_more: bool = False,
) -> Reply:
    """The reply with the membership asked about first; which commune is asked where it isn't known.

    Args:
        reply: what else is said of the programme, its verdict included.
        lists: the lists asked about; several phases of one programme are one question.
        applicant: which communes the question is about.
        territory: the lists.
        asks_more: whether the aid is asked for too: then all that is said of it follows.
    """
    if not lists or reply.status == "out_of_scope":
        return reply
    communes = applicant.communes or ((applicant.facts.commune,) if applicant.facts.commune else ())
    if not communes:
        return _which(reply, applicant)
    told = [item for commune in communes for item in _told(commune, lists, territory)]
    citations = list(reply.citations)
    first = [_line(item, _cited(item, territory, citations)) for item in told]
    if asks_more:
        return reply.model_copy(update={"lines": (*first, *reply.lines), "citations": tuple(citations)})
    statements = [item for item in reply.lines if item.kind in _KEPT]
    beside = [item for item in statements if item.kind == "statement"][:MOST_BESIDE]
    beside += [item for item in statements if item.kind == "note"]
    if any(item.presence is Presence.UNKNOWN for item in told):
        beside.append(line("advice", next_steps.WHOM_TO_ASK))
    return reply.model_copy(
        update={
            "status": "answered",
            "lines": (*first, *beside),
            "citations": tuple(citations),
            "asked": None,
            "choices": (),
        }
    )


def _which(reply: Reply, applicant: Applicant) -> Reply:
    if applicant.unsettled is not None:
        return place_reply(applicant.unsettled, reply.schemes)
    asked = Asked(about="commune", scheme=reply.schemes[0] if reply.schemes else None)
    return Reply(
        status="clarification", lines=(line("question", ASK_COMMUNE),), schemes=reply.schemes, asked=asked
    )


def _told(commune: Commune, lists: Sequence[TerritoryList], territory: Territory) -> Iterator[_Told]:
    """What is said of a commune, programme by programme: to be on the list of one phase is to be of it."""
    by_name: dict[str, list[_Told]] = {}
    for list_id in lists:
        presence = territory.membership(commune.insee, list_id).presence
        by_name.setdefault(list_name(list_id), []).append(_Told(commune, list_id, presence))
    for phases in by_name.values():
        known = {item.presence: item for item in reversed(phases)}
        yield known.get(Presence.YES) or known.get(Presence.UNKNOWN) or phases[0]


def _line(told: _Told, cited: int) -> Line:
    name, of = told.commune.name, list_name(told.list_id)
    match told.presence:
        case Presence.YES:
            return line("statement", listings.on_the_list(name, of), [cited])
        case Presence.NO:
            return line("statement", listings.not_on_the_list(name, of), [cited])
        case Presence.UNKNOWN:
            return line("unknown", listings.maybe_on_the_list(name, of), [cited])


def _cited(told: _Told, territory: Territory, citations: list[Citation]) -> int:
    """The number of the citation of a list, added to the others where it isn't among them."""
    book = CitationBook(territory)
    book.membership(told.commune, told.list_id)
    (citation,) = book.citations
    known = next((item.n for item in citations if item.document_id == citation.document_id), None)
    if known is not None:
        return known
    number = max((item.n for item in citations), default=0) + 1
    citations.append(citation.model_copy(update={"n": number}))
    return number
