"""The engine: the chain from a request to a reply, as LangChain runnables."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from typing import cast

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from assistant.answering.abstain import out_of_scope_reply, which_need
from assistant.answering.compose import compose
from assistant.answering.turn import NO_HURRY, Turn, reached
from assistant.answering.verdict_step import VerdictStep
from assistant.checking.reply import VerifyStep
from assistant.checking.verify import Verifier
from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.evidence import weigh
from assistant.choosing.passages import WEIGHED, rank_passages
from assistant.choosing.support import Support
from assistant.eligibility.service import EligibilityService
from assistant.errors import UnknownCommune, UnknownScheme
from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent
from assistant.messages import IN_FRENCH
from assistant.model.circuit import Circuit
from assistant.model.connection import ModelUse
from assistant.model.rewrite import Rewriting, in_full_reply, is_unsure
from assistant.model.wording import Wording
from assistant.patience import Patience
from assistant.reading.applicant import Applicant, read_applicant
from assistant.reading.conditions import StatedConditions
from assistant.reading.french.corpus_spelling import spelling_of
from assistant.reading.french.english import glossed, is_english
from assistant.reading.french.spelling import Repaired
from assistant.reading.names import SchemeNames
from assistant.reading.scope import out_of_scope
from assistant.reading.understand import Question, understand
from assistant.reply import ChatRequest, Message, Reply, SearchHit
from assistant.search.kept_vectors import KeptVectors
from assistant.search.known_questions import AskedIndex
from assistant.search.nearest import AnswerSpace, pairs_of
from assistant.search.retrieve import HybridRetriever, RetrievedChunk
from assistant.search.schemes import prefer_funder
from assistant.search.subject import SubjectFinder
from assistant.slots import Slots
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.places.gazetteer import Gazetteer
from corpus.places.named import PlaceNames
from ingest.embed import Embedder, french_words
from ingest.lexical import analyse
from ingest.tune import Pair

log = logging.getLogger(__name__)
# Replies worked on at once. A reply is a computation: two at a time make both longer, and the last ones late
# (measured with 20 people at once on two cores: docs/decisions/0006).
AT_ONCE = 1
_PIECE = re.compile(r"\S+\s*")


class Engine:
    """Answers requests; the front ends know nothing else of the assistant."""

    def __init__(
        self,
        catalogue: Catalogue,
        retriever: HybridRetriever,
        embedder: Embedder,
        territory: Territory,
        today: Callable[[], date] = date.today,
        answers: Callable[[Sequence[Pair]], Embedder] | None = None,
        reply_seconds: float | None = None,
        model: ModelUse | None = None,
    ) -> None:
        """Build the chain; no index is read yet.

        Args:
            catalogue: the schemes.
            retriever: finds passages.
            embedder: the encoder of the index.
            territory: the communes and their lists.
            today: the date, passed in so that tests can choose it.
            answers: makes, of the questions that people ask and their answers, the encoder that compares a
                question with sentences (:func:`ingest.tune.tuned_embedder`); None for ``embedder`` itself.
            reply_seconds: how long a reply may take, the wait for its turn included; None without limit.
            model: the language model that words the answers, or None.
        """
        self.catalogue = catalogue
        self.retriever = retriever
        self.names = SchemeNames(catalogue.schemes, french_words())
        self.territory = territory
        self.amounts = TypedAmounts(catalogue.schemes)
        self.gazetteer = Gazetteer(territory)
        self.eligibility = EligibilityService(catalogue, territory, self.gazetteer, today)
        self._spelling = spelling_of(catalogue)
        self._mended_texts: dict[str, str] = {}
        self._conditions = StatedConditions(catalogue.schemes)
        self._know(embedder if answers is None else answers(self._pairs()))
        self._verdicts = VerdictStep(catalogue, territory, today)
        verifier = Verifier(catalogue.schemes, self.names, PlaceNames(territory))
        self._verification = VerifyStep(verifier, catalogue)
        self._use(model)
        self._today = today
        self.slots = Slots(AT_ONCE)
        self._reply_seconds = reply_seconds
        self.chain: Runnable[ChatRequest, Reply] = (
            RunnableLambda(self._start)
            | RunnableLambda(self._understand)
            | RunnableLambda(self._retrieve)
            | RunnableLambda(self._weigh)
            | RunnableLambda(self._compose)
            | RunnableLambda(self._verify)
        )

    def _know(self, embedder: Embedder) -> None:
        """Take an encoder that compares a question with sentences, and all that is compared by it."""
        self.embedder = KeptVectors(embedder)
        self.asked = AskedIndex(self.catalogue, embedder, self._mended)
        self.space = AnswerSpace(self.catalogue, embedder)
        self.subjects = SubjectFinder(
            self.catalogue, self.retriever, self.names, self.asked, self.space, self._conditions
        )

    def _pairs(self, without: Collection[int] = ()) -> list[Pair]:
        return pairs_of(self.catalogue, self._mended, without)

    def _mended(self, text: str) -> str:
        """A known question, mended once."""
        if text not in self._mended_texts:
            self._mended_texts[text] = self.repaired(text)
        return self._mended_texts[text]

    def tuned_without(self, places: Collection[int], answers: Callable[[Sequence[Pair]], Embedder]) -> Engine:
        """The same engine, its encoder tuned without some of the known questions: to fit weights on those."""
        view = copy(self)
        view._know(answers(self._pairs(places)))
        return view

    def worded_by(
        self, model: ModelUse | None, observer: Callable[[Reply, str], None] | None = None
    ) -> Engine:
        """The same engine with another model, or with none.

        Args:
            model: the model and its use.
            observer: told each sentence as the model writes it, with the computed reply.
        """
        view = copy(self)
        view._use(model, observer)
        return view

    def _use(self, model: ModelUse | None, observer: Callable[[Reply, str], None] | None = None) -> None:
        """Take a model, or go without one."""
        self._wording: Wording | None = None
        self._rewriting: Rewriting | None = None
        if model is not None:
            # One circuit: a model that fails at one of its tasks is left alone for the other too.
            verifier, circuit = self._verification.verifier, Circuit()
            self._wording = Wording(
                model.model, verifier, self.embedder, model.prompt_tokens, circuit, observer=observer
            )
            self._rewriting = Rewriting(model.model, verifier, circuit) if model.rewrites else None

    def ready(self) -> None:
        """Open the index.

        Raises:
            IngestError: there is no usable index.
        """
        self.retriever.check()

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        """Answer a request.

        Raises:
            UnknownScheme: the request names a scheme that doesn't exist.
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
            for piece in _PIECE.findall(reply.answer):
                patience.check()
                yield DeltaEvent(piece)
        else:
            said = [message.content for message in request.messages if message.role == "user"]
            reply = yield from _joined(self._wording.lines(reply, said, patience))
        yield CitationsEvent(reply.citations)
        yield DoneEvent(reply)

    def _computed(self, request: ChatRequest, patience: Patience) -> Reply:
        """The reply before a language model words it; waiting for one holds nobody else back."""
        reply = self._chained(request, patience)
        if self._rewriting is not None and is_unsure(request, reply):
            full = self._rewriting.in_full(request, patience)
            if full is not None:
                reply = in_full_reply(reply, self._chained(full, patience), full)
        if is_english(request.messages[-1].content):
            reply = reply.model_copy(update={"answer": f"{IN_FRENCH}\n{reply.answer}"})
        return reply

    def _chained(self, request: ChatRequest, patience: Patience) -> Reply:
        with patience.turn(self.slots):
            return self.chain.invoke(request, {"configurable": {"patience": patience}})

    def _patience(self) -> Patience:
        return Patience(self._reply_seconds)

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        """Find passages without answering.

        Raises:
            UnknownScheme: ``scheme`` doesn't exist.
            IngestError: there is no usable index.
            TooBusy: other work took all the time that this one had.
        """
        self._check_scheme(scheme)
        with Patience(self._reply_seconds).turn(self.slots):
            hits = self._found(query, k, scheme)
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

    def _found(self, query: str, k: int, scheme: str | None) -> list[RetrievedChunk]:
        """Search as for an answer: repaired words, then the passages that an answer would be drawn from."""
        message = self._repaired(Message(role="user", content=query))
        question = understand((message,), self.names, scheme)
        named = prefer_funder(question.schemes, message.content, self.catalogue)
        question = replace(question, schemes=named, subjects=named)
        chosen = scheme is not None
        subject = self.subjects.find(question, (message,), is_chosen=chosen, only_scheme=scheme)
        weighed = subject.found[:WEIGHED]
        of = dict.fromkeys(hit.chunk.scheme_id for hit in weighed if hit.chunk.scheme_id is not None)
        near = self.asked.by_sentence(question.search_text, of)
        evidence = weigh(question, weighed, self._word_weights(question), self.embedder, near, self.amounts)
        return rank_passages(subject.found, subject.ranked, subject.question.subjects, evidence)[:k]

    def _word_weights(self, question: Question) -> dict[str, float]:
        return self.retriever.word_weights(list(dict.fromkeys(analyse(question.search_text))))

    def _check_scheme(self, scheme: str | None) -> None:
        if scheme is not None and scheme not in self.catalogue:
            raise UnknownScheme(scheme)

    def _start(self, request: ChatRequest, config: RunnableConfig | None = None) -> Turn:
        self._check_scheme(request.scheme)
        patience = (config or {}).get("configurable", {}).get("patience", NO_HURRY)
        return Turn(request=request, started=time.perf_counter(), patience=patience, timings={})

    def _understand(self, turn: Turn) -> Turn:
        messages = tuple(self._repaired(message) for message in turn.request.messages)
        question = understand(messages, self.names, turn.request.scheme)
        said = (
            question.text
            if not question.carried
            else " ".join(m.content for m in messages if m.role == "user")
        )
        named = prefer_funder(question.schemes, said, self.catalogue)
        question = replace(question, schemes=named, subjects=named)
        return replace(turn, question=question, messages=messages).after("understand")

    def _repaired(self, message: Message) -> Message:
        """Repair the spelling of a user's message, the names of communes left alone."""
        if message.role != "user":
            return message
        if is_english(message.content):
            return message.model_copy(update={"content": glossed(message.content)})
        return message.model_copy(update={"content": self.repaired(message.content)})

    def repaired(self, text: str) -> str:
        """Repair the spelling of a text, the names of communes left alone."""
        repaired = self._repair(text)
        if repaired.changes:
            log.debug("%d words repaired", len(repaired.changes))
        return repaired.text

    def repairs(self, query: str) -> dict[str, str]:
        """Tell which words of a question are mended before the search: as written, as read."""
        return {} if is_english(query) else dict(self._repair(query).changes)

    def _repair(self, text: str) -> Repaired:
        spans = [(mention.start, mention.end) for mention in self.gazetteer.mentions(text)]
        return self._spelling.repair(text, spans)

    def _retrieve(self, turn: Turn) -> Turn:
        question = turn.understood
        subject = self.subjects.find(question, turn.messages, is_chosen=turn.request.scheme is not None)
        return turn.found(subject, self._word_weights(question)).after("retrieve")

    def _weigh(self, turn: Turn) -> Turn:
        question = turn.understood
        near = self.asked.by_sentence(question.search_text, question.subjects)
        evidence = weigh(question, turn.about.hits, turn.weights or {}, self.embedder, near, self.amounts)
        return replace(turn, evidence=tuple(evidence)).after("weigh")

    def _compose(self, turn: Turn) -> Turn:
        return self._composed(turn).after("compose")

    def _composed(self, turn: Turn) -> Turn:
        question = turn.understood
        subject = turn.about
        support = turn.support
        names_scheme = bool(question.schemes) and not question.carried
        users = [message.content for message in turn.request.messages if message.role == "user"]
        reason = out_of_scope(users[-1], names_scheme=names_scheme, earlier=" ".join(users[:-1]))
        if reason is not None:
            return replace(turn, reply=out_of_scope_reply(reason))
        if question.says_nothing or self._only_a_place(question, users[-1]):
            return replace(turn, reply=which_need())
        year = self._today().year
        base = compose(question, subject.hits, turn.evidence, support, self.catalogue, year, subject.near)
        if base.choices:
            return replace(turn, reply=base)
        applicant = self._applicant(turn, base)
        return replace(turn, reply=self._verdicts.add(base, question, applicant), applicant=applicant)

    def _only_a_place(self, question: Question, text: str) -> bool:
        """Whether a message that opens a conversation is the name of a commune and nothing else."""
        if question.schemes or question.answers_us or question.search_text != question.text:
            return False
        rest = text
        for mention in reversed(self.gazetteer.mentions(text)):
            rest = rest[: mention.start] + rest[mention.end :]
        return rest != text and not analyse(rest)

    def supported(self, request: ChatRequest) -> tuple[Question, Support]:
        """What a request is understood as, and what supports an answer to it: to measure when to abstain."""
        turn = self._retrieve(self._understand(self._start(request)))
        return turn.understood, turn.support

    def leaving_out(self, places: Iterable[int]) -> Engine:
        """The same engine without some of the known questions: to fit weights on those very questions."""
        view = copy(self)
        view.asked = self.asked.leaving_out(places)
        view.subjects = self.subjects.leaving_out(places)
        return view

    def _verify(self, turn: Turn) -> Reply:
        """Drop what nothing supports, and note the time that each step took."""
        reply = reached(turn.reply)
        places = turn.applicant.places if turn.applicant else ()
        messages = (*turn.request.messages, *turn.messages)
        said = dict.fromkeys((*(m.content for m in messages if m.role == "user"), *places))
        reply = self._verification.apply(reply, tuple(said), turn.about.hits)
        confidence = None if reply.status == "out_of_scope" else round(turn.support.likelihood, 3)
        done = turn.after("verify").timings or {}
        total = round((time.perf_counter() - turn.started) * 1000, 2)
        return reply.model_copy(update={"confidence": confidence, "timings_ms": {**done, "total": total}})

    def _applicant(self, turn: Turn, base: Reply) -> Applicant:
        """Read who asks, in the light of the schemes that the reply is about.

        Raises:
            UnknownCommune: the code chosen beside the chat isn't one of the region's.
        """
        code = turn.request.commune
        if code is not None and code not in self.territory.communes:
            raise UnknownCommune(code)
        chosen = self.territory.communes[code] if code else None
        about = dict.fromkeys((*turn.understood.schemes, *base.schemes))
        schemes = [self.catalogue.scheme(name) for name in about]
        return read_applicant(
            turn.messages, chosen, schemes, self.gazetteer, self._conditions, self.names.masked
        )


def _joined(lines: Generator[str, None, Reply]) -> Generator[Event, None, Reply]:
    """The lines as deltas, which joined give the answer."""
    start = ""
    while True:
        try:
            line = next(lines)
        except StopIteration as end:
            return cast("Reply", end.value)
        yield DeltaEvent(f"{start}{line}")
        start = "\n"
