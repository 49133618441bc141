"""The limits in euros that a page states: of what an aid pays, of the costs that count, or in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.reading.french.quantities import Bound, Quantity, read_quantities
from assistant.reading.french.quantities import Unit as Counted
from assistant.reading.stated.bounds import bound_of
from assistant.reading.stated.statement import Unit
from assistant.reading.stated.sums import LEAST_BUDGET, target_of

# "aid": its most. "least": its least. "cost": the most of a cost that counts. "floor": the least that is
# helped. "most", "from": a most or a least of which nothing says whether it's of the aid or of the cost.
Kind = Literal["aid", "least", "cost", "floor", "most", "from", "unread"]


@dataclass(frozen=True, slots=True)
class AidLimit:
    """A limit in euros as a page states it.

    Attributes:
        kind: what it limits.
        euros: the limit.
        unit: what states it.
        per: what it's counted for, folded: "par aire de jeux"; empty where it's for a whole project.
        above: whether a cost must be above it rather than reach it.
    """

    kind: Kind
    euros: float
    unit: Unit
    per: str = ""
    above: bool = False


# "30 % des dépenses, plafonnées à 50 000 €": a participle agrees with what is limited.
_AGREES = re.compile(r"\b(?:plafonn|limit)e(?P<feminine>e)?(?P<plural>s)? (?:\w+ )?a [^.;,]{0,8}$")
_FEMININE_COST = re.compile(r"\b(?:depense|assiette|base|facture|operation)\b")
_COST_JUST_BEFORE = re.compile(r"\b(?:depense|assiette|base)s? (?:(?!et )\w+ )?$")
_COST = re.compile(
    r"\b(?:depenses?|couts?|assiette|base|travaux|projets?|montants?|devis|factures?|operations?)\b"
)
_CAP = re.compile(r"\bplafon\w*|\blimite\b|\bmaxim\w*|\bau plus\b|\bjusqu'a\b")
_LEAST = re.compile(r"\bplanchers?\b|\bseuils?\b|\bminim\w*|\bau moins\b")
_PER_AFTER = re.compile(
    r"^(?: ?(?:euros?|€))?(?: (?:ht|ttc|hors taxes?|maximum|au maximum|maximal))? ?(?:(?P<each>/|par |pour chaque )|(?:pour|sur) (?:les |la |le |l'|des |une? )?)(?P<what>[a-z][^,;.:()]*)"
)
_PER_BEFORE = re.compile(r"\b(?:par|/) ?(?P<what>[a-z][^,;.:()]{1,40}?) ?:? ?$")
_PHRASE_ENDS = re.compile(r" (?:et|ou|a|pour|dans|sur|avec|en|hors|ht|par)\b.*$")
_WHOLE = re.compile(r"(?:commune|an|annee|projet|operation|dossier|demande|beneficiaire|collectivite)s?$")


def limits_in(told: Unit, unit: Unit, *, has_rate: bool) -> Iterator[AidLimit]:
    """The limits in euros of a unit.

    Args:
        told: what of it is read: a cell of a row, without clauses on other things.
        unit: the whole unit.
        has_rate: whether a rate of aid stands beside.
    """
    folded = told.folded
    for item in read_quantities(folded):
        if item.unit is not Counted.EURO or item.value <= 0:
            continue
        target = target_of(folded, item, told.lead, has_rate=has_rate)
        if target in {"other", "envelope"} or item.value >= LEAST_BUDGET:
            continue
        if has_rate and target in {"aid", "cost"}:
            target = _limited(folded[: item.start], target)
        bound = bound_of(folded, item)
        if bound in {Bound.EXACTLY, Bound.ABOUT} and _CAP.search(folded[: item.start]):
            bound = Bound.AT_MOST  # the second of "plafonnée à 20 000 € par aire et à 12 000 € par parcours"
        elif bound in {Bound.EXACTLY, Bound.ABOUT} and _LEAST.search(folded[: item.start]):
            bound = Bound.AT_LEAST
        kind = "unread" if item.high != item.value else _kind(target, bound)
        per = _per(folded, item)
        if kind in {"cost", "floor", "from"} and per:
            kind = "unread"
        yield AidLimit(kind, item.value, unit, per, bound is Bound.OVER)


def _limited(before: str, target: str) -> str | None:
    """What a sum limits beside a rate: what a participle agrees with, else what is named after "plafond"."""
    if (participle := _AGREES.search(before)) is not None:
        if participle["plural"] or _COST_JUST_BEFORE.search(before, 0, participle.start()):
            return "cost"
        told = _FEMININE_COST if participle["feminine"] else _COST
        return None if told.search(before) else "aid"
    caps = list(_CAP.finditer(before))
    named_after = bool(caps) and _COST.search(before, caps[-1].end()) is not None
    return target if target == "aid" or named_after or _LEAST.search(before) else None


def _kind(target: str | None, bound: Bound) -> Kind:
    is_most, is_least = bound in {Bound.AT_MOST, Bound.UNDER}, bound in {Bound.AT_LEAST, Bound.OVER}
    if not (is_most or is_least):
        return "unread"
    if target == "aid":
        return "aid" if is_most else "least"
    if target == "cost":
        return "cost" if is_most else "floor"
    return "most" if is_most else "from"


def _per(folded: str, item: Quantity) -> str:
    """What a limit is counted for, with its preposition; empty for a whole project, a commune, a year."""
    after = _PER_AFTER.search(folded[item.end :])
    found = after or _PER_BEFORE.search(folded[: item.start])
    if found is None:
        return ""
    what = _PHRASE_ENDS.sub("", found["what"]).strip()
    if after is not None and not after["each"]:
        return f"pour {what}"
    return "" if _WHOLE.match(what) else f"par {what}"
