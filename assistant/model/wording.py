"""Have a language model word a computed reply, each sentence checked before it is shown."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing

from assistant.checking.sentence import SentenceCheck
from assistant.checking.verify import Verifier
from assistant.errors import ModelError, ModelFailure
from assistant.lines import TABLE_KINDS, Line
from assistant.model.calls import LanguageModel
from assistant.model.circuit import Circuit
from assistant.model.draft import Draft
from assistant.model.prompt import write_prompt
from assistant.model.sentences import sentences_of
from assistant.patience import Patience
from assistant.reply import Reply
from ingest.embed import Embedder

log = logging.getLogger(__name__)
# Sentences asked for are four: a model that goes on is cut.
_MOST_SENTENCES = 8
# Seconds kept for giving the computed reply when the model takes all of its time, and the least worth asking.
_KEPT_S, _LEAST_S = 1.0, 2.0


class Wording:
    """Words replies with a model; gives the computed reply back whenever the model won't do."""

    def __init__(
        self,
        model: LanguageModel,
        verifier: Verifier,
        embedder: Embedder,
        budget: int,
        circuit: Circuit,
        observer: Callable[[Reply, str], None] | None = None,
    ) -> None:
        """Word with ``model``.

        Args:
            model: writes the sentences.
            verifier: checks their claims.
            embedder: compares them with passages.
            budget: most tokens of a prompt.
            circuit: leaves a failing model alone.
            observer: told each sentence as the model writes it, with the computed reply.
        """
        self.model = model
        self._verifier, self._embedder, self._budget = verifier, embedder, budget
        self._circuit = circuit
        self._observer = observer

    def lines(
        self, reply: Reply, said: Sequence[str], patience: Patience | None = None
    ) -> Generator[Line, None, Reply]:
        """Give the lines of the worded answer as they are verified; return the whole reply.

        Abstentions, clarifications, tables and the verdict itself stay as computed.

        Args:
            reply: the reply computed without the model.
            said: the user's messages, the last one last.
            patience: how long the reply is waited for.

        Raises:
            ClientGone: nobody waits for the reply any more.
        """
        if not is_wordable(reply):
            yield from reply.lines
            return reply
        seconds = _seconds_for_model(patience)
        failure = self._not_now(seconds)
        if failure is not None:
            yield from reply.lines
            return reply.without_model(failure)
        started = time.perf_counter()
        draft = Draft(reply, self._verifier)
        # The user's own words support nothing here: a question may be written to plant a figure.
        lines = self._verifier.check(reply.citations, schemes=reply.schemes)
        check = SentenceCheck(reply, lines, self._embedder)
        prompt = write_prompt(said[-1], reply.citations, reply.eligibility, self._budget)
        yield from draft.opening()
        first: float | None = None
        try:
            with closing(self.model.stream(prompt.system, prompt.user, seconds)) as pieces:
                for sentence in sentences_of(pieces):
                    if patience is not None:
                        patience.check()
                    if self._observer is not None:
                        self._observer(reply, sentence)
                    for told in draft.take(check.judge(sentence)):
                        first = first or time.perf_counter() - started
                        yield told
                    if draft.seen >= _MOST_SENTENCES:
                        break
            self._circuit.succeeded()
        except ModelError as error:
            self._circuit.failed(error.retry_s)
            draft.failed, failure = True, error.cause
            log.warning("%s", error)
        yield from draft.closing()
        worded = _timed(draft.reply(self.model.name), first, time.perf_counter() - started)
        failure = failure or (None if draft.kept else "struck")
        return worded if failure is None else worded.without_model(failure)

    def _not_now(self, seconds: float | None) -> ModelFailure | None:
        """Why the model isn't asked; None when it is."""
        if seconds is not None and seconds < _LEAST_S:
            return "late"
        if self._circuit.allows():
            return None
        log.info("the language model is left alone for a while")
        return "paused"


def is_wordable(reply: Reply) -> bool:
    """Whether a reply is one that a model may word: an answer in sentences of sources, without a table."""
    kinds = {told.kind for told in reply.lines}
    if reply.status != "answered" or reply.choices:
        return False
    return "statement" in kinds and not kinds & TABLE_KINDS


def _seconds_for_model(patience: Patience | None) -> float | None:
    if patience is None or patience.remaining is None:
        return None
    return patience.remaining - _KEPT_S


def _timed(reply: Reply, first: float | None, whole: float) -> Reply:
    """The reply with the milliseconds of its wording, in all and until its first sentence."""
    before = reply.timings_ms
    spent = {"model": round(whole * 1000, 2)}
    if first is not None:
        spent["model_first_sentence"] = round(first * 1000, 2)
    total = round(before.get("total", 0.0) + whole * 1000, 2)
    return reply.model_copy(update={"timings_ms": {**before, **spent, "total": total}})
