"""Yes or no to what a criterion asks, as a plain form gives it: which facts the answers tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.eligibility.facts import Facts, criterion_key
from assistant.eligibility.kind import NO, YES, CriterionKind, FactQuestion
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.alternative import Alternative
from assistant.eligibility.words import spaced
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.criteria import Criterion, HasLabel, ListedIn, ProjectIs, Rule


@dataclass(frozen=True, slots=True)
class YesNo:
    """A question that yes or no answers.

    Attributes:
        key: the name of its answer; the same for two criteria that ask for the same fact.
        text: the question, in French.
        cases: the cases among which one is enough, where it asks for one of several.
    """

    key: str
    text: str
    cases: tuple[str, ...] = ()


def yes_no(criterion: Criterion, scheme_id: str, index: int) -> YesNo:
    """The question that yes or no to it settles a criterion; any criterion has one.

    Args:
        criterion: the rule.
        scheme_id: its scheme.
        index: its place in the scheme's list, from 0.
    """
    kind = kind_of(criterion)
    own = kind.question
    if own is None or not _takes_yes_or_no(own):
        cases = kind.cases if isinstance(kind, Alternative) else ()
        return YesNo(criterion_key(scheme_id, index), spaced(kind.asked_alone), tuple(map(spaced, cases)))
    if _is_its_own(criterion):
        return YesNo(criterion_key(scheme_id, index), spaced(own.text))
    return YesNo(own.key, spaced(own.text))


class YesNoQuestions:
    """Every question that the criteria of a catalogue ask by yes or no, by the name of its answer."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Read the criteria once."""
        self._texts: dict[str, str] = {}
        self._settled: dict[str, list[CriterionKind[Rule]]] = {}
        for scheme in catalogue.schemes:
            for index, criterion in enumerate(scheme.criteria):
                asked = yes_no(criterion, scheme.id, index)
                self._texts.setdefault(asked.key, asked.text)
                if asked.key != criterion_key(scheme.id, index):
                    self._settled.setdefault(asked.key, []).append(kind_of(criterion))

    def asked(self, answers: Mapping[str, bool]) -> dict[str, str]:
        """The questions that ``answers`` answer, by key; an answer to none of ours is left out."""
        return {key: self._texts[key] for key in answers if key in self._texts}

    def told(self, answers: Mapping[str, bool], facts: Facts) -> Facts:
        """The facts with what the answers tell; an answer to none of our questions tells nothing."""
        for key in self.asked(answers):
            kinds = self._settled.get(key)
            if kinds is None:
                facts = facts.with_claims({key: answers[key]})
            for kind in kinds or ():
                facts = kind.settle(facts, yes=answers[key])
        return facts


def _is_its_own(criterion: Criterion) -> bool:
    """Whether a yes tells of this criterion alone: of its project, or of one of its several lists."""
    several = isinstance(criterion, HasLabel | ListedIn) and len(criterion.any_of) > 1
    return several or isinstance(criterion, ProjectIs)


def _takes_yes_or_no(question: FactQuestion) -> bool:
    return question.choices[:2] == (YES, NO)
