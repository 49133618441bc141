"""The financing plan of a project: what each aid pays at most, what all may reach, what is left to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.all_aids import Budget, Limit, euros, left_shown, percent, share_of
from assistant.answering.amount_lines import Told, told_rule
from assistant.answering.plans.owners import Owned
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import Estimate
from assistant.lines import Line, line, table_head, table_row
from assistant.markers import marked
from assistant.messages import grants, plans
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
    def shown(self) -> tuple[Told, ...]:
        """The amounts that are told: that of the rule that pays most where there are many."""
        return self.told if len(self.told) <= _MOST_RULES else (max(self.told, key=_most_of),)

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


def plan_lines(rows: Sequence[Row], budget: Budget, limit: Limit | None, book: CitationBook) -> list[Line]:
    """Write the table of a plan: an aid a row, then what the limit caps, then what is left to pay.

    Args:
        rows: the aids that may be asked for.
        budget: what the project costs, as told.
        limit: what all public aids may reach together; None where nothing says.
        book: issues the numbers of the citations.
    """
    lines = [table_head(plans.PLAN_HEADS)]
    lines += [table_row((row.aid.fiche.scheme.label, _cell(row, budget, limit, book))) for row in rows]
    if limit is None:
        return lines
    cited = marked([limit.cited(book)])
    cost, capped = budget.cost, limit.share * budget.cost
    shown = plans.worked_out(euros(capped), share_of(limit.share, cost) + budget.added)
    lines.append(table_row((plans.ALL_PUBLIC_AIDS, f"{shown} {cited}")))
    if budget.granted is not None:
        lines.append(table_row((plans.GRANTED_AIDS, euros(budget.granted))))
        room = plans.worked_out(euros(budget.room(limit)), budget.room_shown(limit))
        lines.append(table_row((plans.OTHER_AIDS, f"{room} {cited}")))
    left = plans.worked_out(euros(cost - capped), left_shown(cost, limit) + budget.added)
    lines.append(table_row((plans.OWN_SHARE, f"{left} {cited}")))
    return lines


def _cell(row: Row, budget: Budget, limit: Limit | None, book: CitationBook) -> str:
    """The amounts of an aid, one a rule; that of the rule that pays most where there are many.

    What all public aids together cap is told so, with the rule of the aid.
    """
    if not row.told:
        return plans.NO_KNOWN_AMOUNT
    return " ".join(_capped(told, row, budget, limit, book) for told in row.shown)


def _capped(told: Told, row: Row, budget: Budget, limit: Limit | None, book: CitationBook) -> str:
    if limit is None or _most_of(told) <= budget.room(limit):
        return told.line.text
    fiche, facts = row.aid.fiche, row.aid.facts
    rules = [told_rule(item.rule, fiche, facts, book, None) for item in told.estimates[:1]]
    rule = next((item.line.text for item in rules if item is not None), "")
    cited = marked([limit.cited(book)])
    return f"{plans.capped(euros(budget.room(limit)), budget.room_shown(limit), rule)} {cited}"


def _most_of(told: Told) -> float:
    return max((item.amount_max for item in told.estimates), default=0.0)


def lines_alone(row: Row, budget: Budget, limit: Limit | None, book: CitationBook) -> list[Line]:
    """Write the plan of one aid, its totals being told: what it pays, and what other public aids may add.

    No table: its last rows would say the totals again.

    Args:
        row: the aid.
        budget: what the project costs, as told.
        limit: what all public aids may reach together; None where nothing says.
        book: issues the numbers of the citations.
    """
    label, most = row.aid.fiche.scheme.label, row.most
    lines = []
    for told in row.shown:
        is_capped = limit is not None and _most_of(told) > budget.room(limit)
        text = _rule_of(told, row, book) if is_capped else told.line.text
        lines.append(line("amount", grants.for_scheme(label, text)))
        if is_capped and limit is not None:
            text = plans.stopped_by_all_aids(percent(limit.share))
            lines.append(line("note", text, [limit.cited(book)]))
    if not row.told:
        lines.append(line("note", grants.for_scheme(label, f"{plans.NO_KNOWN_AMOUNT}.")))
    capped = 0.0 if limit is None else limit.share * budget.cost
    if limit is not None and budget.granted is None and most is not None and 0 < most.amount_max < capped:
        numbers = [limit.cited(book), *(number for told in row.told for number in told.cited)]
        lines.append(line("amount", _others(most, budget.cost, limit), numbers))
    return lines


def _rule_of(told: Told, row: Row, book: CitationBook) -> str:
    """The rule of an aid without a sum, for a sum that all public aids together cap."""
    rules = (told_rule(item.rule, row.aid.fiche, row.aid.facts, book, None) for item in told.estimates[:1])
    return next((item for item in rules if item is not None), told).line.text


def _others(alone: Estimate, cost: float, limit: Limit) -> str:
    """What other public aids may add to the only one of the plan."""
    rate = alone.rate if alone.limit == "rate" else None
    paid = share_of(rate, alone.retained) if rate is not None else euros(alone.amount_max)
    left = euros(limit.share * cost - alone.amount_max)
    return plans.other_aids(left, plans.less(share_of(limit.share, cost), paid))
