"""The case that a funding line is for: which alternatives of its scheme, and whether they're told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.eligibility.kind import Case
from assistant.eligibility.kind_of import kind_of
from corpus.fiches.criteria import Criterion, ManualCheck, OneOf, ProjectIs
from corpus.fiches.scheme import Funding, Scheme
from corpus.french.folding import fold

# "told": the case is the person's; "open": nothing says so; "not_met": it isn't theirs; "any": for all.
Standing = Literal["told", "open", "not_met", "any"]
Stems = Callable[[str], set[str]]
_SEVERAL = 2
# What a condition asks of whoever applies rather than of what is done.
_OF_THE_APPLICANT = re.compile(
    r"(?:la|votre) (?:commune|collectivite)|le (?:demandeur|porteur|maitre)|l.entreprise"
)


@dataclass(frozen=True, slots=True)
class RuleCase:
    """The alternatives of a scheme that a funding line names, and those that it doesn't.

    Attributes:
        options: those that its label names; empty where it names none, or all alike.
        words: the stems of its label and of these options.
        others: the stems of the other alternatives.
        of_options: the stems of all the alternatives.
    """

    options: tuple[Criterion, ...]
    words: frozenset[str]
    others: frozenset[str]
    of_options: frozenset[str] = frozenset()

    @property
    def is_of_projects(self) -> bool:
        """Whether its alternatives tell what is done, rather than who asks."""
        return bool(self.options) and not any(_is_of_the_applicant(option) for option in self.options)


def case_of(line: Funding, scheme: Scheme, label: str, stems: Stems) -> RuleCase:
    """Find the alternatives that a funding line is for.

    Args:
        line: the funding line.
        scheme: its scheme.
        label: its label, without who may ask.
        stems: cuts a text in the stems of its words.
    """
    named = stems(label)
    for rule in scheme.criteria:
        if not isinstance(rule, OneOf):
            continue
        texts = [stems(_text(option)) for option in rule.criteria]
        common = set.intersection(*texts) if texts else set()
        shared = [len(named & (text - common)) for text in texts]
        most = max(shared, default=0)
        if not most or min(shared) == most:
            continue
        meant = [place for place, count in enumerate(shared) if count == most]
        options = tuple(rule.criteria[place] for place in meant)
        own = frozenset[str]().union(*(texts[place] for place in meant))
        others = frozenset[str]().union(*(text for place, text in enumerate(texts) if place not in meant))
        return RuleCase(options, frozenset(named) | own, others, own | others)
    return RuleCase((), frozenset(named), frozenset())


def standing(found: RuleCase, shared: Shared, told: Collection[str], case: Case) -> Standing:
    """Say whether the case that a funding line is for is the person's.

    Args:
        found: the case.
        shared: what the labels of every line of the scheme share.
        told: the stems of the person's words.
        case: what is known.
    """
    if not found.options:
        return "any"
    verdicts = [kind_of(option).judge(case).verdict for option in found.options]
    if all(verdict == "not_met" for verdict in verdicts):
        return "not_met"
    if not found.is_of_projects:
        return "any"
    if any(
        verdict == "met" and not isinstance(option, ProjectIs)
        for option, verdict in zip(found.options, verdicts, strict=True)
    ):
        return "told"  # a topic alone is wider than a case
    telling = shared.core or found.words - found.others - shared.plain
    return "told" if telling & set(told) else "open"


@dataclass(frozen=True, slots=True)
class Shared:
    """The stems that the labels of all the funding lines of a scheme share.

    Attributes:
        core: those that name the object of them all, as the alternatives do: "cinéma", of any works on one.
        plain: those that tell no case: "travaux", beside a bridge and beside a wall.
    """

    core: frozenset[str]
    plain: frozenset[str]


def shared_by(cases: Sequence[RuleCase], labels: Sequence[set[str]]) -> Shared:
    """What all the labels share; none of it is in an alternative that no line is for."""
    if len(labels) < _SEVERAL or not all(item.options for item in cases):
        return Shared(_core(cases, labels), frozenset())
    core = _core(cases, labels)
    return Shared(core, frozenset(set.intersection(*labels)) - core)


def _core(cases: Sequence[RuleCase], labels: Sequence[set[str]]) -> frozenset[str]:
    if not labels or not all(item.options for item in cases):
        return frozenset()
    named = frozenset[str]().union(*(item.words for item in cases))
    others = frozenset[str]().union(*(item.others for item in cases)) - named
    of_options = frozenset[str]().union(*(item.of_options for item in cases))
    return (frozenset(set.intersection(*labels)) - others) & of_options


def _text(option: Criterion) -> str:
    question = option.question if isinstance(option, ManualCheck | ProjectIs) else ""
    return f"{question or ''} {option.note or ''}"


def _is_of_the_applicant(option: Criterion) -> bool:
    if isinstance(option, ManualCheck):
        return _OF_THE_APPLICANT.match(fold(option.question)) is not None
    return not isinstance(option, ProjectIs)
