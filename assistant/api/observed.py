"""An engine whose every reply is counted and logged, whoever asks: API, chat page or other."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assistant.answering.interface import AnswerEngine
from assistant.api.counts.tally import Tally
from assistant.api.metrics import Metrics
from assistant.api.problems import problem_of
from assistant.api.question_log import QuestionLog
from assistant.api.traces import Traces
from assistant.eligibility.service import EligibilityService
from assistant.errors import ClientGone
from assistant.events import DoneEvent, Event
from assistant.patience import Patience
from assistant.reply import ChatRequest, Reply, SearchHit
from corpus.fiches.catalogue import Catalogue
from ingest.chunk import Chunk
from ingest.vectors import Vectors

log = logging.getLogger(__name__)
# From this status on, a failure is ours; under it, the request or its sender is.
_OURS = 500


class ObservedEngine:
    """Passes everything on to an engine."""

    def __init__(
        self,
        engine: AnswerEngine,
        metrics: Metrics,
        log: QuestionLog,
        tally: Tally | None = None,
        reply_seconds: float | None = None,
        traces: Traces | None = None,
    ) -> None:
        """Observe an engine.

        Args:
            engine: what answers.
            metrics: counts for who runs the service.
            log: has a line for each question.
            tally: keeps counts by day; None to keep none.
            reply_seconds: how long a reply may take where who asks doesn't say; None without limit.
            traces: sends the trace of each reply; None to send none.
        """
        self.engine = engine
        self.metrics = metrics
        self.log = log
        self.tally = tally
        self._reply_seconds = reply_seconds
        self._traces = traces

    @property
    def catalogue(self) -> Catalogue:
        """The schemes that it knows."""
        return self.engine.catalogue

    @property
    def eligibility(self) -> EligibilityService:
        """What assesses these schemes for a commune."""
        return self.engine.eligibility

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        """Answer at once."""
        with self._followed(patience) as waited:
            try:
                reply = self.engine.reply(request, waited)
            except Exception as error:
                self._failed(request, error)
                raise
        self._replied(request, reply)
        return reply

    def stream(self, request: ChatRequest, patience: Patience | None = None) -> Iterator[Event]:
        """Answer piece by piece; a stream that nobody reads to its end counts as left."""
        with self._followed(patience) as waited:
            yield from self._streamed(request, waited)

    def _streamed(self, request: ChatRequest, patience: Patience) -> Iterator[Event]:
        events = iter(self.engine.stream(request, patience))
        reply: Reply | None = None
        try:
            for event in events:
                reply = event.reply if isinstance(event, DoneEvent) else reply
                yield event
        except GeneratorExit:
            if reply is None:
                self._failed(request, ClientGone())
            raise
        except Exception as error:
            self._failed(request, error)
            raise
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                close()
            if reply is not None:
                self._replied(request, reply)

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        """Find passages."""
        return self.engine.search(query, k, scheme)

    def document(self, document_id: str) -> tuple[Chunk, ...]:
        """Give the passages of a document."""
        return self.engine.document(document_id)

    def repairs(self, query: str) -> dict[str, str]:
        """Tell which words of a question are mended before the search: as written, as read."""
        return self.engine.repairs(query)

    def act(self, request: ChatRequest) -> str:
        """Tell what the last message does."""
        return self.engine.act(request)

    def question_vectors(self, texts: Sequence[str]) -> Vectors:
        """Give the vectors of questions."""
        return self.engine.question_vectors(texts)

    def ready(self) -> None:
        """Return when the index can be used."""
        self.engine.ready()

    @contextmanager
    def _followed(self, patience: Patience | None) -> Iterator[Patience]:
        """Count a question as there until its reply is, and as waiting until its turn."""
        waited = patience or Patience(self._reply_seconds)
        with self.metrics.question() as served:
            waited.when_served(served)
            yield waited

    def _replied(self, request: ChatRequest, reply: Reply) -> None:
        act = self._act(request)
        self.metrics.count_reply(reply, act)
        self.log.replied(request, reply, act)
        if self._traces is not None:
            self._traces.replied(reply, act)
        if self.tally is not None:
            self.tally.replied(request, reply, act)

    def _failed(self, request: ChatRequest, error: Exception) -> None:
        problem = problem_of(error)
        self.metrics.count_failure(problem.kind)
        self.log.failed(request, problem)
        if self._traces is not None:
            self._traces.failed(problem)
        if self.tally is not None and problem.status >= _OURS:
            self.tally.failed()

    def _act(self, request: ChatRequest) -> str:
        """The act of a message that was replied to; a reply isn't lost for want of it."""
        try:
            return self.engine.act(request)
        except Exception:
            log.exception("the act of a message couldn't be told")
            return ""
