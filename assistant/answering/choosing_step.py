"""Have something else choose among the statements, once the reply is there: it betters it, or nothing.

The computed reply stands where no choice comes, where the choice can't be said, and where it would turn away
a message that is surely ours, hide a verdict or an amount, or make anyone eligible.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.knowledge import Knowledge
from assistant.answering.searching import weigh_others
from assistant.answering.steps import COMPOSING, run
from assistant.answering.turn import Turn, reached
from assistant.answering.understanding import SURELY_OURS
from assistant.choosing.choice import Choice, Chooser
from assistant.choosing.evidence import Evidence
from assistant.choosing.offer import offered
from assistant.errors import ModelError, ModelFailure
from assistant.patience import Slots
from assistant.reply import Reply

log = logging.getLogger(__name__)
# Seconds kept for saying what was chosen, and the least worth asking.
_KEPT_S, _LEAST_S = 1.0, 2.0


@dataclass(frozen=True, slots=True)
class ChoosingStep:
    """Betters a turn by another's choice.

    Attributes:
        chooser: what chooses.
        slots: held while something is computed, and not while a choice is waited for.
    """

    chooser: Chooser
    slots: Slots

    def better(self, knowledge: Knowledge, turn: Turn) -> Turn:
        """The turn with the reply that the choice makes; with its own where that doesn't stand.

        Args:
            knowledge: what every turn draws on.
            turn: a turn that went through every step.

        Raises:
            ClientGone: nobody waits for the reply any more.
            TooBusy, ReplyTooLong: it took too long.
        """
        if not _is_open(turn):
            return turn
        seconds = turn.patience.remaining
        if seconds is not None and seconds < _LEAST_S:
            return _alone(turn, "late")
        with turn.patience.turn(self.slots):
            statements = _offered(knowledge, turn)
        if not statements:
            return turn
        within = None if seconds is None else seconds - _KEPT_S
        try:
            choice = self.chooser.choose(turn.messages, statements, within)
        except ModelError as error:
            return _alone(turn.after("choose"), error.cause)
        turn = turn.after("choose")
        if choice is None or not _may_be_said(choice, turn):
            return _alone(turn, "struck")
        with turn.patience.turn(self.slots):
            other = run(COMPOSING, knowledge, _by(choice, turn, statements))
        reply = reached(other.reply)
        if makes_eligible(reached(turn.reply), reply) or _says_nothing(reply, choice):
            log.info("the choice of the language model doesn't stand")
            return _alone(turn, "struck")
        return replace(other, reply=reply.model_copy(update={"generator": choice.by}))


def _alone(turn: Turn, failure: ModelFailure) -> Turn:
    """The turn as it was, its reply saying why nothing else chose."""
    return replace(turn, reply=reached(turn.reply).without_model(failure))


def _is_open(turn: Turn) -> bool:
    """Whether the reply was chosen among statements found, one after the other: no plan, no table."""
    return turn.subject is not None and not turn.is_over and not turn.understood.is_comparison


def _offered(knowledge: Knowledge, turn: Turn) -> list[Evidence]:
    """The statements to choose from: of what is named those alone, else of what else was found too."""
    named = turn.understood.schemes
    own = [
        item for item in turn.evidence if not named or item.hit.chunk.subject_id in turn.understood.subjects
    ]
    return offered(own, () if named else weigh_others(knowledge, turn))


def _may_be_said(choice: Choice, turn: Turn) -> bool:
    """Whether a choice may take the place of the computed reply: an answer may, a refusal not of any."""
    base, question = reached(turn.reply), turn.understood
    if choice.status == "answered":
        return True
    if base.eligibility or base.estimates or question.answers_us:
        return False
    if choice.status == "not_said":
        return base.status == "answered" or (base.status == "unanswerable" and bool(choice.statements))
    is_ours = question.schemes or question.carried or turn.support.outside < SURELY_OURS
    return base.status != "out_of_scope" and not is_ours


def _by(choice: Choice, turn: Turn, statements: Sequence[Evidence]) -> Turn:
    """The turn as it was before it was composed, with the choice; about what the statements are of."""
    question, subject = turn.understood, turn.about
    chosen = tuple(dict.fromkeys(item.hit.chunk.subject_id for item in choice.statements))
    before = replace(turn, choice=choice, supposed=None, reply=None, dropped=())
    if set(chosen) <= set(question.subjects):
        return before
    question = replace(question, subjects=chosen)
    own = {item.hit.chunk.id: item.hit for item in statements if item.hit.chunk.subject_id in chosen}
    return replace(
        before,
        question=question,
        subject=replace(subject, question=question, hits=tuple(own.values())),
        evidence=tuple(item for item in statements if item.hit.chunk.subject_id in chosen),
    )


def makes_eligible(before: Reply, after: Reply) -> bool:
    """Whether a reply says that someone is eligible for what another doesn't say them eligible for."""
    said, says = (
        {(item.scheme_id, item.commune) for item in reply.eligibility if item.verdict == "eligible"}
        for reply in (before, after)
    )
    return not says <= said


def _says_nothing(after: Reply, choice: Choice) -> bool:
    """Whether nothing is left of the statements chosen, once they are verified."""
    return choice.status == "answered" and after.status == "unanswerable" and not choice.statements[0].is_gap
