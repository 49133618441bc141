"""A small engine behind the real seam, so that the front ends are tested without an index."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from time import sleep
from types import MappingProxyType

import numpy as np

from assistant.eligibility.service import EligibilityService, load_service
from assistant.errors import UnknownScheme
from assistant.events import CitationsEvent, DoneEvent, Event, StatusEvent, told
from assistant.lines import line, table_head, table_row
from assistant.patience import Patience
from assistant.reply import ChatRequest, Citation, CitedSource, Link, Reply, SearchHit
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.criteria import BeneficiaryIn, PopulationBetween
from corpus.fiches.document import Block, Section, Sentence
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding, Relation, Scheme, Status, Window
from corpus.labels import AidType, Beneficiary, Funder, RelationKind, State, Topic
from corpus.source import Source
from ingest.chunk import Chunk, ChunkSentence
from ingest.errors import NoIndex
from ingest.vectors import Vectors

TODAY = date(2026, 11, 23)
NO_INDEX = "Pas d’index dans « var/index » : lancez « assistant ingest »."
SECRET = "mot de passe de la base"
QUOTE = (
    "Le 6 juillet 2023, la Région a retenu Baincthun, Montataire et Nieppe pour un montant total "
    "d’environ 1,78 million d’euros."
)
HOSTILE = '<script>window.pwned=1</script><img src=x onerror="window.pwned=1">${window.pwned=1}{{value}}'
ANSWER = (
    "En juillet 2023, la Région a retenu trois communes : Baincthun, Montataire et Nieppe [1].\n"
    "- L’ensemble représente environ 1,78 million d’euros [1].\n"
    "- La phase 2 du dispositif court de 2023 à 2027 [2]."
)
LINES = (
    line(
        "statement",
        "En juillet 2023, la Région a retenu trois communes : Baincthun, Montataire et Nieppe [1].",
    ),
    line("item", "L’ensemble représente environ 1,78 million d’euros [1]."),
    line("item", "La phase 2 du dispositif court de 2023 à 2027 [2]."),
)
# Lines whose texts look like another structure, or like markup: each is what its kind says, and its text.
DISGUISED = (
    line("statement", "- <b>pas une liste</b>"),
    line("item", "| a | b |"),
    line("statement", "| c | d |"),
    line("heading", "Comparaison :"),
    table_head(["", "« A | B »", "« C »"]),
    table_row(["Combien", "10 % | 20 % [1]", "- non précisé"]),
    table_row(["---", "---", "<i>30 %</i>"]),
    line("question", "- Est-ce [1] ?"),
    line("condition", "- une condition [1]"),
)


def citation(n: int, section: str, quote: str, *sources: CitedSource) -> Citation:
    """A citation of the fake CVCB fiche."""
    return Citation(
        n=n,
        scheme_id="cvcb",
        scheme_name="CVCB",
        document_id="fiche:cvcb",
        section=section,
        quote=quote,
        sources=sources,
    )


ANSWERED = Reply(
    status="answered",
    lines=LINES,
    citations=(
        citation(
            1,
            "Lauréats",
            QUOTE,
            CitedSource(
                title="Redynamisation des centres-bourgs : trois nouvelles communes",
                publisher="Région Hauts-de-France",
                url="https://www.hautsdefrance.fr/cvcb-juillet-2023/",
                published="2023-07-07",
                updated="2023-08-01",
            ),
        ),
        citation(
            2,
            "Calendrier",
            "La phase 2 du dispositif court de 2023 à 2027.",
            CitedSource(title="Délibération du conseil régional", publisher="Région", published="2023-07"),
            CitedSource(title="Guide du CVCB", publisher="Région", date_note="été 2023"),
            CitedSource(title="Page du dispositif"),
        ),
    ),
    schemes=("cvcb",),
    follow_ups=("Quel est le montant de l’aide CVCB ?", "Ma commune est-elle éligible au CVCB ?"),
    timings_ms={"total": 12.5},
)
HOSTILE_REPLY = Reply(
    status="answered",
    lines=(line("statement", f"{HOSTILE} [1] [9]"),),
    citations=(
        Citation(
            n=1,
            scheme_id=None,
            scheme_name=HOSTILE,
            document_id="doc:hostile.md",
            section=HOSTILE,
            quote=HOSTILE,
            sources=(CitedSource(title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)"),),
        ),
    ),
    follow_ups=(HOSTILE,),
    links=tuple(
        Link(text=HOSTILE, url=url) for url in ("javascript:alert(1)", "//hostile.example/x.ics", "a/../b")
    ),
)
HOSTILE_PASSAGE = Chunk(
    id="doc:page.html-1#1",
    document_id="doc:page.html-1",
    scheme_id=None,
    title=HOSTILE,
    sections=(HOSTILE,),
    heading=HOSTILE,
    text=HOSTILE,
    sentences=(ChunkSentence(HOSTILE, HOSTILE, (1,), 2),),
    sources=(Source(n=1, title=HOSTILE, publisher="La mairie", published="2025-03"),),
)
REPLIES = {
    "hostile": HOSTILE_REPLY,
    "préciser": Reply(
        status="clarification",
        lines=(line("question", "De quel dispositif parlez-vous ?"),),
        choices=("Le CVCB", "La vidéoprotection"),
    ),
    "météo": Reply(
        status="out_of_scope",
        lines=(line("note", "Je ne réponds qu’aux questions sur les aides aux communes."),),
    ),
    "piscine": Reply(
        status="unanswerable",
        lines=(line("unknown", "Je n’ai pas trouvé d’aide aux piscines dans mes sources."),),
    ),
    "agenda": ANSWERED.model_copy(
        update={
            "links": (
                Link(text="Ajouter les dates de « CVCB » à mon agenda (.ics)", url="dispositifs/cvcb.ics"),
                Link(text="Page du dispositif", url="https://www.hautsdefrance.fr/cvcb/"),
            )
        }
    ),
    "merci": Reply(status="conversation", lines=(line("note", "Avec plaisir."),)),
    "contact": Reply(
        status="answered", lines=(line("advice", "Voyez guide-aides.hautsdefrance.fr, le guide des aides."),)
    ),
    "déguisée": Reply(status="answered", lines=DISGUISED, citations=ANSWERED.citations[:1]),
}


def _scheme(scheme_id: str, name: str) -> Scheme:
    return Scheme(
        id=scheme_id,
        name=name,
        aliases=(name.lower(),),
        funder=Funder.REGION,
        aid_types=(AidType.GRANT,),
        beneficiaries=(Beneficiary.COMMUNE,),
        topics=(Topic.TOWN_CENTRE,),
        status=Status(state=State.UNKNOWN, as_of="2024-12-20"),
        checked=date(2026, 11, 23),
        funding=(Funding(rate_max=0.5, source=(1,)),),
        windows=(Window(closes=date(2023, 6, 30), source=(1,)),),
        criteria=(
            BeneficiaryIn(kind="beneficiary_in", any_of=(Beneficiary.COMMUNE,), source=(1,)),
            PopulationBetween(kind="population_between", max_exclusive=20000, source=(1,)),
        ),
        relations=(Relation(kind=RelationKind.COMPLEMENTS, scheme="actes"),),
        sources=(
            Source(
                n=1,
                title="Page du dispositif",
                publisher="Région Hauts-de-France",
                url="https://www.hautsdefrance.fr/cvcb/",
                published="2023-07-07",
            ),
        ),
    )


def _fiche(scheme_id: str, name: str) -> Fiche:
    blocks = (
        Block(sentences=(Sentence("Le CVCB aide les centres-bourgs.", (1,)), Sentence("Non publié."))),
        Block(sentences=(Sentence("Une place.", (1,)),), is_item=True),
    )
    section = Section(path=("Objet",), blocks=blocks)
    return Fiche(_scheme(scheme_id, name), (section,), Path(f"{scheme_id}.md"))


CATALOGUE = Catalogue(
    MappingProxyType({"cvcb": _fiche("cvcb", "Centres-villes"), "hostile": _fiche("hostile", HOSTILE)})
)


@cache
def fake_service() -> EligibilityService:
    """The service of every fake engine: the territory is read once."""
    return load_service(CATALOGUE, lambda: TODAY)


class FakeEngine:
    """Answers by a word of the question: see ``REPLIES``; "panne", "index", "coupure" make it fail.

    "lentement" makes it stream slowly.
    """

    catalogue = CATALOGUE

    @property
    def eligibility(self) -> EligibilityService:
        """The real service on the fake schemes and the real territory."""
        return fake_service()

    def __init__(self, *, usable: bool = True) -> None:
        """Build an engine, without a usable index when ``usable`` is false."""
        self.usable = usable
        self.requests: list[ChatRequest] = []
        self.closed_streams = 0

    def ready(self) -> None:
        """Raise when there is no index."""
        if not self.usable:
            raise NoIndex(NO_INDEX)

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        """Answer at once."""
        question = self._receive(request)
        if "coupure" in question:
            raise RuntimeError(SECRET)
        return _reply_to(question)

    def stream(self, request: ChatRequest, patience: Patience | None = None) -> Iterator[Event]:
        """Answer word by word."""
        question = self._receive(request)
        reply = _reply_to(question)
        try:
            yield StatusEvent(reply.status)
            for event in told(reply.lines):
                yield event
                if "lentement" in question:
                    sleep(0.06)
                if "coupure" in question:
                    raise RuntimeError(SECRET)
            yield CitationsEvent(reply.citations)
            yield DoneEvent(reply)
        finally:
            self.closed_streams += 1

    def document(self, document_id: str) -> tuple[Chunk, ...]:
        """Give one passage of a hostile page, whatever the question."""
        self.ready()
        return (HOSTILE_PASSAGE,) if document_id == HOSTILE_PASSAGE.document_id else ()

    def repairs(self, query: str) -> dict[str, str]:
        """Mend nothing."""
        return {}

    def act(self, request: ChatRequest) -> str:
        """Take a word for an act."""
        return "find_schemes" if "aide" in request.messages[-1].content else "ask_scheme"

    def question_vectors(self, texts: Sequence[str]) -> Vectors:
        """Give the same vector to texts of the same first word."""
        rows = [
            np.random.default_rng(list(hashlib.sha256(text.split()[0].encode()).digest())).normal(size=64)
            for text in texts
        ]
        vectors = np.array(rows, dtype=np.float32).reshape(len(rows), 64)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        """Find one passage, as often as asked."""
        self.ready()
        hit = SearchHit(
            text=QUOTE,
            scheme_id=scheme or "cvcb",
            section="Lauréats",
            score=0.9,
            document_id="fiche:cvcb",
            chunk_id="fiche:cvcb#1",
            title="CVCB",
            reasons={"lexical": 0.5, "dense": 0.4},
        )
        return (hit,) * min(k, 3)

    def _receive(self, request: ChatRequest) -> str:
        self.requests.append(request)
        self.ready()
        question = request.messages[-1].content
        if "index" in question:
            raise NoIndex(NO_INDEX)
        if "panne" in question:
            raise RuntimeError(SECRET)
        if request.scheme == "retiré":
            raise UnknownScheme(request.scheme)
        return question


def _reply_to(question: str) -> Reply:
    return next((reply for word, reply in REPLIES.items() if word in question), ANSWERED)
