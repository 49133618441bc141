"""What of a case can be asked of a plain page: what it says, without verdicts, estimates or plans."""

from __future__ import annotations

from collections.abc import Collection

from assistant.reply import ReplyStatus
from evaluation.questions.cases import Case
from evaluation.questions.facts import Fact

# What a commune may have among all schemes is read from their typed criteria.
_OF_THE_CATALOGUE = frozenset({"commune_overview"})


def as_asked_of_pages(case: Case) -> Case | None:
    """A case as it can be asked where its schemes are plain pages.

    No verdict, estimate or plan is due, nor an amount that is worked out for one. Nothing is asked back:
    where facts are due, they are to be given at once.

    Returns:
        None when nothing is left: it only wanted a verdict, a question back, an amount worked out or the list
        of what a commune may have.
    """
    if case.act in _OF_THE_CATALOGUE:
        return None
    worked_out = _worked_out(case)
    facts = _without(case.facts, worked_out)
    status: list[ReplyStatus] = [given for given in case.status if given != "clarification"]
    if facts and "answered" not in status and len(status) < len(case.status):
        status.insert(0, "answered")
    if not status or (status == ["answered"] and not facts):
        return None
    return case.model_copy(
        update={
            "status": tuple(status),
            "facts": facts,
            "gold_first": _without(case.gold_first, worked_out),
            "verdicts": {},
            "asks": (),
            "estimate": {},
            "plan": None,
        }
    )


def _worked_out(case: Case) -> tuple[Fact, ...]:
    amounts = [estimate.amount_max for estimate in case.estimate.values()]
    if case.plan:
        amounts += [case.plan.public_max, case.plan.own_min]
    return (Fact(kind="amount", values=tuple(amounts)),) if amounts else ()


def _without(facts: Collection[Fact], others: Collection[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if not any(fact.shares_value(other) for other in others))
