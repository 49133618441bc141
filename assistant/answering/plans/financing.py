"""The financing plan of a project: what each aid pays at most, what all may reach, what is left to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.answering.amount_lines import Told
from assistant.answering.plans.owners import Owned
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import Estimate
from assistant.eligibility.passages import StatedBy
from assistant.eligibility.words import number
from assistant.lines import Line, line, table_head, table_row
from assistant.markers import marked
from corpus.fiches.fiche import Fiche
from corpus.french.figures import canonical, figure_values

# How many rules of one aid stand in its cell.
_MOST_RULES = 2


@dataclass(frozen=True, slots=True)
class Limit:
    """What all public aids to a project may reach together.

    Attributes:
        share: as a fraction of the cost.
        fiche: the fiche that says so.
        stated: its sentence.
    """

    share: float
    fiche: Fiche
    stated: StatedBy

    def cited(self, book: CitationBook) -> int:
        """The number of its citation."""
        return book.sentence(self.fiche, self.stated.section, self.stated.sentence)


@dataclass(frozen=True, slots=True)
class Row:
    """An aid in the plan, and its amounts, one a rule that may apply."""

    aid: Owned
    told: tuple[Told, ...]

    @property
    def most(self) -> Estimate | None:
        """What pays most; None where nothing tells."""
        found = (estimate for told in self.told for estimate in told.estimates)
        return max(found, key=lambda item: item.amount_max, default=None)


def shares(limit: Limit) -> tuple[str, str | None]:
    """The most that public aids reach and the least that is left, in per cent; the latter where stated."""
    left = canonical(1 - limit.share)
    is_stated = left in figure_values(limit.stated.sentence.text)
    return _percent(limit.share), _percent(left) if is_stated else None


def totals(cost: float, limit: Limit, book: CitationBook) -> Line:
    """Open a plan: the most that public aids add up to and the least that is left to pay, worked out."""
    most, least = _euros(limit.share * cost), _euros((1 - limit.share) * cost)
    text = messages.plan_totals(most, _share(limit.share, cost), least, _left(cost, limit))
    return line("amount", text, [limit.cited(book)])


def plan_lines(rows: Sequence[Row], cost: float, limit: Limit | None, book: CitationBook) -> list[Line]:
    """Write the table of a plan: an aid a row, then what the limit caps, then what is left to pay.

    Args:
        rows: the aids that may be asked for.
        cost: of the project, in euros, as told.
        limit: what all public aids may reach together; None where nothing says.
        book: issues the numbers of the citations.
    """
    lines = [table_head(messages.PLAN_HEADS)]
    lines += [table_row((row.aid.fiche.scheme.label, _cell(row))) for row in rows]
    if limit is None:
        return lines
    cited = marked([limit.cited(book)])
    capped = limit.share * cost
    shown = messages.worked_out(_euros(capped), _share(limit.share, cost))
    lines.append(table_row((messages.ALL_PUBLIC_AIDS, f"{shown} {cited}")))
    alone = rows[0].most if len(rows) == 1 else None
    if alone is not None and 0 < alone.amount_max < capped:
        lines.append(table_row((messages.OTHER_AIDS, _others(alone, rows[0], cost, limit, cited))))
    left = messages.worked_out(_euros(cost - capped), _left(cost, limit))
    lines.append(table_row((messages.OWN_SHARE, f"{left} {cited}")))
    return lines


def _cell(row: Row) -> str:
    """The amounts of an aid, one a rule; that of the rule that pays most where there are many."""
    if not row.told:
        return messages.NO_KNOWN_AMOUNT
    shown = row.told if len(row.told) <= _MOST_RULES else (max(row.told, key=_most_of),)
    return " ".join(told.line.text for told in shown)


def _most_of(told: Told) -> float:
    return max((item.amount_max for item in told.estimates), default=0.0)


def _others(alone: Estimate, row: Row, cost: float, limit: Limit, cited: str) -> str:
    """What other public aids may add to the only one of the plan."""
    rate = alone.rate if alone.limit == "rate" else None
    paid = _share(rate, alone.retained) if rate is not None else _euros(alone.amount_max)
    left = _euros(limit.share * cost - alone.amount_max)
    numbers = marked(number for told in row.told for number in told.cited)
    return f"{messages.worked_out(left, messages.less(_share(limit.share, cost), paid))} {cited}{numbers}"


def _left(cost: float, limit: Limit) -> str:
    """How what is left to pay is worked out: by the share that the rule states, else by what aids leave."""
    left = canonical(1 - limit.share)
    if left in figure_values(limit.stated.sentence.text):
        return _share(left, cost)
    return messages.less(_euros(cost), _share(limit.share, cost))


def _share(share: float, of: float) -> str:
    return messages.share_of([_percent(share)], _euros(of))


def _percent(share: float) -> str:
    return number(canonical(share * 100))


def _euros(amount: float) -> str:
    return messages.euros(number(round(amount, 2)))
