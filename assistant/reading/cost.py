"""Read the cost that a message states: its amount in euros, told apart from aids, turnovers and parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.eligibility.facts import Range
from assistant.reading.cost_terms import (
    AFTER,
    AID_AFTER,
    BEFORE,
    adds_up,
    euro_amounts,
    is_taxed,
    is_total,
    may_be_euros,
    named_things,
    sum_of,
    told_amounts,
)
from assistant.reading.french.mending import mends
from assistant.reading.french.quantities import Bound, Quantity, Unit, read_quantities

_COST_CUE = re.compile(
    r"\b(?:cout\w*|devis|travaux|projet|budget|depens\w+|investi\w*|factur\w*|chiffr\w+|estim\w+|montant|operation|"
    r"programme|prevo\w+|prevu\w*|ht|ttc|achat\w*|materiel|equipement|pour)\b"
)
_AID_CUE = re.compile(
    r"\b(?:subvention|aide|plafond|obten\w+|recev\w+|recu\w*|touch\w+|octroy\w+|accord\w+|verse\w*|emprunt\w*|ca|chiffre d'affaires)\b"
)
# A part of another sum, a sum a unit, the budget of the commune: none is the cost of the project.
_PART = re.compile(r"\bdont (?:environ |pres de )?$|\bfois $|\d ?[x*\u00d7] ?$|\bloyers?\b[^.?!;,\d]{0,15}$")
_EACH = re.compile(
    r" ?(?:/|par |chacun|l'unite\b|a l'unite\b|(?:la )?piece\b|l'un\b"
    r"|(?:(?:euros? )?(?:ht|ttc|hors taxes?) )?(?:le |du |l')(?:metre|m2|m|km|kilometre|hectare|ha|plant|arbre|repas|lot)\b)"
)
_OWN_BUDGET = re.compile(
    r"\bbudget (?:communal|municipal|annuel|general|primitif|de (?:la |notre )?(?:commune|mairie|ville|fonctionnement))"
    r"[^.?!;\d]{0,15}$"
)
_PAID = re.compile(
    r"\b(?:apport\w*|autofinanc\w*|fonds propres|emprunt\w*|reste a charge|participation)\b[^.?!;]{0,20}$"
)
_GRANTED = re.compile(
    r"\b(?:accordee?s?|accorde|obtenue?s?|notifiee?s?|attribuee?s?|acquise?s?|votee?s?|octroyee?s?|recue?s?|versee?s?)\b"
)
_NOT_GRANTED = re.compile(
    r"\b(?:pas|jamais|si|combien|espere\w*|sera|serait|seront|pourra\w*|demand\w+)\b[^.?!;,]{0,40}$"
)
_TURNOVER = re.compile(r"\s*(?:de |d'|en )?(?:chiffres? d'affaires?|ca\b)")
# What parts an aid from a cost: "quelle aide pour nos caméras, 80 000 €", "l’aide aux caméras pour 80 000 €".
_CLAUSE = re.compile(r"[,;.?!]|(?<=\w\w) :(?= )")
_FOR = re.compile(r"\bpour $")
_COSTS = re.compile(r"\bcout\w* (?:environ |a peu pres |pres de )?$")
_WITHOUT_TAXES = re.compile(r"\bh\.?t\b|\bhors[- ]taxes?\b")
_WITH_TAXES = re.compile(r"\bt\.?t\.?c\b|\btoutes taxes\b")
# Of two costs: which of them, or two offers.
_CHOICE = re.compile(r"\bou\b|\bdevis\b")
# What is asked about rather than told: "30 000 €, c'est le plafond ?"
_LIMIT_AFTER = re.compile(r"[ ,]*(?:de plafond|c'est le plafond)\b")
_ODD = re.compile(r"(?:^|[^\w) -])\s?[-\u2212]\d[\d ]{0,15} ?(?:€|euros?\b)|\d ?(?:k ?)?francs?\b")


def read_cost(folded: str, *, known: bool = False) -> Range | None:
    """The amount, in euros, that a folded message says to be a cost rather than an aid; a total first.

    Amounts that are added up ("12 000 € de travaux et 15 000 € de matériel") are one cost. Of several, the last
    stands, unless they're told as a choice ("80 000 ou 95 000 €", two "devis"): then the cost is between them.
    The only amount of a message is a cost even where nothing says so, unless it's said to be an aid.

    Args:
        folded: the message.
        known: whether a cost was told before, which a figure without its unit may mend: "maintenant 230 000".
    """
    found: Range | None = None
    terms: list[Quantity] = []
    said: list[Quantity] = []
    done = 0
    for item in told_amounts(folded):
        before = folded[max(done, item.start - BEFORE) : item.start]
        done = item.end
        if _is_another_sum(folded, item, before):
            continue
        if is_total(folded, item):
            return item.within(1)
        if _is_an_aid(folded, item, before):
            continue
        if terms and _PAID.search(folded, terms[-1].end, item.start):
            continue
        joined = bool(terms) and adds_up(folded, terms[-1], item)
        is_choice = bool(said) and _CHOICE.search(folded, said[-1].end, item.start) is not None
        said.append(item)
        terms = [*terms, item] if joined else [item]
        around = before + folded[item.start : item.end + AFTER]
        if joined or _COST_CUE.search(around) or is_taxed(folded, item):
            is_said = found is not None or is_taxed(folded, item)
            is_said = is_said or _COST_CUE.search(folded, max(0, terms[0].start - BEFORE)) is not None
            is_said = is_said or (len(terms) > 1 and all(named_things(folded, terms)))
            new = sum_of(folded, terms) if is_said else None
            found = _either(found, new) if is_choice and not joined else new or found
    if found is None and (lone := _not_mended(folded, said)) is not None:
        return lone.within(1)
    return found or (_mending(folded) if known and not said else None)


def read_granted(folded: str) -> float | None:
    """The aids that a folded message says to have been granted already, in euros; None where it says none."""
    found = 0.0
    for item in euro_amounts(folded):
        before = folded[max(0, item.start - BEFORE) : item.start]
        start = max(folded.rfind(mark, 0, item.start) for mark in ".?!;") + 1
        end = min(
            (place for mark in ".?!;" if (place := folded.find(mark, item.end)) >= 0), default=len(folded)
        )
        granted = _GRANTED.search(folded, start, end)
        is_granted = granted is not None and not _NOT_GRANTED.search(folded, start, granted.start())
        if item.value == item.high and is_granted and _is_an_aid(folded, item, before):
            found += item.value
    return found or None


def read_taxes(folded: str) -> Literal["HT", "TTC"] | None:
    """Whether a folded message tells its cost with its taxes or without; where it tells both, without."""
    if _WITHOUT_TAXES.search(folded):
        return "HT"
    return "TTC" if _WITH_TAXES.search(folded) else None


def cost_unread(folded: str) -> bool:
    """Whether a folded message gives an amount that can't be the cost: nought, below it, or in francs."""
    if _ODD.search(folded):
        return True
    return any(item.unit is Unit.EURO and not item.high for item in read_quantities(folded))


