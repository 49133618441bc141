"""Word what a rule of a plain page comes to for a cost: the sum and its operation, in the words of fiches."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.all_aids import euros
from assistant.eligibility.facts import Facts
from assistant.eligibility.words import number
from assistant.messages import grants
from assistant.reading.cost import read_taxes
from assistant.reading.stated.paid import Paid
from assistant.reading.stated.statement import Statement, Unit, plain
from assistant.reading.stated.which_rule import Settled
from corpus.french.figures import canonical


def page_sum(rule: Settled, worked: Paid, facts: Facts, cost: float) -> str:
    """Say what a rule comes to: "Jusqu’à 12 000 € (30 % de 40 000 € HT, plafond 18 000 €), chaudière."."""
    told = euros(cost) + (f" {facts.taxes}" if facts.taxes else "")
    if worked.floor is not None:
        is_at = cost == worked.floor.euros
        says = grants.not_above if is_at else grants.under_floor
        return f"{says(told, euros(worked.floor.euros))}."
    base = told if worked.part is None else grants.retained_of(euros(worked.retained), told)
    shown = [grants.share_of([_rate(rule)], base)]
    if worked.ceiling is not None:
        per = _as_written(worked.ceiling.per, worked.ceiling.unit.text)
        shown.append(grants.at_most_each(euros(worked.ceiling.euros), per))
    text = grants.may_pay(None, euros(worked.amount), shown)
    label = rule.rate.label if rule.others else ""
    if label[1:2].islower():
        label = label[:1].lower() + label[1:]
    return f"{text}, {label}." if label else f"{text}."


def worked_out_by(rule: Settled, worked: Paid) -> str:
    """What a sum is worked out by: the ceiling where it's that, else a share of the cost."""
    if worked.ceiling is not None and worked.amount == worked.ceiling.euros:
        return euros(worked.amount)
    return grants.share_of([_rate(rule)], euros(worked.retained))


def _rate(rule: Settled) -> str:
    return number(canonical(100 * (rule.rate.share or 0.0)))


def _as_written(folded: str, text: str) -> str:
    """The words of a text that are these once folded: "par parcours de santé"."""
    words = text.split()
    size = len(folded.split())
    runs = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return next((run.strip(".,;:") for run in runs if plain(run).strip(".,;:") == folded), folded)


def taxes_note(facts: Facts, units: Sequence[Unit], page: Sequence[Statement]) -> str | None:
    """What is said where a rule is on costs without their taxes and the one told has them, or the reverse."""
    stated = {read_taxes(unit.folded) for unit in units}
    sections = {unit.statement.headings for unit in units}
    near = stated.union(read_taxes(item.folded) for item in page if item.headings in sections)
    if facts.taxes == "TTC" and "HT" in near:
        return grants.RULE_WITHOUT_TAXES
    return grants.RULE_WITH_TAXES if facts.taxes == "HT" and stated == {"TTC"} else None
