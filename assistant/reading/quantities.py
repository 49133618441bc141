"""Read the figures that a message states of the applicant: its population, its cost, those of a condition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.eligibility.facts import MAX_COST, MAX_POPULATION, Range
from assistant.eligibility.three_values import compare
from assistant.reading.french.quantities import Bound, Quantity, Unit, read_quantities
from corpus.french.folding import fold, words

# "On est 1 500", "nous sommes 900", "et si on est 3 500 ?"
_WE_ARE = re.compile(
    r"\b(?:on est|on et|nous sommes|on n'est que|on compte|nous comptons|commune (?:compte|fait)|on fait|"
    r"village (?:compte|fait)|population (?:totale |municipale )?(?:(?:est |de |: ?|d'environ )++|(?=$)))(?: a| que)?\s*$"
)
_OTHER_COUNT = re.compile(
    r"\d|[ .,]\d|\s*(?:%|euros?|€|k€|m€|ans?\b|mois|elus?|commerc|associ|artisan|pour\b|jours?|m2|m²|projets?|communes)"
)
# Fewer than this aren't said without their unit: "nous sommes trois".
_FEWEST = 20
# Nor are the inhabitants of an intercommunal body, that can't be a year.
_LEAST_OF_BODY = 2100
# Of other communes, or of a rule; "une commune de 800 habitants" is one's own, "de moins de 800" is a rule's.
_RULE = re.compile(r"communes (?:de |d'|ayant |comptant )$|seuil[^.?!;]{0,12}$|reserve[^.?!;]{0,11}$")
_BOUNDED_RULE = re.compile(r"communes? (?:de |d'|ayant |comptant )$")
_OUR_COMMUNE = re.compile(
    r"\b(?:nous sommes|on est|on et) (?:dans )?une (?:toute )?(?:petite )?commune \w+'? ?$"
)
# "Personnes" are inhabitants only of a place: "un village de 800 personnes", not "une salle de 200 personnes".
_PEOPLE_OF = re.compile(
    r"\b(?:on est|on et|nous sommes|commune|village|bourg|ville|population|peuple\w*|on compte|nous comptons)\b[^.!?;]{0,25}$"
)
# "Notre intercommunalité compte 25 000": the inhabitants of the intercommunal body, not of the commune.
_BODY = r"\b(?:communaute (?:de communes?|d'agglo\w*|urbaine)|com ?com|intercommunalite|interco|agglo\w*|epci|metropole)\b"
_OF_BODY = re.compile(
    rf"{_BODY}(?:(?!\b(?:commune|village|ville|bourg|mairie|on|nous|habitants?|hab)\b)[^.,:?!;]){{0,40}}$"
)
_BODY_COUNTS = re.compile(rf"{_BODY}(?: \w+)?(?: (?:en )?(?:compte|fait|a|est a|en a|de))?[ :(]{{0,3}}$")
_COST_CUE = re.compile(
    r"\b(?:cout\w*|devis|travaux|projet|budget|depens\w+|investi\w*|factur\w*|chiffr\w+|estim\w+|montant|operation|"
    r"programme|prevo\w+|prevu\w*|ht|ttc|achat\w*|materiel|equipement|pour)\b"
)
_AID_CUE = re.compile(
    r"\b(?:subvention|aide|plafond|obten\w+|recev\w+|recu\w*|touch\w+|octroy\w+|accord\w+|verse\w*|ca|chiffre d'affaires)\b"
)
# A part of another sum, a sum a unit, the budget of the commune: none is the cost of the project.
_PART = re.compile(r"\bdont (?:environ |pres de )?$|\bfois $")
_EACH = re.compile(r" ?(?:/|par |chacun)")
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
# What is said of the second amount when it mends the first, or pays for it.
_NOT_ADDED = re.compile(
    r"\b(?:finalement|maintenant|desormais|plutot|non|pas|au lieu|apport|autofinanc\w*|finance\w*|fonds|emprunt\w*|pret"
    r"|reste|charge|participation|recettes?)\b"
)
_PAID = re.compile(
    r"\b(?:apport|autofinanc\w*|fonds propres|emprunt\w*|reste a charge|participation)\b[^.?!;]{0,20}$"
)
_LONGEST_SUM = 60
_AID_AFTER = re.compile(
    r" (?:de |d'|en )?(?:la |l')?(?:subvention|aide|dotation|fonds propres|autofinanc|apport|emprunt|pret\b|participation)"
)
_TURNOVER = re.compile(r"\s*(?:de |d'|en )?(?:chiffres? d'affaires?|ca\b)")
# How far around a figure what it's about is said, in characters.
_BEFORE, _AFTER = 40, 15
# What a percentage or a sum is a share of must be said in both: the words that tell it apart.
_ABOUT: Mapping[Unit, tuple[re.Pattern[str], ...]] = {
    Unit.PERCENT: (
        re.compile(r"charge|reste|autofinanc\w*|garde\w*"),
        re.compile(r"consomm\w*|energ\w*|econom\w*"),
        re.compile(r"aides? publiques?|cumul\w*"),
    ),
    Unit.EURO: (re.compile(r"chiffre d'affaires|\bca\b"),),
    Unit.MONTH: (re.compile(r"realis\w*|travaux|chantier|dur\w*|termin\w*"),),
    Unit.YEAR: (re.compile(r"exercice|existe\w*|cree\w*"),),
    Unit.TOWN: (re.compile(r"ensemble|group\w*|a plusieurs|avec d'autres"),),
}
# What isn't settled by a condition to check by hand: a population has its own criterion, a distance two ways.
_NOT_BY_HAND = frozenset({Unit.INHABITANT, Unit.PERSON, Unit.KILOMETRE, Unit.METRE, Unit.HOUR})
# A figure below, without its unit, isn't taken for euros.
_LEAST_BARE = 1000
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
# The least difference between a bound and a value that doesn't reach it.
_LEAST = 1e-9


def read_population(folded: str) -> Range | None:
    """The inhabitants that a folded message states of the applicant's commune; the last figure stands.

    A figure that can't be a population (0, 1 999,5, -3) is none: it will be asked.
    """
    found: Range | None = None
    for item in read_quantities(folded):
        before = folded[max(0, item.start - _BEFORE) : item.start]
        of_commune = _counts_inhabitants(folded, item, before) and not _OF_BODY.search(before)
        if of_commune and not _is_a_rule(item, before):
            found = item.within(1)
    return found


def read_epci_population(folded: str) -> Range | None:
    """The inhabitants that a folded message states of the intercommunal body; the last figure stands."""
    found: Range | None = None
    for item in read_quantities(folded):
        before = folded[max(0, item.start - _BEFORE) : item.start]
        counted = _counts_inhabitants(folded, item, before) or _counts_a_body(folded, item, before)
        if counted and _OF_BODY.search(before) and not _is_a_rule(item, before):
            found = item.within(1)
    return found


def read_cost(folded: str) -> Range | None:
    """The last amount, in euros, that a folded message says to be a cost rather than an aid; a total first.

    Amounts that are added up ("12 000 € de travaux et 15 000 € de matériel") are one cost.
    """
    found: Range | None = None
    terms: list[Quantity] = []
    for item in _terms(folded):
        before = folded[max(0, item.start - _BEFORE) : item.start]
        if _is_another_sum(folded, item, before):
            continue
        if _is_total(folded, item):
            return item.within(1)
        around = before + folded[item.start : item.end + _AFTER]
        if _AID_CUE.search(around[:_BEFORE]) or _AID_AFTER.match(folded, item.end):
            continue
        if terms and _PAID.search(folded, terms[-1].end, item.start):
            continue
        joined = terms and _joins(folded, terms[-1], item)
        terms = [*terms, item] if joined else [item]
        if joined or _COST_CUE.search(around):
            is_said = found is not None or _COST_CUE.search(folded, max(0, terms[0].start - _BEFORE))
            found = _sum(folded, terms) if is_said else found
    return found


def _is_total(folded: str, item: Quantity) -> bool:
    """Whether an amount is said to be the whole of several."""
    before = folded[max(0, item.start - _BEFORE) : item.start]
    return bool(_TOTAL.search(before) or _TOTAL_AFTER.match(folded, item.end))


def _terms(folded: str) -> list[Quantity]:
    """The amounts in euros of a text; in "15 000 + 8 000 €", the first borrows its unit."""
    items = [item for item in read_quantities(folded) if _is_a_cost(item)]
    found: list[Quantity] = []
    for item in reversed(items):
        is_bare = item.unit is None and item.value >= _LEAST_BARE
        if item.unit is Unit.EURO or (
            is_bare and found and _PLUS.fullmatch(folded, item.end, found[-1].start)
        ):
            found.append(item)
    return found[::-1]


def _joins(folded: str, first: Quantity, second: Quantity) -> bool:
    """Whether two amounts are added up: "9 000 € puis 14 000 €", "8 000 € pour le local et 15 000 €"."""
    if second.start - first.end > _LONGEST_SUM:
        return False
    gap = _ADDED.fullmatch(folded, first.end, second.start)
    if gap is None or _NOT_ADDED.search(gap.group()):
        return False
    return not gap["by"].startswith(",") or _LIST_GOES_ON.match(folded, second.end) is not None


def _sum(folded: str, terms: Sequence[Quantity]) -> Range | None:
    """The sum of amounts; None for one sum told without its taxes, then with them."""
    told = folded[terms[0].start : terms[-1].end + _AFTER]
    if len(terms) > 1 and re.search(r"\bht\b", told) and re.search(r"\bttc\b", told):
        return None
    ranges = [item.within(1) for item in terms]
    return Range(sum(item.low for item in ranges), sum(item.high for item in ranges))


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
    euros = _terms(folded)
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


def settles(question: str, message: str) -> bool | None:
    """Say whether a quantity stated in a message answers a question with a bound; None when it doesn't.

    Args:
        question: "Faut-il plus de 10 minutes de trajet…", "L’entreprise compte-t-elle moins de 10 salariés ?".
        message: what the person wrote.
    """
    asked, said = fold(question), fold(message)
    for bound in read_quantities(asked):
        wanted = bound.within(_LEAST)
        unit = bound.unit
        if unit is None or unit in _NOT_BY_HAND or wanted.is_exact or not _same_subject(unit, asked, said):
            continue
        stated = [item.within(_LEAST) for item in read_quantities(said) if item.unit is unit]
        verdicts = {compare(value, wanted) for value in stated}
        if len(verdicts) == 1 and (verdict := verdicts.pop()) != "unknown":
            return verdict == "met"
    return None


def _is_a_rule(item: Quantity, before: str) -> bool:
    """Whether a number of inhabitants is that of other communes, or a threshold."""
    if _OUR_COMMUNE.search(before):
        return False
    is_stated = item.bound in {Bound.EXACTLY, Bound.ABOUT}
    return bool(_RULE.search(before) or (not is_stated and _BOUNDED_RULE.search(before)))


def _counts_inhabitants(folded: str, item: Quantity, before: str) -> bool:
    """Whether a quantity is a number of inhabitants, by its unit or by what stands before it."""
    if not item.value.is_integer() or not item.high.is_integer() or not 1 <= item.high <= MAX_POPULATION:
        return False
    if item.unit is Unit.INHABITANT:
        return (
            item.value > 1 or item.bound is not Bound.EXACTLY or folded[item.start : item.start + 1].isdigit()
        )
    if item.unit is Unit.PERSON:
        return _PEOPLE_OF.search(before) is not None
    follows = _OTHER_COUNT.match(folded, item.end) is not None
    return item.unit is None and item.value >= _FEWEST and not follows and _WE_ARE.search(before) is not None


def _counts_a_body(folded: str, item: Quantity, before: str) -> bool:
    """Whether a figure without a unit is a number of inhabitants: "notre intercommunalité 25 000"."""
    is_whole = (
        item.value.is_integer() and item.high.is_integer() and _LEAST_OF_BODY <= item.high <= MAX_POPULATION
    )
    follows = _OTHER_COUNT.match(folded, item.end) is not None
    return item.unit is None and is_whole and not follows and _BODY_COUNTS.search(before) is not None


def _is_a_cost(item: Quantity) -> bool:
    return 0 < item.high <= MAX_COST


def _same_subject(unit: Unit, asked: str, said: str) -> bool:
    """Whether both texts speak of the same quantity: a share of the cost isn't a share of the energy."""
    subjects = [pattern for pattern in _ABOUT.get(unit, ()) if pattern.search(asked)]
    if unit in _ABOUT and not subjects:
        return False
    return all(pattern.search(said) for pattern in subjects)
