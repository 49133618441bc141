"""The criterion that is an alternative: one of several, whatever their kinds, is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.eligibility.facts import Facts
from assistant.eligibility.kind import Case, Change, CriterionKind, Finding
from assistant.eligibility.three_values import any_of
from assistant.reply import CriterionVerdict
from corpus.fiches.criteria import ManualCheck, OneOf, Rule

ONE_OF, OR = "L’un de ces cas\u00a0: ", "\u00a0; ou "
# Between cases that are all questions: each is asked, as one says it aloud.
_ASKED, _OR_ASKED = "\u00a0?", "\u00a0? Ou "


@dataclass(frozen=True, slots=True)
class Alternative(CriterionKind[OneOf]):
    """One of its parts at least.

    Attributes:
        parts: the criteria to choose from, each of its kind.
    """

    parts: tuple[CriterionKind[Rule], ...]

    interest = 5

    def judge(self, case: Case) -> Finding:
        """Judge each part: one that is met is enough, and all must fail for a no."""
        found = [part.judge(case) for part in self.parts]
        verdict = any_of(part.verdict for part in found)
        telling = [part for part in found if part.verdict == verdict]
        missing = tuple(dict.fromkeys(key for part in found for key in part.missing))
        used = tuple(dict.fromkeys(key for part in telling for key in part.commune_facts))
        said = (part.says(one.because) for part, one in zip(self.parts, found, strict=True))
        because = telling[0].because if verdict == "met" else " ".join(dict.fromkeys(said))
        return Finding(verdict, because, missing if verdict == "unknown" else (), used)

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """Those of its parts, in their order."""
        for part in self.parts:
            yield from part.remedies(facts, verdict)

    @property
    def label(self) -> str:
        """Its parts, one after the other; where the last one asks, the whole is its question."""
        first, *others = (part.label for part in self.parts)
        labels = [first, *(_going_on(label) for label in others)]
        if labels[-1].endswith("?"):
            labels[:-1] = [label.removesuffix("?").rstrip() for label in labels[:-1]]
        return OR.join(labels)

    @property
    def line(self) -> str:
        """Its parts, of which one is to be ticked; questions are asked one after the other."""
        lines = [part.line for part in self.parts]
        if not all(text.endswith("?") for text in lines):
            return ONE_OF + OR.join(lines)
        first, *others = (text.removesuffix("?").rstrip() for text in lines)
        return _OR_ASKED.join((first, *(_going_on(text) for text in others))) + _ASKED

    @property
    def read_as(self) -> str:
        """Its parts, as an answer is read of them."""
        return ONE_OF + OR.join(part.read_as for part in self.parts)

    def is_listed_as(self, text: str, plain: Callable[[str], str]) -> bool:
        """Whether a line is one of its parts, or several of them."""
        own = {plain(part.line) for part in self.parts}
        several = text.removeprefix(plain(ONE_OF))
        cases = several.split(f" {plain(OR)} ") if several != text else [text]
        end, between = plain(f"a{_ASKED}").removeprefix("a"), f" {plain(_OR_ASKED)} "
        asked = [f"{case}{end}" for case in text.removesuffix(end).split(between)]
        return any(all(case.strip() in own for case in listed) for listed in (cases, asked))

    def still_open(self, case: Case) -> CriterionKind[Rule]:
        """Its parts that aren't known to fail nor beside the point; the last one by itself."""
        left = [part for part in self.parts if part.judge(case).verdict != "not_met"]
        left = [part for part in left if not _is_aside(part, case.facts)] or left
        if len(left) < 2:
            return left[0] if left else self
        rule = self.rule.model_copy(update={"criteria": tuple(part.rule for part in left)})
        return Alternative(rule, tuple(left))

    @property
    def asked_alone(self) -> str:
        """Whether it's one of these cases."""
        if not self.line.startswith(ONE_OF):
            return self.line
        cases = OR.join(part.line for part in self.parts)
        end = "" if cases.endswith("?") else "\u00a0?"
        return f"Est-ce l’un de ces cas\u00a0: {cases}{end}"

    @property
    def cases(self) -> tuple[str, ...]:
        """Each of its parts as something to choose: a question whose answer must be no says so first."""
        return tuple(
            f"Non à la question\u00a0: {part.label}" if part.wants_no else part.line for part in self.parts
        )

    @property
    def fact_questions(self) -> Mapping[str, str]:
        """Those of its parts."""
        return {key: text for part in self.parts for key, text in part.fact_questions.items()}

    @property
    def sections(self) -> tuple[str, ...]:
        """Those of its first part."""
        return self.parts[0].sections

    @property
    def passage_words(self) -> str:
        """The officer's remark, and the words of its parts."""
        return " ".join((self.remark, *(part.passage_words for part in self.parts)))

    @property
    def figures(self) -> frozenset[float]:
        """Those of its parts."""
        return frozenset(value for part in self.parts for value in part.figures)


def _going_on(label: str) -> str:
    """A label that a sentence goes on with; a name in capitals is left as it is."""
    is_word = label[1:2].islower() or label[1:2] == "’"
    return label[:1].lower() + label[1:] if is_word else label


def _is_aside(part: CriterionKind[Rule], facts: Facts) -> bool:
    """Whether a case is one that another, told, leaves beside the point."""
    return isinstance(part.rule, ManualCheck) and part.rule.fact in facts.aside
