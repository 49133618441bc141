"""Put what an aid pays first, worked out for the cost told, when a question asks it or tells a cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from assistant import messages
from assistant.answering.all_aids import PUBLIC_OWNERS, Budget, national_limit, room_line
from assistant.answering.amount_lines import Told
from assistant.answering.told_sums import Asked, Sums, rules_alone, sums
from assistant.answering.verdict_step import AMOUNTS
from assistant.checking.verify import figures
from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.evidence import MONEY_OR_RATE, Evidence
from assistant.eligibility.assess import assess
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import Estimate as Worked
from assistant.eligibility.estimate import costs_told
from assistant.eligibility.facts import Facts
from assistant.eligibility.funding_rules import pays, rules_for
from assistant.eligibility.rule_passages import stating
from assistant.lines import Line, LineKind, line
from assistant.reading.acts import NOT_OURS, Aspect
from assistant.reading.applicant import Applicant
from assistant.reading.cost import cost_unread, read_cost, read_taxes
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Citation, Estimate, Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import UNKNOWN_SECTION
from corpus.french.figures import canonical, figure_values
from corpus.french.folding import fold

# How many lines on amounts open an answer, and for how many schemes of a list.
MOST_LINES, MOST_LISTED = 4, 3
# How many sentences on amounts go before a verdict.
MOST_STATED = 2
# Sections that tell what was done or voted, and what asks for it.
_STORY_SECTIONS = frozenset({"Chiffres clés", "Exemples"})
_STORY = frozenset({Intent.EXAMPLES, Intent.COUNT})
# What a message that tells a cost may ask, which an amount doesn't answer: it comes after what does.
_ELSEWHERE: frozenset[Aspect | None] = frozenset(
    {"when", "how", "contact", "delay", "history", "examples", "what", "covered", "excluded", "cumul"}
)
# The lines of a verdict that isn't a refusal, and of what is asked to settle it.
_OF_HOPE: frozenset[LineKind] = frozenset({"verdict", "reason", "question", "condition"})


@dataclass(frozen=True, slots=True)
class Asking:
    """What the conversation says of amounts.

    Attributes:
        asked: whether an amount is asked, now or just before a fact that changes it.
        cost_now: whether the last message tells a cost.
        unread: whether it tells one that can't be a cost.
    """

    asked: bool
    cost_now: bool
    unread: bool

    @classmethod
    def of(cls, question: Question, earlier: Iterable[Question], text: str) -> Asking:
        """Read it from the last question, and from those before, latest first, while they only tell facts."""
        asked = False
        for turn in chain((question,), earlier):
            asked = asks_amount(turn)
            if asked or turn.act != "give_fact":
                break
        folded = fold(text)
        return cls(asked, read_cost(folded, known=True) is not None, cost_unread(folded))


def asks_amount(question: Question) -> bool:
    """Whether a message asks how much, as the trained reader says or as its words do."""
    read = question.read
    if read is not None and read.act in NOT_OURS:
        return False
    readings = (read, *read.parts) if read is not None else ()
    return Intent.HOW_MUCH in question.intents or any(part.aspect == "amount" for part in readings)


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
            note = line("note", messages.COST_UNREAD)
            base = base.model_copy(update={"lines": (*base.lines, note)})
        wanted = asking.asked or (asking.cost_now and facts.cost is not None)
        schemes = self._schemes(base, question) if wanted else ()
        if not schemes:
            return base
        book = CitationBook(self.territory)
        rank = {item.sentence.text: place for place, item in reversed(list(enumerate(evidence)))}
        told: list[tuple[str, Told]] = []
        notes: list[Line] = []
        for name in schemes:
            worked = self._told(name, applicant, base, asking, book)
            found = list(worked.told)
            if all(item.estimates for item in found) or not worked.notes:
                found.sort(key=lambda item: _rank(item, book, rank))
            told += [(name, item) for item in found[: MOST_LINES if len(schemes) == 1 else 1]]
            notes += worked.notes if found else ()
        if not told:
            if not asking.asked or question.act == "check_eligibility":
                return base
            return _amounts_first(self._saying_that_none_is_known(base, question, schemes[0]))
        if len(schemes) == 1:
            base = self._without_other_cases(base, schemes[0], applicant)
        return self._with(base, told, notes, facts, question, asking, book)

    def _saying_that_none_is_known(self, base: Reply, question: Question, name: str) -> Reply:
        """A reply to who asks how much that states no sum and no rate, with that none is known.

        It opens the answer where nothing else is asked. Where a rule is typed, or what isn't known is told
        already, the reply stays.
        """
        # "85 % des communes", or what one commune got, is no rate of the aid.
        shares = {item.n for item in base.citations if item.section in _STORY_SECTIONS}
        stating = (item for item in base.lines if not shares.issuperset(item.citations or (0,)))
        states = any(MONEY_OR_RATE.search(item.text) for item in stating)
        scheme = self.catalogue.scheme(name)
        is_told = any(item.section == UNKNOWN_SECTION for item in base.citations)
        if base.status != "answered" or states or is_told or scheme.funding:
            return base
        told = line("unknown", messages.no_amount(scheme.label))
        if question.intents == {Intent.HOW_MUCH}:
            return base.model_copy(update={"lines": (told, *base.lines)})
        return base.model_copy(update={"lines": _beside(base.lines, [told])})

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
        return Sums(rules_alone(asked, rules_for(fiche.scheme, facts, self.territory, on, asked.said), book))

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
        told: Sequence[tuple[str, Told]],
        notes: Sequence[Line],
        facts: Facts,
        question: Question,
        asking: Asking,
        book: CitationBook,
    ) -> Reply:
        several = len({name for name, _ in told}) > 1
        lines = [self._named(name, item.line) if several else item.line for name, item in told]
        lines += dict.fromkeys(notes)
        if note := _on_taxes(facts, [item for _, item in told], book):
            lines.append(line("note", note))
        shapes = tuple(_shape(estimate, item) for _, item in told for estimate in item.estimates)
        numbers = {citation.n: book.add(citation) for citation in base.citations}
        opens = asking.asked or question.act != "ask_scheme" or question.aspect not in _ELSEWHERE
        rest = base.numbered(numbers)
        rest = self._without_story(rest, question) if opens and not several else rest
        rest = _without_what_is_told(rest, told)
        if all(pays_nothing(item) and not self._is_of_the_past(item) for _, item in told):
            rest = _without_hope(rest)
        settled = asking.asked and base.status == "clarification"
        return rest.model_copy(
            update={
                "status": "answered" if settled else base.status,
                "lines": (*lines, *rest.lines) if opens else _beside(rest.lines, lines),
                "citations": book.citations,
                "estimates": shapes,
            }
        )

    def _is_of_the_past(self, item: Told) -> bool:
        """Whether what is told rests on a rule whose years are over: today's may be another."""
        ends = (str(estimate.rule.valid_until or "")[:4] for estimate in item.estimates)
        return any(end and int(end) < self.today().year for end in ends)

    def _without_other_cases(self, base: Reply, name: str, applicant: Applicant) -> Reply:
        """The reply without the sentences that state but rules for another case than the person's."""
        fiche, on, said = self.catalogue.fiche(name), self.today(), " ".join(applicant.own_words)
        own = {
            rule.label for rule in rules_for(fiche.scheme, applicant.facts, self.territory, on, said).paying
        }
        stated: dict[bool, set[str]] = {True: set(), False: set()}
        for rule in filter(pays, fiche.scheme.funding):
            stated[rule.label in own] |= {item.sentence.text for item in stating(fiche, rule)}
        others = {item.n for item in base.citations if item.quote in stated[False] - stated[True]}
        kept = (item for item in base.lines if item.kind != "statement" or not others & set(item.citations))
        return base.model_copy(update={"lines": tuple(kept)})

    def _without_story(self, rest: Reply, question: Question) -> Reply:
        """The reply without what was done or voted, and budgets: none says what the aid pays.

        What answers best stays, and all where what was done is asked too.
        """
        asks_story = bool(question.intents & _STORY) and question.aspect != "amount"
        if asks_story or question.aspect in {"history", "examples"}:
            return rest
        beside = {
            item.n for item in rest.citations if item.section in _STORY_SECTIONS or self._is_budget(item)
        }
        first = rest.lines[0] if rest.lines else None
        kept = (
            item
            for item in rest.lines
            if item is first or item.kind != "statement" or not set(item.citations) <= beside
        )
        return rest.model_copy(update={"lines": tuple(kept)})

    def _is_budget(self, cited: Citation) -> bool:
        """Whether a sentence states what a whole scheme may spend, and nothing of what it pays."""
        if cited.scheme_id is None or cited.scheme_id not in self.catalogue:
            return False
        rules = self.catalogue.scheme(cited.scheme_id).funding
        budgets = {canonical(rule.envelope) for rule in rules if rule.envelope}
        stated = figure_values(cited.quote) & budgets
        return bool(stated) and not self.amounts.stated(cited.scheme_id, cited.quote)

    def _named(self, name: str, told: Line) -> Line:
        return line("amount", messages.for_scheme(self.catalogue.scheme(name).label, told.text))