def _is_an_aid(folded: str, item: Quantity, before: str) -> bool:
    """Whether an amount is said to be what is paid rather than what is spent."""
    clause = _CLAUSE.split(before)[-1]
    is_said = _AID_CUE.search(clause) is not None and not (_FOR.search(clause) or _COSTS.search(clause))
    return is_said or AID_AFTER.match(folded, item.end) is not None


def _either(first: Range | None, second: Range | None) -> Range | None:
    """The cost between two that are told as a choice."""
    if first is None or second is None:
        return first or second
    return Range(min(first.low, second.low), max(first.high, second.high))


def _not_mended(folded: str, said: Sequence[Quantity]) -> Quantity | None:
    """The one amount that a message keeps: the only one, or the one that takes the place of those before."""
    kept = [
        item
        for place, item in enumerate(said)
        if place + 1 == len(said) or not mends(folded[item.end : said[place + 1].start])
    ]
    if len(kept) != 1 or kept[0].bound is Bound.AT_MOST or _LIMIT_AFTER.match(folded, kept[0].end):
        return None
    return kept[0]


def _mending(folded: str) -> Range | None:
    """The one figure without a unit that may mend a cost told before: "non 4 500 pardon"."""
    figures = [item for item in read_quantities(folded) if item.unit is None and may_be_euros(folded, item)]
    return figures[0].within(1) if len(figures) == 1 else None


def _is_another_sum(folded: str, item: Quantity, before: str) -> bool:
    """Whether an amount is a part of another, an amount a unit, a turnover, the commune's own budget."""
    after = _EACH.match(folded, item.end) or _TURNOVER.match(folded, item.end)
    return bool(after or _PART.search(before) or _OWN_BUDGET.search(before))
