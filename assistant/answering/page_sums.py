"""Put first what a plain page's rule comes to for the cost told, where an amount is asked; else nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.all_aids import PUBLIC_OWNERS, euros
from assistant.answering.amount_step import Asking
from assistant.answering.cite import cite
from assistant.answering.compose import FAR
from assistant.answering.page_sum_words import page_sum, taxes_note, worked_out_by
from assistant.answering.past_pages import is_past
from assistant.answering.told_sums import said_of_costs
from assistant.answering.whole_page import WholePage, is_elsewhere, opened_by_a_page, page_answering
from assistant.choosing.evidence import MONEY_OR_RATE, Evidence
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import costs_told
from assistant.eligibility.facts import Facts
from assistant.lines import line, statement
from assistant.messages import plans
from assistant.reading.applicant import Applicant
from assistant.reading.stated.asked_thing import names_a_thing
from assistant.reading.stated.paid import Paid, paid
from assistant.reading.stated.statement import Unit, plain
from assistant.reading.stated.which_rule import Asker, Settled, rule_asked
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.french.folding import fold
from corpus.labels import BENEFICIARY_LABELS
from ingest.chunk import Chunk

_HOW_MUCH = re.compile(r"\bcombien\b")


@dataclass(frozen=True, slots=True)
class PageSums:
    """Adds to replies what the rules of plain pages come to.

    Attributes:
        catalogue: the schemes.
        territory: the communes.
        passages: gives all the passages of a document.
        on: the day.
    """

    catalogue: Catalogue
    territory: Territory
    passages: Callable[[str], Sequence[Chunk]]
    on: date

    def add(
        self,
        base: Reply,
        question: Question,
        asking: Asking,
        applicant: Applicant,
        evidence: Sequence[Evidence],
    ) -> Reply:
        """Return the reply with the sum first; unchanged where a page doesn't answer, or when in doubt.

        Args:
            base: the reply, its verdicts given.
            question: the question.
            asking: what the conversation says of amounts.
            applicant: who asks, with the cost.
            evidence: the sentences weighed, best first.
        """
        facts, costs = applicant.facts, costs_told(applicant.facts)
        if facts.cost is None or len(costs) != 1 or len(facts.cost.terms) > 1 or facts.granted is not None:
            return base  # several sums, or what other aids leave: only typed rules tell
        asks_whether = asking.cost_now and question.act == "check_eligibility"
        if not (asks_whether or _is_wanted(question, asking, base, applicant.own_words[-1])):
            return base
        page = page_answering(base, evidence, self.passages)
        if page is None or is_past(page.chunk, self.on) or is_elsewhere(facts, page):
            return base
        said = _said(applicant.own_words)
        rule = rule_asked(page.statements, page.titles, _asker(said, facts, self.on))
        worked = None if rule is None else paid(rule, costs[0], plain(said))
        if rule is None or worked is None:
            return base
        if question.act != "find_schemes" and not _is_near(page, rule.rate.unit, base, evidence):
            return base
        if worked.floor is None and asks_whether and not asking.asked:
            return base  # who asks whether they may is told the cost that is too small, and no sum
        units = _resting_on(rule, worked)
        if any(page.weighed(unit) is None for unit in units):
            return base
        return self._with(base, page, rule, worked, facts, asking)

    def _with(
        self, base: Reply, page: WholePage, rule: Settled, worked: Paid, facts: Facts, asking: Asking
    ) -> Reply:
        book, cost, units = CitationBook(self.territory), max(costs_told(facts)), _resting_on(rule, worked)
        cited = tuple(dict.fromkeys(self._cite(page, unit, book) for unit in units))
        lines = [line("amount", page_sum(rule, worked, facts, cost), cited)]
        if asking.own_share and worked.amount:
            shown = plans.less(euros(cost), worked_out_by(rule, worked))
            lines.append(line("amount", plans.left_alone(euros(cost - worked.amount), shown), cited))
        if note := taxes_note(facts, units, page.statements):
            lines.append(line("note", note))
        known = {item.quote for item in base.citations}
        if worked.floor is None:
            lines += [
                statement(unit.statement.text, self._cite(page, unit, book))
                for unit in rule.changes
                if (item := page.weighed(unit)) is not None and item.sentence.text not in known
            ]
        numbers = {citation.n: book.add(citation) for citation in base.citations}
        rest = base.numbered(numbers)
        gone = _said_again(page, rule, worked) & {item.quote for item in book.citations}
        dropped = {item.n for item in book.citations if item.quote in gone}
        kept = [item for item in rest.lines if item.kind != "statement" or not set(item.citations) <= dropped]
        return rest.model_copy(update={"lines": (*lines, *kept), "citations": book.citations})

    def _cite(self, page: WholePage, unit: Unit, book: CitationBook) -> int:
        return book.add(cite(0, page.evidence[unit.statement.number], self.catalogue))


def _resting_on(rule: Settled, worked: Paid) -> list[Unit]:
    """The units that a sum rests on, the rate's first."""
    if worked.floor is not None:
        return [worked.floor.unit]
    limits = (worked.part, worked.ceiling)
    return [rule.rate.unit, *(limit.unit for limit in limits if limit is not None)]


def _said(words: Sequence[str]) -> str:
    """The words on what is to be paid: the last messages where they name it, else all."""
    of_costs = said_of_costs(words)
    return of_costs if names_a_thing(of_costs) else "\n".join(words)


def _is_wanted(question: Question, asking: Asking, base: Reply, said: str) -> bool:
    """Whether an amount is asked, or a cost told with a need, or beside nothing else where amounts answer."""
    if asking.asked or not asking.cost_now or question.act == "find_schemes":
        return asking.asked or asking.cost_now
    first = opened_by_a_page(base)
    asks_else = "?" in said and _HOW_MUCH.search(fold(said)) is None
    return first is not None and MONEY_OR_RATE.search(first.quote) is not None and not asks_else


def _asker(said: str, facts: Facts, on: date) -> Asker:
    is_public = facts.beneficiary is None or facts.beneficiary in PUBLIC_OWNERS
    who = "" if is_public or facts.beneficiary is None else BENEFICIARY_LABELS[facts.beneficiary]
    return Asker(said, who, facts.own_inhabitants, on.year)


def _is_near(page: WholePage, unit: Unit, base: Reply, evidence: Sequence[Evidence]) -> bool:
    """Whether the sentence of a rate is among those chosen to answer, or nearly."""
    item = page.weighed(unit)
    if item is None:
        return False
    is_cited = any(item.sentence.text == cited.quote for cited in base.citations)
    return is_cited or item.logit >= max(other.logit for other in evidence) - FAR


def _said_again(page: WholePage, rule: Settled, worked: Paid) -> set[str]:
    """The sentences that the sum says again, and the rows of a table for other cases."""
    again = [worked.floor.unit] if worked.floor is not None else _said_by(rule)
    found = (page.weighed(unit) for unit in again if len(unit.statement.units) == 1)
    return {item.sentence.text for item in found if item is not None}


def _said_by(rule: Settled) -> list[Unit]:
    rows = [other.unit for other in rule.others if other.label]
    limits = [limit.unit for limit in rule.limits if limit.unit is not rule.rate.unit]
    own = [rule.rate.unit] if rule.rate.label or not rule.others else []
    return [*rows, *limits, *own]