def pays_nothing(item: Told) -> bool:
    """Whether what is told is that nothing is paid."""
    return bool(item.estimates) and not any(estimate.amount_max for estimate in item.estimates)


def _answers(base: Reply) -> bool:
    """Whether a reply answers, or asks what would settle a verdict; no other question bears an amount."""
    return base.status == "answered" or (base.status == "clarification" and bool(base.eligibility))


def _without_what_is_told(rest: Reply, told: Sequence[tuple[str, Told]]) -> Reply:
    """The reply without the sentences that the lines on amounts rest on: they'd say the same again."""
    cited = {number for _, item in told for number in item.cited}
    kept = (item for item in rest.lines if item.kind != "statement" or not set(item.citations) <= cited)
    return rest.model_copy(update={"lines": tuple(kept)})


def _without_hope(rest: Reply) -> Reply:
    """The reply without what leaves a door open, or would settle it: nothing is paid for such a cost."""
    if any(shape.verdict == "not_eligible" for shape in rest.eligibility):
        return rest
    kept = (item for item in rest.lines if item.kind not in _OF_HOPE)
    return rest.model_copy(update={"lines": tuple(kept), "asked": None, "choices": ()})


def _amounts_first(base: Reply) -> Reply:
    """A reply whose verdict comes after the sentences that say amounts, where no typed rule says them."""
    if base.lines[0].kind != "verdict":
        return base
    stated = {item.n for item in base.citations if item.section == AMOUNTS and figures(item.quote)}
    first = [told for told in base.lines if told.kind == "statement" and stated & set(told.citations)]
    first = first[:MOST_STATED]
    return base.model_copy(update={"lines": (*first, *(told for told in base.lines if told not in first))})


