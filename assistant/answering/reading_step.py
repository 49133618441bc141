"""Have something else read the conversation, once the reply is there: it betters it, or nothing.

The computed reply stands where no reading comes, where it says nothing new, and where what it leads to takes
an answer away, turns away a message that is surely ours, hides a verdict or an amount, or makes anyone
eligible.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace

from assistant.answering.choosing_step import makes_eligible
from assistant.answering.knowledge import Knowledge
from assistant.answering.steps import ANSWER, run
from assistant.answering.turn import Turn, reached
from assistant.answering.understanding import SURELY_OURS
from assistant.patience import Slots
from assistant.reading.acts import NOT_OURS
from assistant.reading.reading import Candidate, Reader, Reading
from assistant.reply import Reply
from assistant.search.led_subject import LIKELY

log = logging.getLogger(__name__)
# Seconds kept for answering by what was read, and the least worth asking.
_KEPT_S, _LEAST_S = 1.0, 2.0


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """Betters a turn by another's reading.

    Attributes:
        reader: what reads.
        slots: held while something is computed, and not while a reading is waited for.
    """

    reader: Reader
    slots: Slots

    def better(self, knowledge: Knowledge, turn: Turn) -> Turn:
        """The turn with the reply that the reading leads to; with its own where that doesn't stand.

        Args:
            knowledge: what every turn draws on.
            turn: a turn that went through every step.

        Raises:
            ClientGone: nobody waits for the reply any more.
            TooBusy, ReplyTooLong: it took too long.
        """
        seconds = turn.patience.remaining
        if turn.subject is None or (seconds is not None and seconds < _LEAST_S):
            return turn
        within = None if seconds is None else seconds - _KEPT_S
        reading = self.reader.read(turn.request.messages, candidates_of(knowledge, turn), within)
        turn = turn.after("read")
        if reading is None or not _is_new(reading, turn) or not _may_be_heard(reading, turn):
            return turn
        with turn.patience.turn(self.slots):
            again = Turn(turn.request, time.perf_counter(), patience=turn.patience, reading=reading)
            other = run(ANSWER, knowledge, again)
        reply = reached(other.reply)
        if makes_eligible(reached(turn.reply), reply) or _takes_away(reached(turn.reply), reply):
            log.info("the reading of the language model doesn't stand")
            return turn
        # Its time is that of a step of the same turn.
        other = replace(other, started=turn.started, timings=turn.timings).after("reread")
        return replace(other, reply=reply.model_copy(update={"generator": reading.by}))


def candidates_of(knowledge: Knowledge, turn: Turn) -> list[Candidate]:
    """What a message may be about: what the program takes it to be about, then the likeliest others."""
    pages = {hit.chunk.subject_id: hit.chunk.label for hit in turn.about.found}
    question = turn.understood
    names = dict.fromkeys(
        (*question.subjects, *question.schemes, *(item.scheme_id for item in turn.about.ranked))
    )
    labels = {
        name: knowledge.catalogue.scheme(name).label if name in knowledge.catalogue else pages.get(name, "")
        for name in list(names)[:LIKELY]
    }
    return [Candidate(name, label) for name, label in labels.items() if label]


def _is_new(reading: Reading, turn: Turn) -> bool:
    """Whether a reading says anything that the program didn't read by itself."""
    question, stated = turn.understood, reading.stated
    first = reading.asked[0]
    return (
        len(reading.asked) > 1
        or first.act != question.act
        or first.aspect not in {None, question.aspect}
        or (bool(reading.subjects) and set(reading.subjects) != set(question.subjects))
        or any(value is not None for value in (stated.beneficiary, stated.population, stated.cost))
    )


def _may_be_heard(reading: Reading, turn: Turn) -> bool:
    """Whether a reading may be followed.

    It turns no message away that is surely ours, and isn't about other schemes than those that are named.
    """
    question = turn.understood
    is_named = bool(question.schemes) and not question.carried
    if is_named and reading.subjects and set(reading.subjects).isdisjoint(question.subjects):
        return False
    is_ours = question.schemes or question.answers_us or turn.support.outside < SURELY_OURS
    return not is_ours or any(asked.act not in NOT_OURS for asked in reading.asked)


def _takes_away(before: Reply, after: Reply) -> bool:
    """Whether an answer, a verdict or an amount of the computed reply is lost."""
    return (
        (before.status == "answered" and after.status != "answered")
        or (bool(before.eligibility) and not after.eligibility)
        or (bool(before.estimates) and not after.estimates)
    )
