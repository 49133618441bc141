"""What a rule that a page states pays for a cost: nothing is said where a limit leaves it in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.stated.aid_limits import AidLimit
from assistant.reading.stated.which_rule import Settled

_CENTS = 2
_ONE = re.compile(r"\b(?:(?:une?|le|la|notre|votre|du|au|ce|cet|cette|1) |l')")
# What a limit that isn't said to be for each may be for: one of them, or all.
_SEVERAL = re.compile(
    r"\b(?:pour|de|d'|a) (?:les |nos |vos )?(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|[2-9]|[1-9]\d) [a-z]{3}"
)


@dataclass(frozen=True, slots=True)
class Paid:
    """What is paid for a cost.

    Attributes:
        amount: the most that may be paid, in euros; 0 under the floor.
        retained: the part of the cost that the rate applies to.
        ceiling: the limit of the aid to show beside the rate; None where there is none.
        part: what says which part of the cost counts, where it isn't all.
        floor: the least cost, where the cost is under it.
    """

    amount: float
    retained: float
    ceiling: AidLimit | None = None
    part: AidLimit | None = None
    floor: AidLimit | None = None


def paid(rule: Settled, cost: float, said: str) -> Paid | None:
    """Work out what a rule pays; None when in doubt.

    Args:
        rule: the rule.
        cost: in euros, above 0.
        said: the person's words, folded: they tell that one of what a ceiling is counted for is built.
    """
    share = rule.rate.share
    if share is None or cost <= 0 or _of(rule, "unread"):
        return None
    floors = _of(rule, "floor")
    under = [floor for floor in floors if cost < floor.euros or (floor.above and cost == floor.euros)]
    if under:
        alike = len(under) == len(floors)
        return Paid(0.0, cost, floor=min(under, key=_euros)) if alike else None
    costs = _of(rule, "cost")
    part = min(costs, key=_euros, default=None)
    if part is not None and cost <= part.euros:
        part = None
    if part is not None and len({item.euros for item in costs}) > 1:
        return None
    retained = cost if part is None else part.euros
    given = round(share * retained, _CENTS)
    if any(cost > item.euros for item in _of(rule, "most")):
        return None
    if any(given < item.euros for item in (*_of(rule, "from"), *_of(rule, "least"))):
        return None
    ceilings = _ceilings(_of(rule, "aid"), given, said)
    if ceilings is None:
        return None
    ceiling = min(ceilings, key=_euros, default=None)
    amount = given if ceiling is None else min(given, ceiling.euros)
    if (part is not None or amount < given) and _SEVERAL.search(said):
        return None
    return Paid(amount, retained, ceiling, part)


def _ceilings(limits: Sequence[AidLimit], given: float, said: str) -> Sequence[AidLimit] | None:
    """The ceilings that hold, none where none bounds what the rate gives; None when that can't be told."""
    whole = [limit for limit in limits if not limit.per]
    told = [limit for limit in limits if limit.per and _is_one(limit.per, said)]
    untold = [limit for limit in limits if limit.per and limit not in told]
    for group in (whole, told):
        if len({limit.euros for limit in group}) > 1 and given > min(map(_euros, group)):
            return None
    if told:
        return [*whole, *told]
    if any(given > limit.euros for limit in untold):
        return None
    return [*whole, *untold] if len(untold) == 1 else whole


def _is_one(per: str, said: str) -> bool:
    """Whether somebody speaks of one of what a ceiling is counted for: "par aire de jeux", "notre aire de jeux"."""
    what = per.partition(" ")[2]
    ends = (match.end() for match in _ONE.finditer(said) if said.startswith(what, match.end()))
    return any(not said[end + len(what) : end + len(what) + 1].isalnum() for end in ends)


def _of(rule: Settled, kind: str) -> list[AidLimit]:
    return [limit for limit in rule.limits if limit.kind == kind]


def _euros(limit: AidLimit) -> float:
    return limit.euros
