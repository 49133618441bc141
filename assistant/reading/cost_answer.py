"""Read the amount of a message that answers how much a project costs."""

from __future__ import annotations

import re

from assistant.eligibility.facts import Range
from assistant.reading.cost_terms import (
    AID_AFTER,
    LEAST_BARE,
    adds_up,
    is_total,
    may_be_a_cost,
    sum_of,
    told_amounts,
)
from assistant.reading.french.quantities import Unit, read_quantities
from corpus.french.folding import fold, words

_PART_ENDS = ",;.!\n"
_YES_LEAD = re.compile(r"\s*(?:oui|ok|tout a fait|exact)\b")
# What an amount that answers may stand with.
_COST_WORDS = frozenset(
    """
    a au c ce cout coute de d depense devis du en environ est estime et fait hors ht il investissement la le les
    l montant nous notre on operation pour prevu prevoit prevoyons projet sera soit taxes total travaux ttc un une
    y avons a hauteur pres autour
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)


def read_amount(text: str) -> Range | None:
    """The euros of a message that answers how much it costs: "80 000", "80 k€", "environ cinquante mille".

    An amount with its unit goes before a figure without one; None when there is neither. A small figure without
    its unit may be thousands of euros, a share or a count: "30" is no amount.
    """
    stated = [item for item in read_quantities(fold(text)) if may_be_a_cost(item)]
    folded = fold(text)
    euros = told_amounts(folded)
    total = next((item for item in euros if is_total(folded, item)), None)
    if total is not None:
        return total.within(1)
    if len(euros) > 1:
        terms = euros[:1]
        for item in euros[1:]:
            if not adds_up(folded, terms[-1], item) or AID_AFTER.match(folded, item.end):
                break
            terms.append(item)
        return sum_of(folded, terms)
    bare = [item for item in stated if item.unit is None and item.value >= LEAST_BARE]
    return next((item.within(1) for item in (*euros, *bare)), None)


def take_amount(folded: str) -> tuple[Range, str] | None:
    """The one amount in euros that stands by itself in an answer, and the answer without it; None when none does.

    "Oui, 18 000 € HT" gives the amount and "oui"; "oui, et déjà 5 000 € d'aide" gives nothing.
    """
    euros = [item for item in read_quantities(folded) if item.unit is Unit.EURO and may_be_a_cost(item)]
    if len(euros) != 1:
        return None
    (item,) = euros
    start = max(folded.rfind(mark, 0, item.start) for mark in _PART_ENDS) + 1
    after = [place for mark in _PART_ENDS if (place := folded.find(mark, item.end)) >= 0]
    end = min(after, default=len(folded))
    lead, tail = folded[start : item.start], folded[item.end : end]
    yes = _YES_LEAD.match(lead)
    lead = lead[yes.end() :] if yes else lead
    if not set(words(f"{lead} {tail}")) <= _COST_WORDS:
        return None
    left = f"{folded[:start]} {yes.group() if yes else ''} {folded[end:]}"
    return item.within(1), " ".join(left.split()).strip(" ,;.")


def speaks_of_euros(text: str) -> bool:
    """Whether a text gives an amount in euros."""
    return any(item.unit is Unit.EURO for item in read_quantities(fold(text)))
