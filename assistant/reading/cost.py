"""Read the cost that a message states: its amount in euros, told apart from aids, turnovers and parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.eligibility.facts import MAX_COST, Range
from assistant.reading.french.mending import mends
from assistant.reading.french.quantities import Bound, Quantity, Unit, read_quantities
from corpus.french.folding import fold, words

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
_PAID = re.compile(
    r"\b(?:apport\w*|autofinanc\w*|fonds propres|emprunt\w*|reste a charge|participation)\b[^.?!;]{0,20}$"
)
_LONGEST_SUM = 60
_AID_AFTER = re.compile(
    r" (?:de |d'|en )?(?:la |l')?(?:subvention|aide|dotation|fonds propres|autofinanc|apport|emprunt|pret\b|participation"
    r"|detr\b|dsil\b|dsid\b|fonds vert|region\b|departement\b|etat\b)"
)
_GRANTED = re.compile(
    r"\b(?:accordee?s?|accorde|obtenue?s?|notifiee?s?|attribuee?s?|acquise?s?|votee?s?|octroyee?s?|recue?s?|versee?s?)\b"
)
_NOT_GRANTED = re.compile(
    r"\b(?:pas|jamais|si|combien|espere\w*|sera|serait|seront|pourra\w*|demand\w+)\b[^.?!;,]{0,40}$"
)
_TURNOVER = re.compile(r"\s*(?:de |d'|en )?(?:chiffres? d'affaires?|ca\b)")
# How far around a figure what it's about is said, in characters.
_BEFORE, _AFTER = 40, 15
# What parts an aid from a cost: "quelle aide pour nos caméras, 80 000 €", "l’aide aux caméras pour 80 000 €".
_CLAUSE = re.compile(r"[,;.?!]|(?<=\w\w) :(?= )")
_FOR = re.compile(r"\bpour $")
_COSTS = re.compile(r"\bcout\w* (?:environ |a peu pres |pres de )?$")
# A cost told by the word right before it: then it needs no unit.
_CUED = re.compile(
    r"\b(?:couts?|coute\w*|devis|budget|montant|enveloppe|chiffre|estime|facture|depense|investissement|ttc|ht)\b[^.?!;\d]{0,25}$"
)
_HT_AFTER = re.compile(r" ?(?:euros? )?(?:\(?h\.?t\b|hors[- ]taxes?\b)")
_TTC_AFTER = re.compile(r" ?(?:euros? )?(?:\(?t\.?t\.?c\b|toutes taxes\b)")
_WITHOUT_TAXES = re.compile(r"\bh\.?t\b|\bhors[- ]taxes?\b")
_WITH_TAXES = re.compile(r"\bt\.?t\.?c\b|\btoutes taxes\b")
# No tax makes a sum larger than this many times itself.
_MOST_TAXES = 1.25
# Of two costs: which of them, or two offers.
_CHOICE = re.compile(r"\bou\b|\bdevis\b")
# What is asked about rather than told: "30 000 €, c'est le plafond ?"
_LIMIT_AFTER = re.compile(r"[ ,]*(?:de plafond|c'est le plafond)\b")
_ODD = re.compile(r"(?:^|[^\w) -])\s?[-\u2212]\d[\d ]{0,15} ?(?:€|euros?\b)|\d ?(?:k ?)?francs?\b")
# A count of things, in the plural.
_COUNTS = re.compile(r" (?:de |d')?[a-z]{4,}[sx]\b")
_YEARS = range(1900, 2101)
# A figure below, without its unit, isn't taken for euros.
_LEAST_BARE = 1000
_THOUSAND = 1000
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
    for item in _told(folded):
        before = folded[max(done, item.start - _BEFORE) : item.start]
        done = item.end
        if _is_another_sum(folded, item, before):
            continue
        if _is_total(folded, item):
            return item.within(1)
        if _is_an_aid(folded, item, before):
            continue
        if terms and _PAID.search(folded, terms[-1].end, item.start):
            continue
        joined = bool(terms) and _joins(folded, terms[-1], item)
        is_choice = bool(said) and _CHOICE.search(folded, said[-1].end, item.start) is not None
        said.append(item)
        terms = [*terms, item] if joined else [item]
        around = before + folded[item.start : item.end + _AFTER]
        if joined or _COST_CUE.search(around) or _is_taxed(folded, item):
            is_said = found is not None or _is_taxed(folded, item)
            is_said = is_said or _COST_CUE.search(folded, max(0, terms[0].start - _BEFORE)) is not None
            is_said = is_said or (len(terms) > 1 and all(_named(folded, terms)))
            new = _sum(folded, terms) if is_said else None
            found = _either(found, new) if is_choice and not joined else new or found
    if found is None and (lone := _not_mended(folded, said)) is not None:
        return lone.within(1)
    return found or (_mending(folded) if known and not said else None)


def read_granted(folded: str) -> float | None:
    """The aids that a folded message says to have been granted already, in euros; None where it says none."""
    found = 0.0
    for item in _terms(folded):
        before = folded[max(0, item.start - _BEFORE) : item.start]
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


def _told(folded: str) -> list[Quantity]:
    """The amounts of a message; of one told without its taxes, then with them, the first."""
    found = _terms(folded)
    without = [item for item in found if _HT_AFTER.match(folded, item.end)]
    with_taxes = [item for item in found if _TTC_AFTER.match(folded, item.end)]
    if len(without) == 1 and len(with_taxes) == 1:
        low, high = without[0].value, with_taxes[0].value
        if low < high <= low * _MOST_TAXES:
            return [item for item in found if item is not with_taxes[0]]
    return found


def _is_an_aid(folded: str, item: Quantity, before: str) -> bool:
    """Whether an amount is said to be what is paid rather than what is spent."""
    clause = _CLAUSE.split(before)[-1]
    is_said = _AID_CUE.search(clause) is not None and not (_FOR.search(clause) or _COSTS.search(clause))
    return is_said or _AID_AFTER.match(folded, item.end) is not None


def _is_taxed(folded: str, item: Quantity) -> bool:
    return bool(_HT_AFTER.match(folded, item.end) or _TTC_AFTER.match(folded, item.end))


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
    figures = [item for item in read_quantities(folded) if item.unit is None and _may_be_euros(folded, item)]
    return figures[0].within(1) if len(figures) == 1 else None


def _may_be_euros(folded: str, item: Quantity) -> bool:
    """Whether a figure without a unit may be euros: not a year, not a count of things ("4 500 spectateurs")."""
    is_year = item.value in _YEARS and folded[item.start : item.end].strip().isdigit()
    return item.value >= _LEAST_BARE and _is_a_cost(item) and not (is_year or _COUNTS.match(folded, item.end))


def _is_total(folded: str, item: Quantity) -> bool:
    """Whether an amount is said to be the whole of several."""
    before = folded[max(0, item.start - _BEFORE) : item.start]
    return bool(_TOTAL.search(before) or _TOTAL_AFTER.match(folded, item.end))


def _terms(folded: str) -> list[Quantity]:
    """The amounts in euros of a text; one without its unit is told by what follows it, or by a cost before it."""
    items = [_of_one_scale(item) for item in read_quantities(folded) if _is_a_cost(item)]
    found: list[Quantity] = []
    for item in reversed(items):
        is_bare = item.unit is None and item.value >= _LEAST_BARE
        is_added = is_bare and bool(found) and _PLUS.fullmatch(folded, item.end, found[-1].start) is not None
        if item.unit is Unit.EURO or is_added or (is_bare and _is_bare_cost(folded, item)):
            found.append(item)
    return found[::-1]


def _of_one_scale(item: Quantity) -> Quantity:
    """An amount between two, the lower one told in the thousands of the higher: "entre 50 et 60 000 €"."""
    in_thousands = item.value * _THOUSAND
    if item.value < _THOUSAND <= item.high and item.high % _THOUSAND == 0 and in_thousands <= item.high:
        return replace(item, value=in_thousands)
    return item


def _is_bare_cost(folded: str, item: Quantity) -> bool:
    """Whether a figure without "€" is one of euros: "24 000 ht", "80k", "un budget de 35 000"."""
    if _is_taxed(folded, item):
        return True
    if not _may_be_euros(folded, item):
        return False
    is_short = item.scale > 1 and folded[item.end - 1] == "k"
    return is_short or _CUED.search(folded, max(0, item.start - _BEFORE), item.start) is not None


def _joins(folded: str, first: Quantity, second: Quantity) -> bool:
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


def _sum(folded: str, terms: Sequence[Quantity]) -> Range | None:
    """The sum of amounts; None for one sum told without its taxes, then with them."""
    told = folded[terms[0].start : terms[-1].end + _AFTER]
    if len(terms) > 1 and re.search(r"\bht\b", told) and re.search(r"\bttc\b", told):
        return None
    ranges = [item.within(1) for item in terms]
    terms_told = tuple(term for item in ranges for term in item.terms)
    whole = terms_told if all(item.terms for item in ranges) else ()
    named = _named(folded, terms) if len(whole) == len(terms) > 1 else ()
    return Range(sum(item.low for item in ranges), sum(item.high for item in ranges), whole, named)


def _named(folded: str, terms: Sequence[Quantity]) -> tuple[str, ...]:
    """What each amount is for: the words after it where they say so ("8 000 € de murs"), else those before it."""
    found = []
    for place, item in enumerate(terms):
        done = terms[place - 1].end if place else max(0, item.start - _BEFORE)
        to_come = terms[place + 1].start if place + 1 < len(terms) else len(folded)
        after = _OF_OBJECT.match(folded, item.end, to_come)
        if after is not None:
            found.append(after["object"].strip())
            continue
        before = folded[done : item.start]
        joins = list(_PLUS_OR_COMMA.finditer(before))
        found.append(before[joins[-1].end() if joins and place else 0 :].strip(" :,"))
    return tuple(found)


def _is_another_sum(folded: str, item: Quantity, before: str) -> bool:
    """Whether an amount is a part of another, an amount a unit, a turnover, the commune's own budget."""
    after = _EACH.match(folded, item.end) or _TURNOVER.match(folded, item.end)
    return bool(after or _PART.search(before) or _OWN_BUDGET.search(before))


