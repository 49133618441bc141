"""The order of things: the named steps that take a question to its reply, first to last.

Each step is a function of what is known and of the turn so far; it gives the turn back with one thing more.
A step that settles the reply for good ends the turn: only those marked ``always`` still run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering import planning, replying, searching, understanding
from assistant.answering.knowledge import Knowledge
from assistant.answering.plans.combination import answer_combination
from assistant.answering.plans.comparison import answer_comparison
from assistant.answering.turn import Turn


@dataclass(frozen=True, slots=True)
class Step:
    """A step, the name under which its time is told, and whether it runs on a turn that is over."""

    name: str
    do: Callable[[Knowledge, Turn], Turn]
    always: bool = False


UNDERSTANDING = (
    # Mend the messages; find which schemes are named, what is asked, what it follows on from.
    Step("understand", understanding.understand_messages),
)
FINDING = (
    # Search the passages; settle which schemes the question is about, and how well they support an answer.
    Step("retrieve", searching.find_subject),
    # Weigh every sentence of the passages as an answer.
    Step("weigh", searching.weigh_sentences),
)
COMPOSING = (
    # Choose the sentences that answer, or say that none does.
    Step("compose", replying.compose_reply),
    # Put the computed verdict first, when the question calls for one.
    Step("verdict", replying.add_verdict),
    # Put what the aid pays first, worked out for the cost told, when an amount is asked or a cost told.
    Step("amounts", replying.add_amounts),
    # Say whether the aid can still be asked for, when that is asked.
    Step("calendar", replying.add_calendar),
    # Say where to go on.
    Step("next", replying.add_next_step),
    # Say first of which aid it speaks, where that isn't sure.
    Step("suppose", replying.add_supposition),
    # Drop what its sources don't say: nothing leaves without it.
    Step("verify", replying.verify_reply, always=True),
)
ANSWER: tuple[Step, ...] = (
    *UNDERSTANDING,
    # Attacks, what isn't our subject, what says nothing: decided before any search.
    Step("scope", understanding.decide_without_search),
    # What a commune may have as a whole: computed for all schemes, no passage is searched.
    Step("overview", planning.tell_overview),
    # What a commune got, and on which list it is: read off the lists and the sentences that name it.
    Step("record", planning.tell_record),
    *FINDING,
    # Answer what is about aids taken together by a plan of its own.
    Step("combine", answer_combination),
    # Answer what compares aids by another: what sets them apart, then each in its column.
    Step("compare", answer_comparison),
    *COMPOSING,
)
SEARCH: tuple[Step, ...] = (
    *UNDERSTANDING,
    *FINDING,
    # Order the passages as an answer would use them.
    Step("rank", searching.rank_found),
)
SUPPORT: tuple[Step, ...] = (*UNDERSTANDING, FINDING[0])


def run(steps: Sequence[Step], knowledge: Knowledge, turn: Turn) -> Turn:
    """Take a turn through steps, each timed.

    Raises:
        UnknownScheme: the request names a scheme that doesn't exist.
        UnknownCommune: the request names a commune that isn't one of the region's.
        IngestError: there is no usable index.
        ReplyTooLong: it took too long.
        ClientGone: nobody waits for it any more.
    """
    for step in steps:
        if step.always or not turn.is_over:
            turn = step.do(knowledge, turn).after(step.name)
    return turn
