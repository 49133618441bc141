"""Put what an aid pays first, worked out for the cost told, when a question asks it or tells a cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from assistant.answering.all_aids import (
    PUBLIC_OWNERS,
    Budget,
    euros,
    national_limit,
    room_line,
    totals,
)
from assistant.answering.amount_lines import Told
from assistant.answering.amount_rest import (
    Beside,
    beside,
    without_hope,
    without_other_cases,
    without_what_is_told,
)
from assistant.answering.told_sums import Asked, Sums, overlaps, rules_alone, sums
from assistant.answering.verdict_step import AMOUNTS
from assistant.checking.verify import figures
from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.evidence import MONEY_OR_RATE, Evidence
from assistant.eligibility.assess import assess
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import costs_told
from assistant.eligibility.facts import Facts
from assistant.eligibility.funding_rules import rules_for
from assistant.eligibility.rule_words import is_without
from assistant.lines import Line, line
from assistant.messages import grants, plans
from assistant.reading.acts import NOT_OURS, Aspect
from assistant.reading.applicant import Applicant
from assistant.reading.cost import cost_unread, read_cost, read_taxes
from assistant.reading.intents import Intent
from assistant.reading.own_share import asks_own_share
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import STORY_SECTIONS, UNKNOWN_SECTION
from corpus.french.folding import fold

# "Équipements sportifs structurants (E2ST)"
_IN_BRACKETS = re.compile(r"\([^()]*+\)")
# How many lines on amounts open an answer, and for how many schemes of a list.
MOST_LINES, MOST_LISTED = 4, 3
# How many sentences on amounts go before a verdict.
MOST_STATED = 2
# What a message that tells a cost may ask, which an amount doesn't answer: it comes after what does.
_ELSEWHERE: frozenset[Aspect | None] = frozenset(
    {"when", "how", "contact", "delay", "history", "examples", "what", "covered", "excluded", "cumul"}
)


@dataclass(frozen=True, slots=True)
class Asking:
    """What the conversation says of amounts.

    Attributes:
        asked: whether an amount is asked, now or just before a fact that changes it.
        cost_now: whether the last message tells a cost.
        unread: whether it tells one that can't be a cost.
        own_share: whether what is left to pay is asked.
    """

    asked: bool
    cost_now: bool
    unread: bool
    own_share: bool = False

    @classmethod
    def of(cls, question: Question, earlier: Iterable[Question], text: str) -> Asking:
        """Read it from the last question, and from those before, latest first, while they only tell facts."""
        asked = False
        for turn in chain((question,), earlier):
            asked = asks_amount(turn)
            if asked or turn.act != "give_fact":
                break
        folded = fold(text)
        own_share = asks_own_share(text)
        return cls(
            asked or own_share, read_cost(folded, known=True) is not None, cost_unread(folded), own_share
        )


def asks_amount(question: Question) -> bool:
    """Whether a message asks how much, as the trained reader says or as its words do."""
    read = question.read
    if read is not None and read.act in NOT_OURS:
        return False
    readings = (read, *read.parts) if read is not None else ()
    return Intent.HOW_MUCH in question.intents or any(part.aspect == "amount" for part in readings)


@dataclass(frozen=True, slots=True)
class Written:
    """The lines on amounts to put in a reply.

    Attributes:
        told: what is told, each with its scheme.
        notes: what goes with it.
        opens: whether it opens the answer.
    """

    told: Sequence[tuple[str, Told]]
    notes: Sequence[Line]
    opens: bool


@dataclass(frozen=True, slots=True)
class AmountStep:
    """Adds amounts to replies."""

    catalogue: Catalogue
    territory: Territory
    amounts: TypedAmounts
    today: Callable[[], date]

    def add(
        self,
        base: Reply,
        question: Question,
        asking: Asking,
        applicant: Applicant,
        evidence: Sequence[Evidence] = (),
    ) -> Reply:
        """Return the reply with what its schemes pay; unchanged when nothing typed answers.

        Args:
            base: the reply, its verdicts given.
            question: the question.
            asking: what the conversation says of amounts.
            applicant: who asks, with the cost.
            evidence: the sentences weighed, best first: they tell which rule comes first.
        """
        if question.is_comparison or not _answers(base):
            return base
        facts = applicant.facts
        if asking.unread and (asking.asked or facts.cost is None):
            note = line("note", grants.COST_UNREAD)
            base = base.model_copy(update={"lines": (*base.lines, note)})
        wanted = asking.asked or (asking.cost_now and facts.cost is not None)
        schemes = self._schemes(base, question) if wanted else ()
        if not schemes:
            return base
        book = CitationBook(self.territory)
        rank = {item.sentence.text: place for place, item in reversed(list(enumerate(evidence)))}
        told: list[tuple[str, Told]] = []
        notes: list[Line] = []
        said = " ".join(applicant.own_words)
        for name in schemes:
            worked = self._told(name, applicant, base, asking, book)
            if worked.is_open and question.is_list and facts.cost is None:
                continue  # of an aid that nobody named, a rule for a case that isn't told
            found = list(worked.told)
            if all(item.estimates for item in found) or facts.cost is None or not worked.is_open:
                found.sort(key=lambda item: (_is_aside(item, said), _rank(item, book, rank)))
            told += [(name, item) for item in found[: MOST_LINES if len(schemes) == 1 else 1]]
            notes += worked.notes if found else ()
        if not told:
            if not asking.asked or question.act == "check_eligibility":
                return base
            return _amounts_first(self._saying_that_none_is_known(base, question, schemes[0]))
        if len(schemes) == 1:
            fiche = self.catalogue.fiche(schemes[0])
            own = rules_for(fiche.scheme, facts, self.territory, self.today(), said).paying
            base = without_other_cases(base, fiche, own)
        opens = asking.asked or question.act != "ask_scheme" or question.aspect not in _ELSEWHERE
        written = Written(told, notes, opens=opens)
        return self._with(base, written, applicant, question, asking, book)

    def _saying_that_none_is_known(self, base: Reply, question: Question, name: str) -> Reply:
        """A reply to who asks how much that states no sum and no rate, with that none is known.

        It opens the answer where nothing else is asked. Where a rule is typed, or what isn't known is told
        already, the reply stays.
        """
        # "85 % des communes", or what one commune got, is no rate of the aid.
        shares = {item.n for item in base.citations if item.section in STORY_SECTIONS}
        stating = (item for item in base.lines if not shares.issuperset(item.citations or (0,)))
        states = any(MONEY_OR_RATE.search(item.text) for item in stating)
        scheme = self.catalogue.scheme(name)
        is_told = any(item.section == UNKNOWN_SECTION for item in base.citations)
        if base.status != "answered" or states or is_told or scheme.funding:
            return base
        told = line("unknown", grants.no_amount(scheme.label))
        if question.intents == {Intent.HOW_MUCH}:
            return base.model_copy(update={"lines": (told, *base.lines)})
        return base.model_copy(update={"lines": beside(base.lines, [told])})

    def _schemes(self, base: Reply, question: Question) -> tuple[str, ...]:
        known = [name for name in base.schemes if name in self.catalogue]
        if question.is_list and not question.schemes:
            return tuple(known[:MOST_LISTED])
        named = [name for name in known if name in question.schemes]
        return tuple((named or known)[:1])

    def _told(self, name: str, applicant: Applicant, base: Reply, asking: Asking, book: CitationBook) -> Sums:
        """What is said of the amounts of a scheme: for the cost told, else its rules, where asked."""
        facts, fiche, on = applicant.facts, self.catalogue.fiche(name), self.today()
        asked = Asked(fiche, facts, self.territory, on, applicant.own_words)
        is_refused = self._is_refused(name, facts, base, on)
        if facts.cost is not None:
            found = sums(asked, book)
            told = tuple(item for item in found.told if not is_refused or pays_nothing(item))
            return self._within_all_aids(replace(found, told=told), asked, book)
        if not asking.asked or not self._is_about_rules(name, base) or is_refused:
            return Sums(())
        rules = rules_for(fiche.scheme, facts, self.territory, on, asked.said)
        return Sums(rules_alone(asked, rules, book), overlaps(rules), rules.is_open)

    def _within_all_aids(self, found: Sums, asked: Asked, book: CitationBook) -> Sums:
        """The sums beside what aids granted already leave; where they pass it, the rules alone."""
        facts, limit = asked.facts, national_limit(self.catalogue)
        of_a_body = facts.beneficiary is None or facts.beneficiary in PUBLIC_OWNERS
        if facts.granted is None or limit is None or not (found.told and of_a_body):
            return found
        budget = Budget(
            max(costs_told(facts), default=0.0), facts.cost.terms if facts.cost else (), facts.granted
        )
        room = Told(room_line(budget, limit, book), (limit.cited(book),))
        most = max((e.amount_max for item in found.told for e in item.estimates), default=0.0)
        if most <= budget.room(limit):
            return replace(found, told=(*found.told, room))
        rules = rules_for(asked.fiche.scheme, facts, self.territory, asked.on, asked.said)
        return replace(found, told=(room, *rules_alone(asked, rules, book)))

    def _is_refused(self, name: str, facts: Facts, base: Reply, on: date) -> bool:
        """Whether whoever asks may not have the scheme, as the verdict given says, else as one worked out."""
        given = [shape.verdict for shape in base.eligibility if shape.scheme_id == name]
        verdicts = given or [assess(self.catalogue.scheme(name), facts, self.territory, on).verdict]
        return all(verdict == "not_eligible" for verdict in verdicts)

    def _is_about_rules(self, name: str, base: Reply) -> bool:
        """Whether the first sentence that answers is on rates and ceilings, not on a budget or a date."""
        quotes = {item.n: item.quote for item in base.citations}
        first = next((told for told in base.lines if told.kind in {"statement", "item"}), None)
        own = [quotes[number] for number in first.citations if number in quotes] if first else []
        return any(self.amounts.stated(name, quote) for quote in own)

    def _with(
        self,
        base: Reply,
        written: Written,
        applicant: Applicant,
        question: Question,
        asking: Asking,
        book: CitationBook,
    ) -> Reply:
        told, facts, opens = written.told, applicant.facts, written.opens
        several = len({name for name, _ in told}) > 1
        lines = [self._named(name, item.line) if several else item.line for name, item in told]
        lines += dict.fromkeys(written.notes)
        if note := on_taxes(facts, [item for _, item in told], book):
            lines.append(line("note", note))
        shapes = tuple(shape for _, item in told for shape in item.shapes)
        numbers = {citation.n: book.add(citation) for citation in base.citations}
        rest = base.numbered(numbers)
        rest = (
            Beside(self.catalogue, self.amounts).bearing_on(question, rest, only_amounts=asking.own_share)
            if opens and not several
            else rest
        )
        rest = without_what_is_told(rest, [item for _, item in told])
        if all(pays_nothing(item) and not self._is_of_the_past(item) for _, item in told):
            rest = without_hope(rest)
        elif not several and asking.own_share:
            lines = [*self._left(facts, [item for _, item in told], book, lines)]
        name = told[0][0]
        if (
            opens
            and not pays_nothing(told[0][1])
            and not several
            and not self._is_named(name, rest, applicant.own_words)
        ):
            lines = [self._named(name, item) if item is told[0][1].line else item for item in lines]
        settled = asking.asked and base.status == "clarification"
        return rest.model_copy(
            update={
                "status": "answered" if settled else base.status,
                "lines": (*lines, *rest.lines) if opens else beside(rest.lines, lines),
                "citations": book.citations,
                "estimates": shapes,
            }
        )

    def _left(
        self, facts: Facts, told: Sequence[Told], book: CitationBook, lines: Sequence[Line]
    ) -> Iterator[Line]:
        """The lines between what is left to pay and what is with this aid, for a public body with a cost."""
        limit, cost = national_limit(self.catalogue), max(costs_told(facts), default=None)
        of_a_body = facts.beneficiary is None or facts.beneficiary in PUBLIC_OWNERS
        if limit is None or cost is None or facts.cost is None or facts.granted is not None or not of_a_body:
            yield from lines
            return
        yield totals(Budget(cost, facts.cost.terms), limit, book)
        yield from lines
        most = max((e.amount_max for item in told for e in item.estimates if e.cost == cost), default=0.0)
        if 0 < most <= limit.share * cost:
            shown = plans.less(euros(cost), euros(most))
            yield line("amount", plans.left_alone(euros(cost - most), shown), told[0].cited)

    def _is_named(self, name: str, rest: Reply, said: Sequence[str]) -> bool:
        """Whether the aid is named by whoever asks, or by what is said beside its amounts."""
        scheme = self.catalogue.scheme(name)
        proper = (alias for alias in scheme.aliases if alias != alias.lower())
        names = {fold(text) for text in (scheme.name, scheme.label, *proper)}
        names |= {fold(_IN_BRACKETS.sub("", scheme.label)).strip()}
        texts = " ".join(fold(text) for text in (*said, *(item.text for item in rest.lines)))
        return any(re.search(rf"\b{re.escape(known)}\b", texts) for known in names if known)

    def _is_of_the_past(self, item: Told) -> bool:
        """Whether what is told rests on a rule whose years are over: today's may be another."""
        ends = (str(estimate.rule.valid_until or "")[:4] for estimate in item.estimates)
        return any(end and int(end) < self.today().year for end in ends)

    def _named(self, name: str, told: Line) -> Line:
        return line("amount", grants.for_scheme(self.catalogue.scheme(name).label, told.text))


