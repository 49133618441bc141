"""The financing plan of a project: what each aid pays at most, what all may reach, what is left to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.answering.all_aids import Budget, Limit, euros, percent, share_of
from assistant.answering.amount_lines import Told, told_rule
from assistant.answering.plans.owners import Owned
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import Estimate
from assistant.lines import Line, line, table_head, table_row
from assistant.markers import marked
from corpus.french.figures import canonical, figure_values

# How many rules of one aid stand in its cell.
_MOST_RULES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """An aid in the plan, its amounts, one a rule that may apply, and what these depend on."""

    aid: Owned
    told: tuple[Told, ...]
    notes: tuple[Line, ...] = ()

    @property
    def most(self) -> Estimate | None:
        """What pays most; None where nothing tells."""
        found = (estimate for told in self.told for estimate in told.estimates)
        return max(found, key=lambda item: item.amount_max, default=None)


def shares(limit: Limit) -> tuple[str, str | None]:
    """The most that public aids reach and the least that is left, in per cent; the latter where stated."""
    left = canonical(1 - limit.share)
    is_stated = left in figure_values(limit.stated.sentence.text)
    return percent(limit.share), percent(left) if is_stated else None


def totals(budget: Budget, limit: Limit, book: CitationBook) -> Line:
    """Open a plan: the most that public aids add up to and the least that is left to pay, worked out."""
    cost = budget.cost
    most, least = euros(limit.share * cost), euros((1 - limit.share) * cost)
    shown = share_of(limit.share, cost) + budget.added
    text = messages.plan_totals(most, shown, least, _left(cost, limit))
    return line("amount", text, [limit.cited(book)])


def plan_lines(rows: Sequence[Row], budget: Budget, limit: Limit | None, book: CitationBook) -> list[Line]:
    """Write the table of a plan: an aid a row, then what the limit caps, then what is left to pay.

    Args:
        rows: the aids that may be asked for.
        budget: what the project costs, as told.
        limit: what all public aids may reach together; None where nothing says.
        book: issues the numbers of the citations.
    """
    lines = [table_head(messages.PLAN_HEADS)]
    lines += [table_row((row.aid.fiche.scheme.label, _cell(row, budget, limit, book))) for row in rows]
    if limit is None:
        return lines
    cited = marked([limit.cited(book)])
    cost, capped = budget.cost, limit.share * budget.cost
    shown = messages.worked_out(euros(capped), share_of(limit.share, cost) + budget.added)
    lines.append(table_row((messages.ALL_PUBLIC_AIDS, f"{shown} {cited}")))
    alone = rows[0].most if len(rows) == 1 else None
    if budget.granted is not None:
        lines.append(table_row((messages.GRANTED_AIDS, euros(budget.granted))))
        room = messages.worked_out(euros(budget.room(limit)), budget.room_shown(limit))
        lines.append(table_row((messages.OTHER_AIDS, f"{room} {cited}")))
    elif alone is not None and 0 < alone.amount_max < capped:
        lines.append(table_row((messages.OTHER_AIDS, _others(alone, rows[0], cost, limit, cited))))
    left = messages.worked_out(euros(cost - capped), _left(cost, limit) + budget.added)
    lines.append(table_row((messages.OWN_SHARE, f"{left} {cited}")))
    return lines


def _cell(row: Row, budget: Budget, limit: Limit | None, book: CitationBook) -> str:
    """The amounts of an aid, one a rule; that of the rule that pays most where there are many.

    What all public aids together cap is told so, with the rule of the aid.
    """
    if not row.told:
        return messages.NO_KNOWN_AMOUNT
    shown = row.told if len(row.told) <= _MOST_RULES else (max(row.told, key=_most_of),)
    return " ".join(_capped(told, row, budget, limit, book) for told in shown)


def _capped(told: Told, row: Row, budget: Budget, limit: Limit | None, book: CitationBook) -> str:
    if limit is None or _most_of(told) <= budget.room(limit):
        return told.line.text
    fiche, facts = row.aid.fiche, row.aid.facts
    rules = [told_rule(item.rule, fiche, facts, book, None) for item in told.estimates[:1]]
    rule = next((item.line.text for item in rules if item is not None), "")
    cited = marked([limit.cited(book)])
    return f"{messages.capped(euros(budget.room(limit)), budget.room_shown(limit), rule)} {cited}"


def _most_of(told: Told) -> float:
    return max((item.amount_max for item in told.estimates), default=0.0)


def _others(alone: Estimate, row: Row, cost: float, limit: Limit, cited: str) -> str:
    """What other public aids may add to the only one of the plan."""
    rate = alone.rate if alone.limit == "rate" else None
    paid = share_of(rate, alone.retained) if rate is not None else euros(alone.amount_max)
    left = euros(limit.share * cost - alone.amount_max)
    numbers = marked(number for told in row.told for number in told.cited)
    return f"{messages.worked_out(left, messages.less(share_of(limit.share, cost), paid))} {cited}{numbers}"


def _left(cost: float, limit: Limit) -> str:
    """How what is left to pay is worked out: by the share that the rule states, else by what aids leave."""
    left = canonical(1 - limit.share)
    if left in figure_values(limit.stated.sentence.text):
        return share_of(left, cost)
    return messages.less(euros(cost), share_of(limit.share, cost))