def _beside(lines: Sequence[Line], added: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with those on amounts after the last that states something."""
    stating = [place for place, told in enumerate(lines) if told.kind in {"statement", "item"}]
    place = stating[-1] + 1 if stating else 0
    return (*lines[:place], *added, *lines[place:])


def _rank(item: Told, book: CitationBook, rank: Mapping[str, int]) -> int:
    quotes = [citation.quote for citation in book.citations if citation.n in item.cited]
    return min((rank[quote] for quote in quotes if quote in rank), default=len(rank))


def _shape(item: Worked, told: Told) -> Estimate:
    return Estimate(
        scheme_id=item.scheme_id,
        label=item.rule.label,
        cost=item.cost,
        rate=item.rate,
        ceiling=item.ceiling,
        floor=item.floor,
        amount_min=item.amount_min,
        amount_max=item.amount_max,
        citation=told.cited[0] if told.cited else None,
    )


def _on_taxes(facts: Facts, told: Sequence[Told], book: CitationBook) -> str | None:
    """What is said where a rule is on costs without their taxes and the one told has them, or the reverse."""
    numbers = {number for item in told if item.estimates for number in item.cited}
    bases = {read_taxes(fold(item.quote)) for item in book.citations if item.n in numbers}
    if facts.taxes == "TTC" and "HT" in bases:
        return messages.RULE_WITHOUT_TAXES
    return messages.RULE_WITH_TAXES if facts.taxes == "HT" and bases == {"TTC"} else None
