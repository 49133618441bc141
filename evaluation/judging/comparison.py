"""Compare two runs on the questions they share: what improved, what broke, and whether it's chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.errors import RunFileError
from evaluation.judging.metrics import LENGTH_QUANTILES, METRICS
from evaluation.judging.result import CaseResult, RunResult
from evaluation.judging.statistics import (
    Figure,
    mcnemar_p,
    paired_difference,
    paired_quantile_difference,
    quantile,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after, on the shared questions, with its paired difference."""

    before: float
    after: float
    difference: Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs.

    Attributes:
        questions: how many both hold.
        changes: by metric that both measured.
        improved: questions that became fully right.
        broken: questions that no longer are, with what went wrong.
        p_value: exact McNemar test on "fully right".
    """

    questions: int
    changes: Mapping[str, Change]
    improved: tuple[str, ...]
    broken: Mapping[str, str]
    p_value: float

    def as_json(self) -> dict[str, object]:
        """The comparison as plain values."""
        return {
            "questions": self.questions,
            "changes": {
                name: {
                    "before": change.before,
                    "after": change.after,
                    "difference": change.difference.model_dump(),
                }
                for name, change in self.changes.items()
            },
            "improved": list(self.improved),
            "broken": dict(self.broken),
            "mcnemar_p": self.p_value,
        }


def compare(before: RunResult, after: RunResult) -> Comparison:
    """Compare two runs.

    Raises:
        RunFileError: they share no question.
    """
    old = {item.case.id: item for item in before.cases}
    new = {item.case.id: item for item in after.cases}
    shared = [name for name in old if name in new]
    if not shared:
        raise RunFileError("Ces deux mesures n’ont aucune question en commun.")
    changes: dict[str, Change] = {}
    for name in METRICS:
        both = [key for key in shared if name in old[key].pairs and name in new[key].pairs]
        if both:
            difference = paired_difference(_pairs(old, both, name), _pairs(new, both, name))
            changes[name] = Change(_ratio(old, both, name), _ratio(new, both, name), difference)
    changes |= _lengths([(old[key].words, new[key].words) for key in shared])
    improved = tuple(key for key in shared if old[key].failures and not new[key].failures)
    broken = {
        key: " ; ".join(new[key].failures) for key in shared if new[key].failures and not old[key].failures
    }
    return Comparison(len(shared), changes, improved, broken, mcnemar_p(len(improved), len(broken)))


def _lengths(words: Sequence[tuple[int | None, int | None]]) -> dict[str, Change]:
    """How the length of the answers changed, on the questions that both answer."""
    both = [(float(a), float(b)) for a, b in words if a is not None and b is not None]
    if not both:
        return {}
    before, after = zip(*both, strict=True)
    return {
        name: Change(
            quantile(before, q).value,
            quantile(after, q).value,
            paired_quantile_difference(before, after, q),
        )
        for name, q in LENGTH_QUANTILES.items()
    }


def _pairs(cases: Mapping[str, CaseResult], keys: list[str], name: str) -> list[tuple[float, float]]:
    return [cases[key].pairs[name] for key in keys]


def _ratio(cases: Mapping[str, CaseResult], keys: list[str], name: str) -> float:
    pairs = _pairs(cases, keys, name)
    return sum(got for got, _ in pairs) / sum(possible for _, possible in pairs)
