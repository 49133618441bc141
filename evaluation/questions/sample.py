"""Draw a few questions of a set, each stratum in proportion, always the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from evaluation.questions.cases import STRATA, Case


def stratified(cases: Sequence[Case], size: int, seed: int = 0) -> list[Case]:
    """Return ``size`` cases, or all when there are fewer, in the order of the set.

    Each stratum gets its share, the remainders going to the largest fractions (Hamilton's method); within a
    stratum the cases are those whose id has the smallest SHA-256; another ``seed`` draws other ones.
    """
    if size >= len(cases):
        return list(cases)
    by_stratum = {name: [case for case in cases if case.stratum == name] for name in STRATA}
    quotas = {name: size * len(own) / len(cases) for name, own in by_stratum.items()}
    seats = {name: int(quota) for name, quota in quotas.items()}
    for name in sorted(quotas, key=lambda name: seats[name] - quotas[name])[: size - sum(seats.values())]:
        seats[name] += 1
    drawn = {
        case.id
        for name, own in by_stratum.items()
        for case in sorted(own, key=lambda case: _drawn(case.id, seed))[: seats[name]]
    }
    return [case for case in cases if case.id in drawn]


def _drawn(case_id: str, seed: int) -> str:
    return sha256((f"{seed}:{case_id}" if seed else case_id).encode()).hexdigest()
