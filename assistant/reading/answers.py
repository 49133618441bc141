"""Read what a message answers to the question that the assistant asked just before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assistant.eligibility.facts import (
    BENEFICIARY,
    COMMUNE,
    COST,
    Facts,
    apart_key,
    conditions_key,
    criterion_key,
    declined_key,
)
from assistant.eligibility.kind import CriterionKind
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.cost import Cost
from assistant.eligibility.next_question import own_question
from assistant.reading.condition_answers import Condition, Told, read_together
from assistant.reading.cost_answer import read_amount, speaks_of_euros, take_amount
from assistant.reading.our_questions import asked_in
from assistant.reading.yes_no import agrees, said
from assistant.reply import Asked
from corpus.fiches.criteria import Rule
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import BENEFICIARY_LABELS

_NOTHING: Mapping[str, bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Line:
    """A criterion that was asked about."""

    scheme: str
    index: int
    kind: CriterionKind[Rule]

    @property
    def key(self) -> str:
        return own_question(self.kind, self.scheme, self.index).key

    def settled(self, facts: Facts, *, yes: bool) -> Facts:
        """The facts once it's known whether what it asks is so."""
        if self.kind.question is None or self.kind.asked == "at the end":
            return facts.with_claims({criterion_key(self.scheme, self.index): yes})
        return self.kind.settle(facts, yes=yes)


def read_answer(
    previous: str,
    answer: str,
    schemes: Iterable[Scheme],
    facts: Facts,
    asked: Asked | None = None,
    stated: Mapping[str, bool] = _NOTHING,
) -> Facts:
    """Add what a message answers to the question that the assistant asked just before.

    Args:
        previous: the assistant's message.
        answer: the user's message that follows.
        schemes: the schemes that the conversation is about.
        facts: what is known so far.
        asked: what the assistant asked, as its reply said; where a client doesn't send it back, or where it
            fits no scheme, the question is found again in the words of ``previous``.
        stated: conditions that the message speaks of by itself, by fact key.
    """
    known = {scheme.id: scheme for scheme in schemes}
    left = dict(stated)
    for question in questions_of(asked, previous, known):
        facts, left = _read(question, fold(answer).strip(), known, facts, left)
    return facts.with_claims(left)


def questions_of(asked: Asked | None, previous: str, schemes: Mapping[str, Scheme]) -> tuple[Asked, ...]:
    """What the assistant asked: as its reply said, else as its words tell."""
    if asked is not None and is_ours(asked, schemes):
        return (asked,)
    return asked_in(previous, schemes.values())


def is_ours(asked: Asked, schemes: Mapping[str, Scheme]) -> bool:
    """Whether a question that a client sent back is one that we may have asked: it's held against the schemes."""
    if asked.about in {"commune", "need", "scheme"}:
        return True
    if asked.about == "fact" and asked.fact in {BENEFICIARY, COST}:
        return True
    scheme = schemes.get(asked.scheme or "")
    indexes = asked.criteria
    if scheme is None or not indexes or max(indexes) >= len(scheme.criteria):
        return False
    if len(set(indexes)) < len(indexes):
        return False
    kinds = [kind_of(scheme.criteria[index]) for index in asked.criteria]
    if asked.about == "conditions":
        return all(kind.asked != "by itself" for kind in kinds)
    return len(kinds) == 1 and asked.fact == own_question(kinds[0], scheme.id, asked.criteria[0]).key


def _read(
    asked: Asked, folded: str, schemes: Mapping[str, Scheme], facts: Facts, stated: dict[str, bool]
) -> tuple[Facts, dict[str, bool]]:
    """Return the facts with the answer, and of what was stated the part that the answer leaves."""
    unsure = said(folded) == "unsure"
    if asked.about == "commune":
        return (facts.with_claims({declined_key(COMMUNE): True}) if unsure else facts), stated
    if asked.about in {"need", "scheme"}:
        return facts, stated
    if asked.fact in {BENEFICIARY, COST}:
        told = _read_who(folded, facts) if asked.fact == BENEFICIARY else _read_cost(folded, facts)
        return (told.with_claims({declined_key(asked.fact): True}) if unsure else told), stated
    scheme = schemes[asked.scheme or ""]
    lines = [_Line(scheme.id, index, kind_of(scheme.criteria[index])) for index in asked.criteria]
    if asked.about == "conditions":
        return _read_conditions(folded, lines, facts, stated)
    return _read_one(folded, lines[0], facts, stated)


def _read_who(folded: str, facts: Facts) -> Facts:
    for kind, label in BENEFICIARY_LABELS.items():
        if folded.strip(" .!") == fold(label):
            return replace(facts, beneficiary=kind)
    return facts


def _read_cost(folded: str, facts: Facts) -> Facts:
    return replace(facts, cost=read_amount(folded) or facts.cost)


def _read_one(
    folded: str, line: _Line, facts: Facts, stated: dict[str, bool]
) -> tuple[Facts, dict[str, bool]]:
    """Settle the one criterion that was asked about; what is said against the answer leaves it open."""
    if said(folded) == "unsure":
        return facts.with_claims({declined_key(line.key): True}), stated
    yes = agrees(fold(line.kind.question.text if line.kind.question else line.kind.label), folded)
    if yes is None:
        return facts, stated
    others = {key: value for key, value in stated.items() if key != line.key}
    if stated.get(line.key, yes) is not yes:
        return facts, others  # "non, c’est une première installation"
    return line.settled(facts, yes=yes), others


def _read_conditions(
    folded: str, lines: Sequence[_Line], facts: Facts, stated: dict[str, bool]
) -> tuple[Facts, dict[str, bool]]:
    """Settle conditions that were asked about together; where it isn't plain which, they're asked one by one.

    An amount that stands by itself is the cost, where no other of them is an amount: "oui, 18 000 €".
    """
    others = [line for line in lines if not isinstance(line.kind, Cost)]
    is_cost = len(others) < len(lines) and not any(speaks_of_euros(line.kind.line) for line in others)
    if is_cost and (taken := take_amount(folded)):
        cost, rest = taken
        facts = replace(facts, cost=cost)
        if not others or not rest:
            return facts, stated
        folded, lines = rest, others
    told = read_together(
        folded, [Condition(line.kind.read_as, wants_no=line.kind.wants_no) for line in lines]
    )
    scheme = lines[0].scheme
    if told.whole is not None and not any(line.key in stated for line in lines):
        return facts.with_claims(_of_all(told, scheme, lines)), stated
    left = dict(stated)
    apart = bool(told.doubtful) or told.whole is not None or (told.unclear and not told.each)
    for rank, line in enumerate(lines):
        if rank in told.doubtful:
            left.pop(line.key, None)
        elif rank in told.each:
            yes = told.each[rank]
            by_itself = left.pop(line.key, yes)
            if yes is None:
                facts = facts.with_claims({declined_key(line.key): True})
            elif by_itself is yes:
                facts = line.settled(facts, yes=yes)
            apart = apart or yes is None or by_itself is not yes
    return (facts.with_claims({apart_key(scheme): True}) if apart else facts), left


def _of_all(told: Told, scheme: str, lines: Sequence[_Line]) -> dict[str, bool]:
    """The claims of an answer that holds for all the conditions together."""
    match told.whole:
        case "yes":
            return {criterion_key(scheme, line.index): True for line in lines}
        case "no":
            return {conditions_key(scheme): False}
        case _:
            return {declined_key(conditions_key(scheme)): True}
