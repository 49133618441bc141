"""Put first what a plain page's rule comes to for the cost told, where an amount is asked; else nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import messages
from assistant.answering.all_aids import PUBLIC_OWNERS, euros
from assistant.answering.amount_step import Asking
from assistant.answering.cite import cite
from assistant.answering.compose import FAR
from assistant.answering.past_pages import is_past
from assistant.answering.told_sums import said_of_costs
from assistant.choosing.evidence import MONEY_OR_RATE, Evidence
from assistant.eligibility.citations import CitationBook, is_table
from assistant.eligibility.estimate import costs_told
from assistant.eligibility.facts import Facts, Range
from assistant.eligibility.words import number
from assistant.lines import line, statement
from assistant.reading.applicant import Applicant
from assistant.reading.cost import read_taxes
from assistant.reading.stated import which_rule
from assistant.reading.stated.asked_thing import names_a_thing
from assistant.reading.stated.paid import Paid, paid
from assistant.reading.stated.statement import Statement, Unit, plain, words_of
from assistant.reading.stated.which_rule import Settled, rule_asked
from assistant.reply import Citation, Reply
from corpus.communes.commune import DEPARTMENTS
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.french.figures import canonical
from corpus.french.folding import fold
from corpus.labels import BENEFICIARY_LABELS, Beneficiary
from ingest.chunk import Chunk, ChunkSentence


@dataclass(frozen=True, slots=True)
class _Page:
    """The page that answers, whole.

    Attributes:
        statements: all its sentences, as they're read, in its order.
        evidence: those that were weighed, by the number of their statement: they alone may be cited.
        chunk: one of its passages.
        titles: its title and who publishes it.
    """

    statements: tuple[Statement, ...]
    evidence: Mapping[int, Evidence]
    chunk: Chunk
    titles: str

    def weighed(self, unit: Unit) -> Evidence | None:
        """The sentence of a unit; None where it wasn't found for the question."""
        return self.evidence.get(unit.statement.number)


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

    def add(self, base: Reply, asking: Asking, applicant: Applicant, evidence: Sequence[Evidence]) -> Reply:
        """Return the reply with the sum first; unchanged where a page doesn't answer, or when in doubt.

        Args:
            base: the reply, its verdicts given.
            asking: what the conversation says of amounts.
            applicant: who asks, with the cost.
            evidence: the sentences weighed, best first.
        """
        facts, costs = applicant.facts, costs_told(applicant.facts)
        if facts.cost is None or len(costs) != 1 or len(facts.cost.terms) > 1 or not _is_wanted(asking, base):
            return base
        page = self._answering(base, evidence)
        if page is None or is_past(page.chunk, self.on) or _is_elsewhere(facts, page):
            return base
        said = _said(applicant.own_words)
        rule = rule_asked(page.statements, page.titles, _asking(said, facts, self.on))
        worked = None if rule is None else paid(rule, costs[0], plain(said))
        if rule is None or worked is None or not _is_near(page, rule.rate.unit, base, evidence):
            return base
        units = _resting_on(rule, worked)
        if any(page.weighed(unit) is None for unit in units):
            return base
        return self._with(base, page, rule, worked, facts, asking)

    def _answering(self, base: Reply, evidence: Sequence[Evidence]) -> _Page | None:
        """The plain page that answers first; None where a fiche does."""
        source = opened_by_a_page(base) if base.status == "answered" else None
        chunks = self.passages(source.document_id) if source is not None else ()
        if not chunks:
            return None
        own = {item.sentence.text: item for item in evidence if _is_of(item, chunks[0].document_id)}
        sentences = list({item.text: item for chunk in chunks for item in chunk.sentences}.values())
        weighed = {place: own[item.text] for place, item in enumerate(sentences) if item.text in own}
        publishers = (source.publisher or "" for source in chunks[0].sources)
        titles = " ".join((chunks[0].title, *publishers))
        return _Page(tuple(_statements(sentences)), weighed, chunks[0], titles)

    def _with(
        self, base: Reply, page: _Page, rule: Settled, worked: Paid, facts: Facts, asking: Asking
    ) -> Reply:
        book, cost, units = CitationBook(self.territory), max(costs_told(facts)), _resting_on(rule, worked)
        cited = tuple(dict.fromkeys(self._cite(page, unit, book) for unit in units))
        lines = [line("amount", _told(rule, worked, facts, cost), cited)]
        if asking.own_share and worked.amount:
            shown = messages.less(euros(cost), _shown(rule, worked))
            lines.append(line("amount", messages.left_alone(euros(cost - worked.amount), shown), cited))
        if note := _on_taxes(facts, units, page):
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

    def _cite(self, page: _Page, unit: Unit, book: CitationBook) -> int:
        return book.add(cite(0, page.evidence[unit.statement.number], self.catalogue))


def _resting_on(rule: Settled, worked: Paid) -> list[Unit]:
    """The units that a sum rests on, the rate's first."""
    if worked.floor is not None:
        return [worked.floor.unit]
    limits = (worked.part, worked.ceiling)
    return [rule.rate.unit, *(limit.unit for limit in limits if limit is not None)]


