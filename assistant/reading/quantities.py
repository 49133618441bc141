"""Read the figures that a message states of the applicant: its population, those of a condition, its counts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.eligibility.facts import MAX_POPULATION, Range
from assistant.eligibility.three_values import compare
from assistant.reading.french.quantities import Bound, Quantity, Unit, counts_unread, read_quantities
from corpus.fiches.scheme import Per
from corpus.french.folding import fold

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
# "2,3 habitants par logement".
_OF_EACH = re.compile(r" (?:par|sur|au)\b")
# "Notre intercommunalité compte 25 000": the inhabitants of the intercommunal body, not of the commune.
_BODY = r"\b(?:communaute (?:de communes?|d'agglo\w*|urbaine)|com ?com|intercommunalite|interco|agglo\w*|epci|metropole)\b"
_OF_BODY = re.compile(
    rf"{_BODY}(?:(?!\b(?:commune|village|ville|bourg|mairie|on|nous|habitants?|hab)\b)[^.,:?!;]){{0,40}}$"
)
_BODY_COUNTS = re.compile(rf"{_BODY}(?: \w+)?(?: (?:en )?(?:compte|fait|a|est a|en a|de))?[ :(]{{0,3}}$")
# What is counted, as a rule counts it.
_COUNTED: Mapping[Unit, Per] = {
    Unit.PLANT: "plant",
    Unit.KILOMETRE: "kilometre",
    Unit.METRE: "kilometre",
    Unit.HECTARE: "hectare",
    Unit.M2: "square_metre",
}
_METRES = 1000
# "À 800 m de l’école": how far, not how long.
_FAR = re.compile(r"\b(?:a|distante?s? de|situee?s? a)(?: environ| moins de)? $")
# How far before a figure what it counts is said, in characters.
_BEFORE = 40
# What a percentage or a sum is a share of must be said in both: the words that tell it apart.
_ABOUT: Mapping[Unit, tuple[re.Pattern[str], ...]] = {
    Unit.PERCENT: (
        re.compile(r"charge|reste|autofinanc\w*|garde\w*"),
        re.compile(r"consomm\w*|energ\w*|econom\w*"),
        re.compile(r"aides? publiques?|cumul\w*"),
    ),
    # "CA", and not "ça fait combien ?", which is the same once folded.
    Unit.EURO: (
        re.compile(r"chiffre d'affaires|\b(?:le|un|du|de|mon|son|notre|votre|leur) ca\b|\bca (?:de|:)"),
    ),
    Unit.MONTH: (re.compile(r"realis\w*|travaux|chantier|dur\w*|termin\w*"),),
    Unit.YEAR: (re.compile(r"exercice|existe\w*|cree\w*"),),
    Unit.TOWN: (re.compile(r"ensemble|group\w*|a plusieurs|avec d'autres"),),
}
# What isn't settled by a condition to check by hand: a population has its own criterion, a distance two ways.
# Rooms of a building are no condition met: a "salle de spectacle" is no cinema.
_NOT_BY_HAND = frozenset({Unit.INHABITANT, Unit.PERSON, Unit.KILOMETRE, Unit.METRE, Unit.HOUR, Unit.SCREEN})
# The least difference between a bound and a value that doesn't reach it.
_LEAST = 1e-9


def read_population(folded: str) -> Range | None:
    """The inhabitants that a folded message states of the applicant's commune; the last figure stands.

    A figure that can't be a population (0, 1 999,5, -3) is none: see :func:`population_unread`.
    """
    found: Range | None = None
    for item in read_quantities(folded):
        before = folded[max(0, item.start - _BEFORE) : item.start]
        of_commune = _counts_inhabitants(folded, item, before) and not _OF_BODY.search(before)
        if of_commune and not _is_a_rule(item, before):
            found = item.within(1)
    return found


def population_unread(folded: str) -> bool:
    """Whether a folded message gives a figure of the applicant's inhabitants that can't be one: "2 5 00", 0."""
    counted = [item for item in read_quantities(folded) if item.unit is Unit.INHABITANT]
    odd = ((item.start, item.end) for item in counted if not _may_be_people(item))
    return any(
        not (_OF_BODY.search(before) or _RULE.search(before) or _OF_EACH.match(folded, end))
        for start, end in (*odd, *counts_unread(folded, Unit.INHABITANT))
        for before in (folded[max(0, start - _BEFORE) : start],)
    )


def read_epci_population(folded: str) -> Range | None:
    """The inhabitants that a folded message states of the intercommunal body; the last figure stands."""
    found: Range | None = None
    for item in read_quantities(folded):
        before = folded[max(0, item.start - _BEFORE) : item.start]
        counted = _counts_inhabitants(folded, item, before) or _counts_a_body(folded, item, before)
        if counted and _OF_BODY.search(before) and not _is_a_rule(item, before):
            found = item.within(1)
    return found


def read_counts(folded: str) -> dict[Per, float]:
    """How many plants, kilometres, hectares or square metres a folded message tells; the sum of those of a kind.

    Metres are parts of kilometres, unless they're how far something is.
    """
    found: dict[Per, float] = {}
    for item in read_quantities(folded):
        per = _COUNTED.get(item.unit) if item.unit is not None else None
        if per is None or item.bound is not Bound.EXACTLY or not 0 < item.value == item.high:
            continue
        if item.unit is Unit.METRE and _FAR.search(folded, max(0, item.start - _BEFORE), item.start):
            continue
        share = _METRES if item.unit is Unit.METRE else 1
        found[per] = found.get(per, 0.0) + item.value / share
    return found


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
    if not _may_be_people(item):
        return False
    if item.unit is Unit.INHABITANT:
        return (
            item.value > 1 or item.bound is not Bound.EXACTLY or folded[item.start : item.start + 1].isdigit()
        )
    if item.unit is Unit.PERSON:
        return _PEOPLE_OF.search(before) is not None
    follows = _OTHER_COUNT.match(folded, item.end) is not None
    return item.unit is None and item.value >= _FEWEST and not follows and _WE_ARE.search(before) is not None


def _may_be_people(item: Quantity) -> bool:
    """Whether a figure may be a number of inhabitants: whole, one at least."""
    return item.value.is_integer() and item.high.is_integer() and 1 <= item.high <= MAX_POPULATION


def _counts_a_body(folded: str, item: Quantity, before: str) -> bool:
    """Whether a figure without a unit is a number of inhabitants: "notre intercommunalité 25 000"."""
    is_whole = (
        item.value.is_integer() and item.high.is_integer() and _LEAST_OF_BODY <= item.high <= MAX_POPULATION
    )
    follows = _OTHER_COUNT.match(folded, item.end) is not None
    return item.unit is None and is_whole and not follows and _BODY_COUNTS.search(before) is not None


def _same_subject(unit: Unit, asked: str, said: str) -> bool:
    """Whether both texts speak of the same quantity: a share of the cost isn't a share of the energy."""
    subjects = [pattern for pattern in _ABOUT.get(unit, ()) if pattern.search(asked)]
    if unit in _ABOUT and not subjects:
        return False
    return all(pattern.search(said) for pattern in subjects)