def read_amount(text: str) -> Range | None:
    """The euros of a message that answers how much it costs: "80 000", "80 k€", "environ cinquante mille".

    An amount with its unit goes before a figure without one; None when there is neither. A small figure without
    its unit may be thousands of euros, a share or a count: "30" is no amount.
    """
    stated = [item for item in read_quantities(fold(text)) if _is_a_cost(item)]
    folded = fold(text)
    euros = _told(folded)
    total = next((item for item in euros if _is_total(folded, item)), None)
    if total is not None:
        return total.within(1)
    if len(euros) > 1:
        terms = euros[:1]
        for item in euros[1:]:
            if not _joins(folded, terms[-1], item) or _AID_AFTER.match(folded, item.end):
                break
            terms.append(item)
        return _sum(folded, terms)
    bare = [item for item in stated if item.unit is None and item.value >= _LEAST_BARE]
    return next((item.within(1) for item in (*euros, *bare)), None)


def take_amount(folded: str) -> tuple[Range, str] | None:
    """The one amount in euros that stands by itself in an answer, and the answer without it; None when none does.

    "Oui, 18 000 € HT" gives the amount and "oui"; "oui, et déjà 5 000 € d'aide" gives nothing.
    """
    euros = [item for item in read_quantities(folded) if item.unit is Unit.EURO and _is_a_cost(item)]
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


def _is_a_cost(item: Quantity) -> bool:
    return 0 < item.high <= MAX_COST
