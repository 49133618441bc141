"""The catalogue, ``GET /dispositifs``: every scheme, searched by our search, filtered by what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request, Response

from assistant.answering.interface import AnswerEngine
from assistant.api.waiting_room import WaitingRoom
from assistant.eligibility.availability import availability_on
from assistant.errors import AssistantError
from assistant.page.plain import words
from assistant.page.plain.drawing import Pages
from assistant.page.plain.fields import MOST_SEARCHED, Field, field
from assistant.page.plain.found import FoundScheme, found_schemes
from assistant.page.plain.funding import amount_of
from assistant.reply import SearchHit
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.french.typography import typeset
from corpus.labels import (
    BENEFICIARY_LABELS,
    FUNDER_LABELS,
    STATE_LABELS,
    TOPIC_LABELS,
    Beneficiary,
    Funder,
    State,
    Topic,
)
from ingest.errors import IngestError

# Passages that a search looks at, for filters to choose among; schemes shown of it: the rest is far from it.
_PASSAGES, _MOST_FOUND = 40, 12
_MOST_DOCUMENTS = 10
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Card:
    """A scheme in the list: what it is, whether requests are taken, the sentence that it was found by."""

    id: str
    name: str
    funder: str
    topics: tuple[str, ...]
    whom: tuple[str, ...]
    amount: str
    state: State
    state_label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is kept to; None keeps all."""

    topic: Topic | None
    funder: Funder | None
    whom: Beneficiary | None
    state: State | None

    def keeps(self, scheme: Scheme, state: State) -> bool:
        """Whether a scheme, of this state today, is shown."""
        return (
            (self.topic is None or self.topic in scheme.topics)
            and (self.funder is None or self.funder is scheme.funder)
            and (self.whom is None or self.whom in scheme.beneficiaries)
            and (self.state is None or self.state is state)
        )


@dataclass(frozen=True, slots=True)
class _Searched:
    """What is sought, and what is found of it; a French sentence where nothing can be."""

    query: Field
    problem: str
    hits: tuple[SearchHit, ...] = ()


async def _search(request: Request) -> _Searched:
    """Search what the address asks for, apart: its wait is no other page's."""
    engine: AnswerEngine = request.app.state.engine
    room: WaitingRoom = request.app.state.room
    query = field(request.query_params, "q", MOST_SEARCHED)
    if not query.usable:
        return _Searched(query, query.refusal)
    try:
        return _Searched(query, "", await room.run(partial(engine.search, query.usable, _PASSAGES)))
    except (AssistantError, IngestError) as error:
        return _Searched(query, str(error))


def catalogue_router(pages: Pages) -> APIRouter:
    """Build the route."""
    router = APIRouter(include_in_schema=False)

    @router.get("/dispositifs")
    def catalogue(request: Request, searched: Annotated[_Searched, Depends(_search)]) -> Response:
        """Show the schemes that a search and filters keep."""
        engine: AnswerEngine = request.app.state.engine
        query, problem, hits = searched.query, searched.problem, searched.hits
        filters = filters_in(request.query_params)
        found = ordered(engine.catalogue, query.usable, hits)
        cards = list(_cards(engine.catalogue, found, filters, engine.eligibility.today()))
        cards = cards[:_MOST_FOUND] if hits else cards
        return pages.page(
            request,
            "catalogue.html",
            query=query.text,
            problem=problem,
            filters=filters,
            menus=_menus(engine.catalogue),
            cards=cards,
            documents=documents_of(hits),
            count=_count(len(cards), query.usable if hits else ""),
        )

    return router


def filters_in(values: Mapping[str, str]) -> Filters:
    """The filters of an address; a value that is none of ours filters nothing."""
    return Filters(
        _one_of(Topic, values.get("theme")),
        _one_of(Funder, values.get("financeur")),
        _one_of(Beneficiary, values.get("pour")),
        _one_of(State, values.get("etat")),
    )


def ordered(catalogue: Catalogue, query: str, hits: Sequence[SearchHit]) -> tuple[FoundScheme, ...]:
    """The schemes of the passages found, the best first; all of them by name when nothing was sought."""
    if hits:
        return found_schemes(catalogue, query, hits)
    by_name = sorted(catalogue.schemes, key=lambda scheme: fold(scheme.name))
    return tuple(FoundScheme(scheme, "") for scheme in by_name)


def documents_of(hits: Sequence[SearchHit]) -> tuple[tuple[str, str], ...]:
    """The id and the title of the documents among the passages found, the nearest first."""
    found = {hit.document_id: hit.title for hit in hits if hit.scheme_id is None}
    return tuple(found.items())[:_MOST_DOCUMENTS]


def _cards(catalogue: Catalogue, found: Sequence[FoundScheme], filters: Filters, on: date) -> Iterator[Card]:
    for item in found:
        scheme = item.scheme
        state = State(availability_on(scheme, on).state)
        if filters.keeps(scheme, state):
            amount = amount_of(catalogue.fiche(scheme.id))
            yield Card(
                id=scheme.id,
                name=scheme.name,
                funder=FUNDER_LABELS[scheme.funder],
                topics=tuple(TOPIC_LABELS[topic] for topic in scheme.topics),
                whom=tuple(BENEFICIARY_LABELS[kind] for kind in scheme.beneficiaries),
                amount=amount.text if amount else "",
                state=state,
                state_label=STATE_LABELS[state],
                sentence=typeset(item.sentence),
            )


def _menus(catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """What each filter may be: only what some scheme is, in the order of its French name."""
    schemes = catalogue.schemes
    return {
        "theme": _labelled(TOPIC_LABELS, {topic for scheme in schemes for topic in scheme.topics}),
        "financeur": _labelled(FUNDER_LABELS, {scheme.funder for scheme in schemes}),
        "pour": _labelled(BENEFICIARY_LABELS, {kind for scheme in schemes for kind in scheme.beneficiaries}),
        "etat": _labelled(STATE_LABELS, set(State)),
    }


def _labelled(labels: Mapping[_Choice, str], used: set[_Choice]) -> list[tuple[str, str]]:
    return sorted(((item.value, labels[item]) for item in used), key=lambda pair: fold(pair[1]))


def _one_of(kind: type[_Choice], value: str | None) -> _Choice | None:
    return next((item for item in kind if item.value == value), None)


def _count(count: int, query: str) -> str:
    counted = words.counted(count)
    return words.FOUND_FOR.format(counted=counted, query=words.shown(query)) if query else counted
