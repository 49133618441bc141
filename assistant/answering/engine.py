"""The engine: takes a request through the steps, at its turn and in its time, and gives the reply."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from assistant.answering.choosing_step import ChoosingStep
from assistant.answering.explain import trace_of
from assistant.answering.knowledge import Knowledge
from assistant.answering.reading_notes import in_french, in_full
from assistant.answering.reading_step import ReadingStep
from assistant.answering.replying import timed
from assistant.answering.steps import ANSWER, SEARCH, run
from assistant.answering.turn import Turn
from assistant.eligibility.service import EligibilityService
from assistant.errors import ModelError
from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent, told
from assistant.lines import Line
from assistant.model.chooser import ModelChooser
from assistant.model.circuit import Circuit
from assistant.model.connection import ModelUse
from assistant.model.reader import ModelReader
from assistant.model.rewrite import Rewriting, is_unsure
from assistant.model.wording import Wording
from assistant.patience import Patience, Slots
from assistant.reading.french.english import is_english
from assistant.reply import ChatRequest, Message, Reply, SearchHit
from corpus.fiches.catalogue import Catalogue
from ingest.chunk import Chunk
from ingest.vectors import Vectors

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

# Replies worked on at once. A reply is a computation: two at a time make both longer, and the last ones late
# (measured with 20 people at once on two cores: docs/decisions/0006, the part that still holds).
AT_ONCE = 1


class Engine:
    """Answers requests; the front ends know nothing else of the assistant."""

    def __init__(
        self,
        knowledge: Knowledge,
        reply_seconds: float | None = None,
        model: ModelUse | None = None,
        observer: Callable[[Reply, str], None] | None = None,
    ) -> None:
        """Answer with what is known; no index is read yet.

        Args:
            knowledge: what every turn draws on.
            reply_seconds: how long a reply may take, the wait for its turn included; None without limit.
            model: the language model that betters the answers, or None.
            observer: told each sentence as the model writes it, with the computed reply.
        """
        self.knowledge = knowledge
        self.slots = Slots(AT_ONCE)
        self._reply_seconds = reply_seconds
        self._wording: Wording | None = None
        self._rewriting: Rewriting | None = None
        self._reading: ReadingStep | None = None
        self._choosing: ChoosingStep | None = None
        if model is not None:
            # One circuit: a model that fails at one of its tasks is left alone for the others too.
            verifier, circuit = knowledge.verification.verifier, Circuit()
            if model.words:
                self._wording = Wording(
                    model.model, verifier, knowledge.embedder, model.prompt_tokens, circuit, observer=observer
                )
            if model.reader is not None:
                reader = ModelReader(model.reader, model.prompt_tokens, model.read_s, circuit)
                self._reading = ReadingStep(reader, self.slots)
            if model.chooser is not None:
                chooser = ModelChooser(model.chooser, model.prompt_tokens, model.choose_s, circuit)
                self._choosing = ChoosingStep(chooser, self.slots)
            self._rewriting = Rewriting(model.model, verifier, circuit) if model.rewrites else None

    @property
    def catalogue(self) -> Catalogue:
        """The schemes that it knows."""
        return self.knowledge.catalogue

    @property
    def eligibility(self) -> EligibilityService:
        """What assesses these schemes for a commune."""
        return self.knowledge.eligibility

    @property
    def runnable(self) -> Runnable[ChatRequest, Reply]:
        """The engine as a LangChain runnable: :meth:`reply` and nothing less."""
        from langchain_core.runnables import RunnableLambda  # half a second, for LangChain's users alone

        return RunnableLambda(self.reply)

    def worded_by(
        self, model: ModelUse | None, observer: Callable[[Reply, str], None] | None = None
    ) -> Engine:
        """The same engine with another model, or with none.

        Args:
            model: the model and its use.
            observer: told each sentence as the model writes it, with the computed reply.
        """
        return Engine(self.knowledge, self._reply_seconds, model, observer)

    def ready(self) -> None:
        """Open the index.

        Raises:
            IngestError: there is no usable index.
        """
        self.knowledge.retriever.check()

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        """Answer a request.

        Raises:
            UnknownScheme: the request names a scheme that doesn't exist.
            UnknownCommune: the request names a commune that isn't one of the region's.
            IngestError: there is no usable index.
            TooBusy: other replies took all the time that this one had.
            ReplyTooLong: it took too long.
            ClientGone: nobody waits for it any more.
        """
        if self._wording is None:
            return self._computed(request, patience or self._patience())
        done = [event.reply for event in self.stream(request, patience) if isinstance(event, DoneEvent)]
        return done[-1]

    def stream(self, request: ChatRequest, patience: Patience | None = None) -> Iterator[Event]:
        """Answer a request piece by piece; see :mod:`assistant.events`."""
        patience = patience or self._patience()
        reply = self._computed(request, patience)
        yield StatusEvent(reply.status)
        if self._wording is None:
            for event in told(reply.lines):
                patience.check()
                yield event
        else:
            said = [message.content for message in request.messages if message.role == "user"]
            reply = yield from _joined(self._wording.lines(reply, said, patience))
        yield CitationsEvent(reply.citations)
        yield DoneEvent(reply)

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        """Find passages without answering, by the steps of an answer.

        Raises:
            UnknownScheme: ``scheme`` doesn't exist.
            IngestError: there is no usable index.
            TooBusy: other work took all the time that this one had.
        """
        asked = ChatRequest.model_construct(messages=(Message(role="user", content=query),), scheme=scheme)
        patience = self._patience()
        with patience.turn(self.slots):
            turn = Turn(request=asked, started=time.perf_counter(), patience=patience, is_search=True)
            found = run(SEARCH, self.knowledge, turn).ranked[:k]
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
            for hit in found
        )

    def document(self, document_id: str) -> tuple[Chunk, ...]:
        """Give the passages of a document; see :class:`assistant.answering.interface.AnswerEngine`."""
        return tuple(self.knowledge.retriever.document(document_id))

    def repairs(self, query: str) -> dict[str, str]:
        """Tell which words of a question are mended before the search: as written, as read."""
        return dict(self.knowledge.reader.read(query).changes)

    def act(self, request: ChatRequest) -> str:
        """Tell what the last message does; one that was just replied to isn't read again."""
        *before, last = request.messages
        goes_on = any(message.role == "user" for message in before)
        return self.knowledge.acts.read(self.knowledge.reader.message(last).content, goes_on=goes_on).act

    def question_vectors(self, texts: Sequence[str]) -> Vectors:
        """Give the vectors of questions; see :class:`assistant.answering.interface.AnswerEngine`."""
        embedder = self.knowledge.embedder
        # One by one: several at once are kept on disk, and what people ask isn't.
        rows = [embedder.embed_question(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, embedder.dimension), dtype=np.float32)

    def _computed(self, request: ChatRequest, patience: Patience) -> Reply:
        """The reply before a language model words it; waiting for one holds nobody else back."""
        reply = self._stepped(request, patience)
        if self._rewriting is not None and is_unsure(request, reply):
            try:
                full = self._rewriting.in_full(request, patience)
            except ModelError as error:
                full, reply = None, reply.without_model(error.cause)
            if full is not None:
                reply = in_full(reply, self._stepped(full, patience), full.messages[-1].content)
        return in_french(reply) if is_english(request.messages[-1].content) else reply

    def _stepped(self, request: ChatRequest, patience: Patience) -> Reply:
        with patience.turn(self.slots):
            turn = Turn(request=request, started=time.perf_counter(), patience=patience)
            turn = run(ANSWER, self.knowledge, turn)
        if self._reading is not None:
            turn = self._reading.better(self.knowledge, turn)
        if self._choosing is not None:
            turn = self._choosing.better(self.knowledge, turn)
        reply = timed(turn)
        if not request.explain:
            return reply
        year, gap_weights = self.knowledge.today().year, self.knowledge.weights.gaps
        return reply.model_copy(update={"trace": trace_of(turn, year, gap_weights)})

    def _patience(self) -> Patience:
        return Patience(self._reply_seconds)


def _joined(lines: Generator[Line, None, Reply]) -> Generator[Event, None, Reply]:
    """The lines as deltas, which joined give the answer."""
    start = ""
    while True:
        try:
            line = next(lines)
        except StopIteration as end:
            return cast("Reply", end.value)
        yield DeltaEvent(f"{start}{line.text}", line)
        start = "\n"
