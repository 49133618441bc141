"""Find the amounts in euros of a message, and add up those that are told together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.eligibility.facts import MAX_COST, Range
from assistant.reading.french.quantities import Quantity, Unit, read_quantities

# The whole of several sums.
_TOTAL = re.compile(r"\btotal (?:de |: ?|d'environ )?$|% d(?:e |')$|\bpour cent d(?:e |')$")
_TOTAL_AFTER = re.compile(r" (?:(?:ht|ttc) )?(?:au total|en tout)\b")
# What adds amounts up, with or without what the first is for; so long at most.
_PLUS = re.compile(r" ?(?:\+|et|puis|plus) ?")
_ADDED = re.compile(r"[^.?!;:\d+]{0,40}?(?P<by> ?\+ ?| et | puis | plus |, ?)[^.?!;:\d+]{0,20}")
# A comma adds up only in a list that goes on: "5 000 €, 6 000 € et 7 000 €".
_LIST_GOES_ON = re.compile(r"[^.?!;:]{0,80}?(?: ?\+ ?| et | puis | plus )\d")
# What an amount is for, said after it.
_OF_OBJECT = re.compile(
    r" ?(?:euros? )?\(?(?:(?:ht|ttc|hors taxes?)\b\)? ?)?(?:de |d'|des |du |pour |en )(?P<object>[^.?!;:,+\d]{3,60}?)"
    r"(?= et | puis | plus | ?[.?!;:,+\d]|$)"
)
# One more item of a list of costs: "murs 120 000 €, équipement 50 000 €".
_ITEM = re.compile(
    r" ?(?:(?:ht|ttc) ?)?, ?(?!soit|donc|dont|puis|mais|avec|plafon|maxim|environ|presque)(?:les? |la |l'|des |du )?[a-z]{4,20} (?:a |: ?|pour )?"
)
_PLUS_OR_COMMA = re.compile(r" ?\+ ?| et | puis | plus |, ?")
# What is said of the second amount when it mends the first, or pays for it.
_NOT_ADDED = re.compile(
    r"\b(?:finalement|maintenant|desormais|plutot|non|pas|au lieu|apport|autofinanc\w*|finance\w*|fonds|emprunt\w*|pret"
    r"|reste|charge|participation|recettes?)\b"
)
_LONGEST_SUM = 60
# What makes an aid of the amount before it.
AID_AFTER = re.compile(
    r" (?:de |d'|en )?(?:la |l')?(?:subvention|aide|dotation|fonds propres|autofinanc|apport|emprunt|pret\b|participation"
    r"|detr\b|dsil\b|dsid\b|fonds vert|region\b|departement\b|etat\b)"
)
# How far around a figure what it's about is said, in characters.
BEFORE, AFTER = 40, 15
# A cost told by the word right before it: then it needs no unit.
_CUED = re.compile(
    r"\b(?:couts?|coute\w*|devis|budget|montant|enveloppe|chiffre|estime|facture|depense|investissement|ttc|ht)\b[^.?!;\d]{0,25}$"
)
_HT_AFTER = re.compile(r" ?(?:euros? )?(?:\(?h\.?t\b|hors[- ]taxes?\b)")
_TTC_AFTER = re.compile(r" ?(?:euros? )?(?:\(?t\.?t\.?c\b|toutes taxes\b)")
# No tax makes a sum larger than this many times itself.
_MOST_TAXES = 1.25
# A count of things, in the plural.
_COUNTS = re.compile(r" (?:de |d')?[a-z]{4,}[sx]\b")
_YEARS = range(1900, 2101)
# A figure below, without its unit, isn't taken for euros.
LEAST_BARE = 1000
_THOUSAND = 1000


def told_amounts(folded: str) -> list[Quantity]:
    """The amounts of a message; of one told without its taxes, then with them, the first."""
    found = euro_amounts(folded)
    without = [item for item in found if _HT_AFTER.match(folded, item.end)]
    with_taxes = [item for item in found if _TTC_AFTER.match(folded, item.end)]
    if len(without) == 1 and len(with_taxes) == 1:
        low, high = without[0].value, with_taxes[0].value
        if low < high <= low * _MOST_TAXES:
            return [item for item in found if item is not with_taxes[0]]
    return found


def is_taxed(folded: str, item: Quantity) -> bool:
    """Whether an amount is said to be with its taxes, or without."""
    return bool(_HT_AFTER.match(folded, item.end) or _TTC_AFTER.match(folded, item.end))


def may_be_euros(folded: str, item: Quantity) -> bool:
    """Whether a figure without a unit may be euros: not a year, not a count of things ("4 500 spectateurs")."""
    is_year = item.value in _YEARS and folded[item.start : item.end].strip().isdigit()
    return (
        item.value >= LEAST_BARE and may_be_a_cost(item) and not (is_year or _COUNTS.match(folded, item.end))
    )


def is_total(folded: str, item: Quantity) -> bool:
    """Whether an amount is said to be the whole of several."""
    before = folded[max(0, item.start - BEFORE) : item.start]
    return bool(_TOTAL.search(before) or _TOTAL_AFTER.match(folded, item.end))


def euro_amounts(folded: str) -> list[Quantity]:
    """The amounts in euros of a text; one without its unit is told by what follows it, or by a cost before it."""
    items = [_of_one_scale(item) for item in read_quantities(folded) if may_be_a_cost(item)]
    found: list[Quantity] = []
    for item in reversed(items):
        is_bare = item.unit is None and item.value >= LEAST_BARE
        is_added = is_bare and bool(found) and _PLUS.fullmatch(folded, item.end, found[-1].start) is not None
        if item.unit is Unit.EURO or is_added or (is_bare and _is_bare_cost(folded, item)):
            found.append(item)
    return found[::-1]


def adds_up(folded: str, first: Quantity, second: Quantity) -> bool:
    """Whether two amounts are added up: "9 000 € puis 14 000 €", "8 000 € pour le local et 15 000 €"."""
    if second.start - first.end > _LONGEST_SUM:
        return False
    gap = _ADDED.fullmatch(folded, first.end, second.start)
    if gap is None or _NOT_ADDED.search(gap.group()):
        return False
    if not gap["by"].startswith(",") or _LIST_GOES_ON.match(folded, second.end):
        return True
    if _ITEM.fullmatch(folded, first.end, second.start):
        return True
    return all(_OF_OBJECT.match(folded, item.end) for item in (first, second))


def sum_of(folded: str, terms: Sequence[Quantity]) -> Range | None:
    """The sum of amounts; None for one sum told without its taxes, then with them."""
    told = folded[terms[0].start : terms[-1].end + AFTER]
    if len(terms) > 1 and re.search(r"\bht\b", told) and re.search(r"\bttc\b", told):
        return None
    ranges = [item.within(1) for item in terms]
    terms_told = tuple(term for item in ranges for term in item.terms)
    whole = terms_told if all(item.terms for item in ranges) else ()
    named = named_things(folded, terms) if len(whole) == len(terms) > 1 else ()
    return Range(sum(item.low for item in ranges), sum(item.high for item in ranges), whole, named)


def named_things(folded: str, terms: Sequence[Quantity]) -> tuple[str, ...]:
    """What each amount is for: the words after it where they say so ("8 000 € de murs"), else those before it."""
    found = []
    for place, item in enumerate(terms):
        done = terms[place - 1].end if place else max(0, item.start - BEFORE)
        to_come = terms[place + 1].start if place + 1 < len(terms) else len(folded)
        after = _OF_OBJECT.match(folded, item.end, to_come)
        if after is not None:
            found.append(after["object"].strip())
            continue
        before = folded[done : item.start]
        joins = list(_PLUS_OR_COMMA.finditer(before))
        found.append(before[joins[-1].end() if joins and place else 0 :].strip(" :,"))
    return tuple(found)


def may_be_a_cost(item: Quantity) -> bool:
    """Whether a quantity is neither nought nor more than any project costs."""
    return 0 < item.high <= MAX_COST


def _of_one_scale(item: Quantity) -> Quantity:
    """An amount between two, the lower one told in the thousands of the higher: "entre 50 et 60 000 €"."""
    in_thousands = item.value * _THOUSAND
    if item.value < _THOUSAND <= item.high and item.high % _THOUSAND == 0 and in_thousands <= item.high:
        return replace(item, value=in_thousands)
    return item


def _is_bare_cost(folded: str, item: Quantity) -> bool:
    """Whether a figure without "€" is one of euros: "24 000 ht", "80k", "un budget de 35 000"."""
    if is_taxed(folded, item):
        return True
    if not may_be_euros(folded, item):
        return False
    is_short = item.scale > 1 and folded[item.end - 1] == "k"
    return is_short or _CUED.search(folded, max(0, item.start - BEFORE), item.start) is not None
