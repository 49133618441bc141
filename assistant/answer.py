"""The chain from a request to a reply: understand, retrieve, weigh, compose, verify; LangChain runnables."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from threading import BoundedSemaphore
from typing import cast

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer_space import AnswerSpace, pairs_of
from assistant.applicant import Applicant, read_applicant
from assistant.asked_index import AskedIndex
from assistant.compose import compose
from assistant.corpus_spelling import spelling_of
from assistant.eligibility_service import EligibilityService
from assistant.english import glossed, is_english
from assistant.errors import UnknownCommune, UnknownScheme
from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent
from assistant.evidence import Evidence, weigh
from assistant.generate import LanguageModel
from assistant.kept_vectors import KeptVectors
from assistant.messages import IN_FRENCH
from assistant.model_choice import configured
from assistant.reply import ChatRequest, Message, Reply, SearchHit
from assistant.retrieve import HybridRetriever, RetrievedChunk
from assistant.scheme_names import SchemeNames
from assistant.scheme_ranking import prefer_funder, with_likeliest_first
from assistant.scope import out_of_scope
from assistant.scope_reply import out_of_scope_reply, which_need
from assistant.settings import AssistantSettings
from assistant.stated_conditions import StatedConditions
from assistant.subject import Subject, SubjectFinder
from assistant.support import Support, measure_support
from assistant.understand import Question, understand
from assistant.verdict_step import VerdictStep
from assistant.verify import Verifier
from assistant.verify_step import VerifyStep
from assistant.wording import Wording
from corpus.catalogue import Catalogue, load_catalogue
from corpus.gazetteer import Gazetteer
from corpus.places import PlaceNames
from corpus.territory import Territory, load_territory
from ingest.embed import Embedder, french_words, load_embedder
from ingest.generations import Generations
from ingest.lexical import analyse
from ingest.reader import IndexReader
from ingest.tune import Pair, tuned_embedder

log = logging.getLogger(__name__)
# Replies worked on at once. A reply is a computation: two at a time make both longer, and the last ones late
# (measured with 20 people at once on two cores: docs/decisions/0006).
AT_ONCE = 1
_PIECE = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a request while it goes through the chain."""

    request: ChatRequest
    started: float
    question: Question | None = None
    subject: Subject | None = None
    weights: Mapping[str, float] | None = None
    messages: tuple[Message, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    applicant: Applicant | None = None
    reply: Reply | None = None
    timings: Mapping[str, float] | None = None


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
        model: tuple[LanguageModel, int] | None = None,
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
            model: the language model that words the answers, and the most tokens that it reads; or None.
        """
        self.catalogue = catalogue
        self.retriever = retriever
        self.names = SchemeNames(catalogue.schemes, french_words())
        self.territory = territory
        self.gazetteer = Gazetteer(territory)
        self.eligibility = EligibilityService(catalogue, territory, self.gazetteer, today)
        self._spelling = spelling_of(catalogue)
        self._mended_texts: dict[str, str] = {}
        self._conditions = StatedConditions(catalogue.schemes)
        self._know(embedder if answers is None else answers(self._pairs()))
        self._verdicts = VerdictStep(catalogue, territory, today)
        verifier = Verifier(catalogue.schemes, self.names, PlaceNames(territory))
        self._verification = VerifyStep(verifier, catalogue)
        self._wording = None if model is None else Wording(model[0], verifier, self.embedder, model[1])
        self._today = today
        self._at_once = BoundedSemaphore(AT_ONCE)
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
        return self._finished(self._events(request))

    def stream(self, request: ChatRequest) -> Iterator[Event]:
        """Answer piece by piece; see :mod:`assistant.events`."""
        yield from self._events(request)

    @staticmethod
    def _finished(events: Iterator[Event]) -> Reply:
        return next(event.reply for event in events if isinstance(event, DoneEvent))

    def _events(self, request: ChatRequest) -> Iterator[Event]:
        """Compute a reply, then show it, worded by the model when there is one."""
        with self._at_once:
            reply = self.chain.invoke(request)
        opening = f"{IN_FRENCH}\n" if is_english(request.messages[-1].content) else ""
        yield StatusEvent(reply.status)
        for piece in _PIECE.findall(opening):
            yield DeltaEvent(piece)
        if self._wording is None:
            for piece in _PIECE.findall(reply.answer):
                yield DeltaEvent(piece)
        else:
            # Outside the semaphore: waiting for a model holds nobody else back.
            said = [message.content for message in request.messages if message.role == "user"]
            reply = yield from _joined(self._wording.lines(reply, said))
        if opening:
            reply = reply.model_copy(update={"answer": f"{opening}{reply.answer}"})
        log.info(
            "%s, %d citations, %d lines dropped, %s ms",
            reply.status,
            len(reply.citations),
            reply.dropped,
            reply.timings_ms.get("total"),
        )
        yield CitationsEvent(reply.citations)
        yield DoneEvent(reply)

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        """Find passages without answering.

        Raises:
            UnknownScheme: ``scheme`` doesn't exist.
            IngestError: there is no usable index.
        """
        self._check_scheme(scheme)
        with self._at_once:
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
        """Search as for an answer: repaired words, passages of the likeliest schemes and sections first."""
        text = self._repaired(Message(role="user", content=query)).content
        question = understand((Message(role="user", content=text),), self.names, scheme)
        named = prefer_funder(question.schemes, text, self.catalogue)
        hits = self.subjects.passages(replace(question, schemes=named), only_scheme=scheme)
        ranked = self.subjects.rank(text, hits)
        return with_likeliest_first(hits, ranked)[:k] if not named else hits[:k]

    def _check_scheme(self, scheme: str | None) -> None:
        if scheme is not None and scheme not in self.catalogue:
            raise UnknownScheme(scheme)

    def _start(self, request: ChatRequest) -> Turn:
        self._check_scheme(request.scheme)
        return Turn(request=request, started=time.perf_counter(), timings={})

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
        return _timed(replace(turn, question=question, messages=messages), "understand")

    def _repaired(self, message: Message) -> Message:
        """Repair the spelling of a user's message, the names of communes left alone."""
        if message.role != "user":
            return message
        if is_english(message.content):
            return message.model_copy(update={"content": glossed(message.content)})
        return message.model_copy(update={"content": self.repaired(message.content)})

    def repaired(self, text: str) -> str:
        """Repair the spelling of a text, the names of communes left alone."""
        spans = [(mention.start, mention.end) for mention in self.gazetteer.mentions(text)]
        repaired = self._spelling.repair(text, spans)
        if repaired.changes:
            log.debug("%d words repaired", len(repaired.changes))
        return repaired.text

    def _retrieve(self, turn: Turn) -> Turn:
        question = _known(turn.question)
        subject = self.subjects.find(question, turn.messages, is_chosen=turn.request.scheme is not None)
        weights = self.retriever.word_weights(list(dict.fromkeys(analyse(question.search_text))))
        found = replace(turn, question=subject.question, subject=subject, weights=weights)
        return _timed(found, "retrieve")

    def _weigh(self, turn: Turn) -> Turn:
        question = _known(turn.question)
        near = self.asked.by_sentence(question.search_text, question.subjects)
        evidence = weigh(question, _subject_of(turn).hits, turn.weights or {}, self.embedder, near)
        return _timed(replace(turn, evidence=tuple(evidence)), "weigh")

    def _compose(self, turn: Turn) -> Turn:
        return _timed(self._composed(turn), "compose")

    def _composed(self, turn: Turn) -> Turn:
        question = _known(turn.question)
        subject = _subject_of(turn)
        support = _support(turn)
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
        return _known(turn.question), _support(turn)

    def leaving_out(self, places: Iterable[int]) -> Engine:
        """The same engine without some of the known questions: to fit weights on those very questions."""
        view = copy(self)
        view.asked = self.asked.leaving_out(places)
        view.subjects = self.subjects.leaving_out(places)
        return view

    def _verify(self, turn: Turn) -> Reply:
        """Drop what nothing supports, and note the time that each step took."""
        if turn.reply is None:
            raise RuntimeError("the chain ran out of order")
        places = turn.applicant.places if turn.applicant else ()
        messages = (*turn.request.messages, *turn.messages)
        said = dict.fromkeys((*(m.content for m in messages if m.role == "user"), *places))
        reply = self._verification.apply(turn.reply, tuple(said), _subject_of(turn).hits)
        confidence = None if reply.status == "out_of_scope" else round(_support(turn).likelihood, 3)
        done = _timed(turn, "verify").timings or {}
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
        about = dict.fromkeys((*_known(turn.question).schemes, *base.schemes))
        schemes = [self.catalogue.scheme(name) for name in about]
        return read_applicant(
            turn.messages, chosen, schemes, self.gazetteer, self._conditions, self.names.masked
        )


def build_engine(settings: AssistantSettings, today: Callable[[], date] = date.today) -> Engine:
    """Build the engine from the settings: loads the encoder and the catalogue, tunes, opens no index.

    Args:
        settings: where the index is, which encoder.
        today: the date, passed in so that a measure can be repeated later.

    Raises:
        CorpusError: a fiche is wrong.
        EmbedderError: the encoder can't be loaded.
    """
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    reader = IndexReader(Generations(settings.index_dir, settings.collection), embedder)
    retriever = HybridRetriever(reader, embedder)
    return Engine(
        load_catalogue(), retriever, embedder, load_territory(), today, tuned_embedder, configured(settings)
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


def _known(question: Question | None) -> Question:
    if question is None:
        raise RuntimeError("the chain ran out of order")
    return question


def _subject_of(turn: Turn) -> Subject:
    if turn.subject is None:
        raise RuntimeError("the chain ran out of order")
    return turn.subject


def _support(turn: Turn) -> Support:
    question, subject = _known(turn.question), _subject_of(turn)
    content = set(analyse(question.content))
    weights = {stem: weight for stem, weight in (turn.weights or {}).items() if stem in content}
    if not weights and not question.carried:
        weights = dict(turn.weights or {})
    return measure_support(question, subject.hits, weights, subject.like, subject.share)


def _timed(turn: Turn, step: str) -> Turn:
    """Note how long the step took: the time since the start, less that of the steps before."""
    before: Sequence[float] = tuple((turn.timings or {}).values())
    spent = (time.perf_counter() - turn.started) * 1000 - sum(before)
    return replace(turn, timings={**(turn.timings or {}), step: round(spent, 2)})
