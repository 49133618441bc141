"""What a kind of criterion does: it judges, words, asks, settles and finds the passage of one criterion.

A kind is a class in :mod:`assistant.eligibility.kinds`, one file each. It must judge and name its criterion;
for the rest what stands here does, where nothing of its own is to be said.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Generic, Literal, TypeVar

from assistant.eligibility.facts import Facts
from assistant.reply import CriterionVerdict
from corpus.communes.territory import Territory
from corpus.fiches.criteria import Rule
from corpus.fiches.scheme import Scheme

FactValue = bool | int | str
YES, NO, UNSURE = "Oui", "Non", "Je ne sais pas"
# How a question parts applicants when nothing is known of it; the nearer to one half, the more it tells.
USUAL_SHARE = 0.4
# Sections where a kind of criterion is usually stated, the likeliest first.
WHO = ("Bénéficiaires", "Objet", "Démarche")
WHAT = ("Dépenses éligibles", "Objet", "Bénéficiaires", "Dépenses exclues", "Cumul", "Démarche")
LAST_OF_REASONS = 99
_QUOTED = re.compile(r"«[^«»]*»")


@dataclass(frozen=True, slots=True)
class Case:
    """What a criterion is judged with."""

    scheme: Scheme
    facts: Facts
    territory: Territory
    on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """What a criterion is found to be in a case.

    Attributes:
        verdict: met, not met or unknown.
        because: why, in French, with the figures used.
        missing: keys of the facts that would settle it; empty when it is settled.
        commune_facts: what of the commune table was used: ``population``, or a list's name.
    """

    verdict: CriterionVerdict
    because: str
    missing: tuple[str, ...] = ()
    commune_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would turn the verdict, with the value it needs and the words to say so."""

    fact: str
    to: FactValue
    text: str


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """The question that settles one criterion.

    Attributes:
        key: the fact that the answer gives.
        text: the question, in French.
        choices: quick answers.
        share: the share of applicants that it puts on one side, from 0 to 1.
    """

    key: str
    text: str
    choices: tuple[str, ...] = (YES, NO, UNSURE)
    share: float = USUAL_SHARE


RuleT_co = TypeVar("RuleT_co", bound=Rule, covariant=True)


@dataclass(frozen=True, slots=True)
class CriterionKind(ABC, Generic[RuleT_co]):
    """One criterion and all that is done with its kind.

    Attributes:
        rule: the criterion, as the fiche gives it.
        interest: the rank of its reason among those of a verdict: figures and lists come first.
        asked: whether it's asked about by itself, in a list with others, or by itself once it's the last.
    """

    rule: RuleT_co

    interest: ClassVar[int] = LAST_OF_REASONS
    asked: ClassVar[Literal["by itself", "with others", "at the end"]] = "with others"

    # --- judge

    @abstractmethod
    def judge(self, case: Case) -> Finding:
        """Judge the criterion; a fact that is missing makes it unknown, never met or not."""

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """The facts that would meet it, the likeliest first; none for what nobody can change."""
        yield from ()

    # --- word

    @property
    @abstractmethod
    def label(self) -> str:
        """The criterion in a few French words."""

    @property
    def line(self) -> str:
        """The criterion as a line to tick, in a list of those that must all be met."""
        return self.label

    @property
    def read_as(self) -> str:
        """The words of which an answer to such a list is read."""
        return self.line

    def is_listed_as(self, text: str, plain: Callable[[str], str]) -> bool:
        """Whether a line of such a list is it, or what is known of the applicant leaves of it.

        Args:
            text: the line, as ``plain`` makes one.
            plain: makes two writings of a line alike; any run of spaces is one space.
        """
        return text == plain(self.line)

    def still_open(self, _case: Case) -> CriterionKind[Rule]:
        """The same without what is known not to hold, to be asked about."""
        return self

    def says(self, because: str) -> str:
        """The reason of a judgement as a sentence that stands by itself."""
        return because

    # --- ask and settle

    @property
    def question(self) -> FactQuestion | None:
        """The question that asks for it by itself; None when it has none of its own."""
        return None

    @property
    def wants_no(self) -> bool:
        """Whether it's met by a no to its question."""
        return False

    @property
    def asked_alone(self) -> str:
        """The words that ask for it by itself, when it has no question of its own."""
        return f"Cette condition est-elle remplie\u00a0: {self.label}\u00a0?"

    @property
    def fact_questions(self) -> Mapping[str, str]:
        """The facts answered by yes or no that it rests on, each with its question or its label."""
        return MappingProxyType({})

    def settle(self, facts: Facts, *, yes: bool) -> Facts:
        """Add what a yes or a no to its own question tells."""
        return facts

    def share_excluded(self, territory: Territory) -> float:
        """Share of the region's communes that it excludes, from 0 to 1: how well asking which one splits."""
        return USUAL_SHARE

    # --- cite

    @property
    def sections(self) -> tuple[str, ...]:
        """Titles of the sections of a fiche that usually state it, the likeliest first."""
        return WHO

    @property
    def passage_words(self) -> str:
        """Words that a sentence stating it is likely to hold."""
        return self.label

    @property
    def remark(self) -> str:
        """The officer's remark, without what it quotes; empty when there is none."""
        return _QUOTED.sub(" ", self.rule.note or "")

    @property
    def figures(self) -> frozenset[float]:
        """Figures that a sentence stating it is likely to hold."""
        return frozenset()
