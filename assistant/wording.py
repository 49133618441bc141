"""Have a language model word a computed reply, each sentence checked before it is shown."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from assistant.answer_lines import is_item
from assistant.circuit import Circuit
from assistant.errors import ModelError
from assistant.generate import LanguageModel
from assistant.prompt import write_prompt
from assistant.reply import Reply
from assistant.sentence_check import SentenceCheck
from assistant.sentence_stream import MARKER, sentences_of
from assistant.verify import Verifier, is_verbatim, markers, renumbered
from ingest.embed import Embedder

log = logging.getLogger(__name__)
# Sentences asked for are four: a model that goes on is cut.
_MOST_SENTENCES = 8
_AROUND = " \u00a0-•*"


class Wording:
    """Words replies with a model; gives the computed reply back whenever the model won't do."""

    def __init__(
        self,
        model: LanguageModel,
        verifier: Verifier,
        embedder: Embedder,
        budget: int,
        circuit: Circuit | None = None,
    ) -> None:
        """Word with ``model``, whose prompts hold at most ``budget`` tokens."""
        self.model = model
        self._verifier, self._embedder, self._budget = verifier, embedder, budget
        self._circuit = circuit or Circuit()

    def lines(self, reply: Reply, said: Sequence[str]) -> Generator[str, None, Reply]:
        """Give the lines of the worded answer as they are verified; return the whole reply.

        Abstentions, clarifications, tables and the verdict itself stay as computed.

        Args:
            reply: the reply computed without the model.
            said: the user's messages, the last one last.
        """
        if not is_wordable(reply) or not self._circuit.allows():
            yield from reply.answer.splitlines()
            return reply
        draft = _Draft(reply)
        # The user's own words support nothing here: a question may be written to plant a figure.
        lines = self._verifier.check(reply.citations, schemes=reply.schemes)
        check = SentenceCheck(reply, lines, self._embedder)
        prompt = write_prompt(said[-1], reply.citations, reply.eligibility, self._budget)
        yield from draft.opening()
        try:
            with closing(self.model.stream(prompt.system, prompt.user)) as pieces:
                for sentence in sentences_of(pieces):
                    yield from draft.take(sentence, check.problem(sentence))
                    if draft.seen >= _MOST_SENTENCES:
                        break
            self._circuit.succeeded()
        except ModelError as error:
            self._circuit.failed()
            draft.failed = True
            log.warning("%s", error)
        yield from draft.closing()
        return draft.reply(self.model.name)


def is_wordable(reply: Reply) -> bool:
    """Whether a reply is one that a model may word: an answer in sentences, with sources."""
    lines = [line for line in reply.answer.splitlines() if line.strip()]
    has_table = any(line.lstrip().startswith("|") for line in lines)
    return (
        reply.status == "answered"
        and not reply.choices
        and not has_table
        and bool(quoted_places(reply, lines))
    )


def quoted_places(reply: Reply, lines: Sequence[str]) -> list[int]:
    """The places of the lines that quote a passage word for word."""
    bodies = [MARKER.sub("", line).strip(_AROUND) for line in lines]
    quotes = [citation.quote for citation in reply.citations]
    return [
        place
        for place, body in enumerate(bodies)
        if markers(lines[place]) and any(is_verbatim(body, quote) for quote in quotes)
    ]


def _is_heading(line: str) -> bool:
    return line.rstrip(" \u00a0").endswith(":")


@dataclass
class _Draft:
    """The answer being made: what is shown, and what the computed answer still holds."""

    computed: Reply
    shown: list[str] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    seen: int = 0
    kept: int = 0
    failed: bool = False

    def __post_init__(self) -> None:
        self._lines = [line for line in self.computed.answer.splitlines() if line.strip()]
        # What doesn't quote a passage is ours and stays: the verdict, its reasons, cautions, our question.
        self._quoted = quoted_places(self.computed, self._lines)
        self._head = min(self._quoted) if self.computed.eligibility else 0

    @property
    def survives(self) -> bool:
        """Whether enough of the model's sentences may be shown."""
        return not self.failed and self.kept > 0 and 2 * self.kept >= self.seen

    def opening(self) -> list[str]:
        """The verdict, as computed."""
        return [self._show(place) for place in range(self._head)]

    def take(self, sentence: str, problem: str | None) -> list[str]:
        """Show a sentence, or the computed line for the same passage, or nothing."""
        self.seen += 1
        if problem is None:
            self.kept += 1
            return [self._number(sentence)]
        log.info("sentence struck out: %s", problem)
        wanted = set(markers(sentence))
        for place in self._quoted:
            if place not in self.used and wanted & set(markers(self._lines[place])):
                return [self._show(place)] if not is_item(self._lines[place]) else []
        return []

    def closing(self) -> list[str]:
        """What is still to be shown: all that the computed answer holds, when the model won't do."""
        places = (place for place in range(self._head, len(self._lines)) if place not in self.used)
        if not self.survives:
            return [self._show(place) for place in places]
        ours = (place for place in places if place not in self._quoted)
        return [self._show(place) for place in ours if not _is_heading(self._lines[place])]

    def reply(self, name: str) -> Reply:
        """The whole reply; the computed one, untouched, when no sentence of the model is in it."""
        struck = self.seen - self.kept
        dropped = self.computed.dropped + struck
        if self.kept == 0:
            return self.computed.model_copy(update={"dropped": dropped})
        for item in (i for shape in self.computed.eligibility for i in shape.criteria):
            if item.citation:
                self.numbers.setdefault(item.citation, len(self.numbers) + 1)
        of = {citation.n: citation for citation in self.computed.citations}
        shapes = tuple(
            shape.model_copy(
                update={
                    "criteria": tuple(
                        i.model_copy(update={"citation": self.numbers.get(i.citation or 0)})
                        for i in shape.criteria
                    )
                }
            )
            for shape in self.computed.eligibility
        )
        return self.computed.model_copy(
            update={
                "answer": "\n".join(self.shown),
                "citations": tuple(
                    of[old].model_copy(update={"n": new}) for old, new in self.numbers.items()
                ),
                "eligibility": shapes,
                "generator": name,
                "dropped": dropped,
            }
        )

    def _show(self, place: int) -> str:
        self.used.add(place)
        return self._number(self._lines[place])

    def _number(self, line: str) -> str:
        for old in markers(line):
            self.numbers.setdefault(old, len(self.numbers) + 1)
        self.shown.append(renumbered(line, self.numbers))
        return self.shown[-1]
