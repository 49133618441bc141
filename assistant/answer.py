"""The chain from a request to a reply: understand, retrieve, weigh, compose; as LangChain runnables."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.compose import compose
from assistant.errors import UnknownScheme
from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent
from assistant.evidence import Evidence, weigh
from assistant.reply import ChatRequest, Reply, SearchHit
from assistant.retrieve import DEPTH, HybridRetriever, RetrievedChunk
from assistant.settings import AssistantSettings
from assistant.support import measure_support
from assistant.understand import Question, SchemeNames, content_words, understand
from corpus.catalogue import Catalogue, load_catalogue
from ingest.embed import Embedder, load_embedder
from ingest.generations import Generations
from ingest.lexical import analyse
from ingest.reader import IndexReader

log = logging.getLogger(__name__)
_PASSAGES = 8
_PASSAGES_NAMED = 20
_PIECE = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a request while it goes through the chain."""

    request: ChatRequest
    started: float
    question: Question | None = None
    hits: tuple[RetrievedChunk, ...] = ()
    weights: Mapping[str, float] | None = None
    evidence: tuple[Evidence, ...] = ()
    timings: Mapping[str, float] | None = None


class Engine:
    """Answers requests; the front ends know nothing else of the assistant."""

    def __init__(
        self,
        catalogue: Catalogue,
        retriever: HybridRetriever,
        embedder: Embedder,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Build the chain; nothing is read yet.

        Args:
            catalogue: the schemes.
            retriever: finds passages.
            embedder: compares sentences with the question.
            today: the date, passed in so that tests can choose it.
        """
        self.catalogue = catalogue
        self.retriever = retriever
        self._embedder = embedder
        self._names = SchemeNames(catalogue.schemes)
        self._today = today
        self.chain: Runnable[ChatRequest, Reply] = (
            RunnableLambda(self._start)
            | RunnableLambda(self._understand)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._weigh)
            | RunnableLambda(self._compose)
        )

    def ready(self) -> None:
        """Open the index.

        Raises:
            IngestError: there is no usable index.
        """
        self.retriever.check()

    def reply(self, request: ChatRequest) -> Reply:
        """Answer a request.

        Raises:
            UnknownScheme: the request names a scheme that doesn't exist.
            IngestError: there is no usable index.
        """
        reply = self.chain.invoke(request)
        log.info("%s, %d citations, %s ms", reply.status, len(reply.citations), reply.timings_ms.get("total"))
        return reply

    def stream(self, request: ChatRequest) -> Iterator[Event]:
        """Answer a request piece by piece; see :mod:`assistant.events`."""
        reply = self.reply(request)
        yield StatusEvent(reply.status)
        for piece in _PIECE.findall(reply.answer):
            yield DeltaEvent(piece)
        yield CitationsEvent(reply.citations)
        yield DoneEvent(reply)

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        """Find passages without answering.

        Raises:
            UnknownScheme: ``scheme`` doesn't exist.
            IngestError: there is no usable index.
        """
        self._check_scheme(scheme)
        named = self._names.find(query)
        hits = self.retriever.retrieve(query, k, only_scheme=scheme, schemes=named)
        return tuple(
            SearchHit(
                text=hit.chunk.text,
                scheme_id=hit.chunk.scheme_id,
                section=" / ".join(title for title in hit.chunk.sections if title),
                score=round(hit.score, 4),
                document_id=hit.chunk.document_id,
                chunk_id=hit.chunk.id,
                title=hit.chunk.title,
                reasons={name: round(part, 4) for name, part in hit.reasons.items()},
            )
            for hit in hits
        )

    def _check_scheme(self, scheme: str | None) -> None:
        if scheme is not None and scheme not in self.catalogue:
            raise UnknownScheme(scheme)

    def _start(self, request: ChatRequest) -> Turn:
        self._check_scheme(request.scheme)
        return Turn(request=request, started=time.perf_counter(), timings={})

    def _understand(self, turn: Turn) -> Turn:
        question = understand(turn.request.messages, self._names, turn.request.scheme)
        return _timed(replace(turn, question=question), "understand")

    def _retrieve(self, turn: Turn) -> Turn:
        question = _known(turn.question)
        content = content_words(question.search_text)
        hits = self.retriever.retrieve(
            question.search_text,
            DEPTH if question.schemes else _PASSAGES,
            words=content if analyse(content) else None,
            schemes=question.schemes,
            sections=question.sections,
        )
        weights = self.retriever.word_weights(list(dict.fromkeys(analyse(question.search_text))))
        if question.schemes:
            # Only the fiches of the schemes named may answer; of those, every passage counts.
            hits = [hit for hit in hits if hit.chunk.scheme_id in question.schemes][:_PASSAGES_NAMED]
        return _timed(replace(turn, hits=tuple(hits), weights=weights), "retrieve")

    def _weigh(self, turn: Turn) -> Turn:
        question = _known(turn.question)
        evidence = weigh(question, turn.hits, turn.weights or {}, self._embedder)
        return _timed(replace(turn, evidence=tuple(evidence)), "weigh")

    def _compose(self, turn: Turn) -> Reply:
        question = _known(turn.question)
        content = set(analyse(question.content))
        weights = {stem: weight for stem, weight in (turn.weights or {}).items() if stem in content}
        if not weights and not question.carried:
            weights = dict(turn.weights or {})
        support = measure_support(question, turn.hits, weights)
        reply = compose(question, turn.hits, turn.evidence, support, self.catalogue, self._today().year)
        done = _timed(turn, "compose").timings or {}
        total = round((time.perf_counter() - turn.started) * 1000, 2)
        return reply.model_copy(update={"timings_ms": {**done, "total": total}})


def build_engine(settings: AssistantSettings) -> Engine:
    """Build the engine from the settings: loads the encoder and the catalogue, opens no index.

    Raises:
        CorpusError: a fiche is wrong.
        EmbedderError: the encoder can't be loaded.
    """
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    reader = IndexReader(Generations(settings.index_dir, settings.collection), embedder)
    return Engine(load_catalogue(), HybridRetriever(reader, embedder), embedder)


def _known(question: Question | None) -> Question:
    if question is None:
        raise RuntimeError("the chain ran out of order")
    return question


def _timed(turn: Turn, step: str) -> Turn:
    """Note how long the step took: the time since the start, less that of the steps before."""
    before: Sequence[float] = tuple((turn.timings or {}).values())
    spent = (time.perf_counter() - turn.started) * 1000 - sum(before)
    return replace(turn, timings={**(turn.timings or {}), step: round(spent, 2)})
