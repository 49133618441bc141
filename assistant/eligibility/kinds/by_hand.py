"""The criterion that only the applicant can settle, by the answer to the officer's question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.eligibility.by_facts import denied_by_facts
from assistant.eligibility.facts import Facts
from assistant.eligibility.kind import WHAT, Case, Change, CriterionKind, FactQuestion, Finding
from assistant.eligibility.words import TO_CHECK, spaced
from assistant.reply import CriterionVerdict
from corpus.fiches.criteria import ManualCheck
from corpus.french.figures import figure_values


class ByHand(CriterionKind[ManualCheck]):
    """Met when the answer is the expected one."""

    def judge(self, case: Case) -> Finding:
        """Look for what the person said."""
        claim = case.facts.claims.get(self.rule.fact)
        denied = denied_by_facts(self.rule.question, case.facts) if self.rule.expected else None
        if claim is None and denied is not None:
            return Finding("not_met", denied)
        if claim is None:
            return Finding("unknown", TO_CHECK, (self.rule.fact,))
        because = "Vous indiquez que oui." if claim else "Vous indiquez que non."
        return Finding("met" if claim is self.rule.expected else "not_met", because)

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """The expected answer."""
        answer = "oui" if self.rule.expected else "non"
        text = spaced(f"si vous pouviez répondre {answer} à « {self.rule.question} »")
        claimed = facts.with_claims({self.rule.fact: self.rule.expected})
        yield Change(self.rule.fact, self.rule.expected, text), claimed

    @property
    def label(self) -> str:
        """The officer's question."""
        return spaced(self.rule.question)

    @property
    def line(self) -> str:
        """The officer's question; what must hold where the answer that is needed is no."""
        if self.rule.expected:
            return self.rule.question
        if self.rule.when_met is not None:
            return spaced(self.rule.when_met)
        return spaced(f"{self.rule.question} (il faut que non)")

    @property
    def read_as(self) -> str:
        """The officer's question: what an answer says is read of it, whichever way it's listed."""
        return self.rule.question

    def says(self, because: str) -> str:
        """The question before the answer: a mere yes says nothing."""
        return f"{self.rule.question} {because}"

    @property
    def question(self) -> FactQuestion:
        """The officer's question."""
        return FactQuestion(self.rule.fact, self.rule.question)

    @property
    def wants_no(self) -> bool:
        """Whether the expected answer is no."""
        return not self.rule.expected

    @property
    def fact_questions(self) -> Mapping[str, str]:
        """The one fact, with the officer's question."""
        return {self.rule.fact: self.rule.question}

    def settle(self, facts: Facts, *, yes: bool) -> Facts:
        """The answer is the fact."""
        return facts.with_claims({self.rule.fact: yes})

    @property
    def sections(self) -> tuple[str, ...]:
        """Where what is aided stands first."""
        return WHAT

    @property
    def passage_words(self) -> str:
        """The question, and the officer's remark."""
        return f"{self.rule.question} {self.remark}"

    @property
    def figures(self) -> frozenset[float]:
        """The figures of the question."""
        return frozenset(figure_values(self.rule.question))