def pays_nothing(item: Told) -> bool:
    """Whether what is told is that nothing is paid."""
    return bool(item.estimates) and not any(estimate.amount_max for estimate in item.estimates)


def _answers(base: Reply) -> bool:
    """Whether a reply answers, or asks what would settle a verdict; no other question bears an amount."""
    return base.status == "answered" or (base.status == "clarification" and bool(base.eligibility))


def _amounts_first(base: Reply) -> Reply:
    """A reply whose verdict comes after the sentences that say amounts, where no typed rule says them.

    A refusal stays first: what an aid pays is nothing to who can't have it.
    """
    is_refused = bool(base.eligibility) and all(v.verdict == "not_eligible" for v in base.eligibility)
    if base.lines[0].kind != "verdict" or is_refused:
        return base
    stated = {item.n for item in base.citations if item.section == AMOUNTS and figures(item.quote)}
    first = [told for told in base.lines if told.kind == "statement" and stated & set(told.citations)]
    first = first[:MOST_STATED]
    return base.model_copy(update={"lines": (*first, *(told for told in base.lines if told not in first))})


def _is_aside(item: Told, said: str) -> bool:
    """Whether what is told is for what is done without the aid, and nobody asks for that."""
    return any(is_without(rule.label or "", said) for rule in item.rules)


def _rank(item: Told, book: CitationBook, rank: Mapping[str, int]) -> int:
    quotes = [citation.quote for citation in book.citations if citation.n in item.cited]
    return min((rank[quote] for quote in quotes if quote in rank), default=len(rank))


def on_taxes(facts: Facts, told: Sequence[Told], book: CitationBook) -> str | None:
    """What is said where a rule is on costs without their taxes and the one told has them, or the reverse."""
    numbers = {number for item in told if item.estimates for number in item.cited}
    bases = {read_taxes(fold(item.quote)) for item in book.citations if item.n in numbers}
    if facts.taxes == "TTC" and "HT" in bases:
        return grants.RULE_WITHOUT_TAXES
    return grants.RULE_WITH_TAXES if facts.taxes == "HT" and bases == {"TTC"} else None
