"""The criterion on the project: it is about one of these topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.eligibility.facts import PROJECT, Facts
from assistant.eligibility.kind import WHAT, Case, Change, CriterionKind, FactQuestion, Finding
from assistant.eligibility.words import TO_CHECK, spaced
from assistant.reply import CriterionVerdict
from corpus.fiches.criteria import ProjectIs
from corpus.french.figures import figure_values
from corpus.labels import TOPIC_LABELS

_DENIED = "Votre projet porte sur autre chose."


class ProjectAbout(CriterionKind[ProjectIs]):
    """About one of these topics."""

    def judge(self, case: Case) -> Finding:
        """Compare what the project is about with the topics; a no must hold for all of them."""
        asked = frozenset(self.rule.any_of)
        if shared := case.facts.project & asked:
            return Finding("met", spaced(f"Projet : {', '.join(sorted(TOPIC_LABELS[t] for t in shared))}."))
        if asked <= case.facts.not_project:
            return Finding("not_met", _DENIED)
        return Finding("unknown", TO_CHECK, (PROJECT,))

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """A project of the first topic."""
        topic = self.rule.any_of[0]
        text = spaced(f"si vous pouviez répondre oui à « {self.rule.question} »")
        yield Change(PROJECT, topic.value, text), replace(facts, project=facts.project | {topic})

    @property
    def label(self) -> str:
        """The officer's question."""
        return spaced(self.rule.question)

    @property
    def question(self) -> FactQuestion:
        """The officer's question."""
        return FactQuestion(PROJECT, self.rule.question)

    def settle(self, facts: Facts, *, yes: bool) -> Facts:
        """A yes gives the topics, a no takes them away."""
        topics = frozenset(self.rule.any_of)
        if yes:
            return replace(facts, project=facts.project | topics)
        return replace(facts, not_project=facts.not_project | topics, project=facts.project - topics)

    @property
    def sections(self) -> tuple[str, ...]:
        """Where what is aided stands first."""
        return WHAT

    @property
    def passage_words(self) -> str:
        """The question, the topics, and the officer's remark."""
        topics = " ".join(TOPIC_LABELS[item] for item in self.rule.any_of)
        return f"{self.rule.question} {topics} {self.remark}"

    @property
    def figures(self) -> frozenset[float]:
        """The figures of the question."""
        return frozenset(figure_values(self.rule.question))