def opened_by_a_page(reply: Reply) -> Citation | None:
    """The citation of the first sentence that answers, where it's a plain page's; else None."""
    cited = {item.n: item for item in reply.citations}
    first = next((item for item in reply.lines if item.kind == "statement" and item.citations), None)
    source = cited.get(first.citations[0]) if first is not None else None
    is_page = source is not None and source.scheme_id is None and not is_table(source.document_id)
    return source if is_page else None


def _said(words: Sequence[str]) -> str:
    """The words on what is to be paid: the last messages where they name it, else all."""
    of_costs = said_of_costs(words)
    return of_costs if names_a_thing(of_costs) else "\n".join(words)


def _is_wanted(asking: Asking, base: Reply) -> bool:
    """Whether an amount is asked, or a cost told to which the first sentence that answers states amounts."""
    first = opened_by_a_page(base) if asking.cost_now else None
    return asking.asked or (first is not None and MONEY_OR_RATE.search(first.quote) is not None)


def _is_of(item: Evidence, document: str) -> bool:
    return item.hit.chunk.document_id == document and item.hit.chunk.scheme_id is None


def _statements(sentences: Sequence[ChunkSentence]) -> Iterator[Statement]:
    for place, item in enumerate(sentences):
        yield Statement(place, words_of(item.text), (item.section,) if item.section else (), item.page)


def _asking(said: str, facts: Facts, on: date) -> which_rule.Asking:
    population = facts.population
    if population is None and facts.commune is not None:
        population = Range.exactly(facts.commune.population)
    if facts.beneficiary not in {None, Beneficiary.COMMUNE}:
        population = None
    is_public = facts.beneficiary is None or facts.beneficiary in PUBLIC_OWNERS
    who = "" if is_public or facts.beneficiary is None else BENEFICIARY_LABELS[facts.beneficiary]
    return which_rule.Asking(said, who, population, on.year)


def _is_elsewhere(facts: Facts, page: _Page) -> bool:
    """Whether a page is of another department than the one that the applicant is in."""
    own = facts.commune.department if facts.commune is not None else facts.department
    named = {code for code, name in DEPARTMENTS.items() if re.search(rf"\b{fold(name)}\b", fold(page.titles))}
    return own is not None and bool(named) and own not in named


def _is_near(page: _Page, unit: Unit, base: Reply, evidence: Sequence[Evidence]) -> bool:
    """Whether the sentence of a rate is among those chosen to answer, or nearly."""
    item = page.weighed(unit)
    if item is None:
        return False
    is_cited = any(item.sentence.text == cited.quote for cited in base.citations)
    return is_cited or item.logit >= max(other.logit for other in evidence) - FAR


def _said_again(page: _Page, rule: Settled, worked: Paid) -> set[str]:
    """The sentences that the sum says again, and the rows of a table for other cases."""
    again = [worked.floor.unit] if worked.floor is not None else _said_by(rule)
    found = (page.weighed(unit) for unit in again)
    return {item.sentence.text for item in found if item is not None}


def _said_by(rule: Settled) -> list[Unit]:
    rows = [other.unit for other in rule.others if other.label]
    limits = [limit.unit for limit in rule.limits if limit.unit is not rule.rate.unit]
    own = [rule.rate.unit] if rule.rate.label or not rule.others else []
    return [*rows, *limits, *own]


def _shown(rule: Settled, worked: Paid) -> str:
    """What a sum is worked out by: the ceiling where it's that, else a share of the cost."""
    if worked.ceiling is not None and worked.amount == worked.ceiling.euros:
        return euros(worked.amount)
    return messages.share_of([_rate(rule)], euros(worked.retained))


def _rate(rule: Settled) -> str:
    return number(canonical(100 * (rule.rate.share or 0.0)))


def _told(rule: Settled, worked: Paid, facts: Facts, cost: float) -> str:
    told = euros(cost) + (f" {facts.taxes}" if facts.taxes else "")
    if worked.floor is not None:
        is_at = cost == worked.floor.euros
        says = messages.not_above if is_at else messages.under_floor
        return f"{says(told, euros(worked.floor.euros))}."
    base = told if worked.part is None else messages.retained_of(euros(worked.retained), told)
    shown = [messages.share_of([_rate(rule)], base)]
    if worked.ceiling is not None:
        per = _as_written(worked.ceiling.per, worked.ceiling.unit.text)
        shown.append(messages.at_most_each(euros(worked.ceiling.euros), per))
    text = messages.may_pay(None, euros(worked.amount), shown)
    label = rule.rate.label if rule.others else ""
    if label[1:2].islower():
        label = label[:1].lower() + label[1:]
    return f"{text}, {label}." if label else f"{text}."


def _as_written(folded: str, text: str) -> str:
    """The words of a text that are these once folded: "par parcours de santé"."""
    words = text.split()
    size = len(folded.split())
    runs = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return next((run.strip(".,;:") for run in runs if plain(run).strip(".,;:") == folded), folded)


def _on_taxes(facts: Facts, units: Sequence[Unit], page: _Page) -> str | None:
    """What is said where a rule is on costs without their taxes and the one told has them, or the reverse."""
    stated = {read_taxes(unit.folded) for unit in units}
    sections = {unit.statement.headings for unit in units}
    near = stated.union(read_taxes(item.folded) for item in page.statements if item.headings in sections)
    if facts.taxes == "TTC" and "HT" in near:
        return messages.RULE_WITHOUT_TAXES
    return messages.RULE_WITH_TAXES if facts.taxes == "HT" and stated == {"TTC"} else None
