"""Rates and sums of euros that a document states of the aid, told from those of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.reading.french.quantities import Bound, Quantity, read_quantities
from assistant.reading.french.quantities import Unit as Counted
from assistant.reading.stated.bounds import bound_of
from assistant.reading.stated.finding import Confidence, Doubt, Found
from assistant.reading.stated.statement import Unit
from corpus.fiches.scheme import Per
from corpus.french.figures import canonical, figure_values

SumField = Literal[
    "rate_min", "rate_max", "amount_min", "amount_max", "expense_min", "expense_max", "envelope"
]


@dataclass(frozen=True)
class Sum:
    """A rate as a fraction, or a sum in euros, with the field of a funding line that it fills.

    Attributes:
        field: the field.
        value: the fraction or the euros.
        per: what a sum of aid is counted for.
    """

    field: SumField
    value: float
    per: Per = "project"


_AID = (
    r"\b(?:subventions?|aides?|soutiens?|participations?|primes?|concours|dotations?|prise en charge|prend en charge"
    r"|prets?|cofinancements?|financements?|interventions?)\b"
)
_COST = r"\b(?:depenses?|couts?|devis|investissements?|projets?|operations?|travaux|assiette|chantiers?|achats?|factures?)\b"
_ENVELOPE = r"\b(?:enveloppes?|budgets?|credits?|dotee?s?|abond\w{1,5}|fonds est dote|masse)\b"
_OTHER = (
    r"\b(?:chiffres? d'affaires|ca\b|quotient|revenus?|loyers?|potentiel|fonds propres|capital|salaires?|tarifs?"
    r"|cotisations?|adhesions?|recettes?|penalites?|amendes?|degats?|dommages?|ressources)\b"
)
_TARGET = re.compile(f"(?P<aid>{_AID})|(?P<cost>{_COST})|(?P<envelope>{_ENVELOPE})|(?P<other>{_OTHER})")
# What is shared out between payers, paid in advance or told of one project is no rule of the aid.
_SHARED = re.compile(
    r"\baides publiques\b|\bcumul\w{0,5}|\btoutes aides\b|\bautofinanc\w{0,7}|\breste a charge\b|\ba (?:sa|leur|votre) charge\b"
    r"|\bautres (?:aides|financements)\b|\bsubventions publiques\b|%? d'aides\b|\baides? (?:de l'etat )?au total\b|\bparticipation minimale\b"
)
_PAYMENT = re.compile(r"\b(?:avances?|acomptes?|soldes?|premier versement)\b")
_TOLD_OF_ONE = re.compile(
    r"\bpar exemple\b|\bexemple :|\battributions?\b|\ben moyenne\b|\b(?:a|ont) (?:deja )?(?:obtenu|recu|beneficie|percu|touche|ete aidee?s?)\b"
)
# What is shared out between departments or communes, or decides a procedure.
_SPLIT = re.compile(
    r"\ba raison d[e']|\brepart\w{1,8}|\ben proportion d|\bsaisie?s?\b|\bpour avis\b|\bmissions?\b|\bbulletins?\b|\bau titre de (?:19|20)\d\d\b"
)
_PAST = re.compile(
    r"\b(?:all|et|dev|pouv|financ|pay|av|couvr|aid)ai(?:t|ent)\b(?! ete prevu)|\b(?:porte|relev|pass)\w{1,3} [^.;]{0,100}\bde \d[^.;]{0,20} a \d"
)
_MAY_NOT = re.compile(r"\bne peu")
_MAY_DIFFER = re.compile(r"\bpeu(?:t|vent) (?:\w+ ){0,2}?(?:etre )?(?:inferieure?s?|superieure?s?)\b")
_MORE = re.compile(
    r"\bcomplementaires?\b|\bbonus\b|\bbonifi\w{1,8}|\bmajor(?:e|ee|es|ees|ation|ations)\b|\bsupplementaires?\b"
)
_RATE = re.compile(rf"\btaux\b|\bhauteur\b|\brembours\w{{1,6}}|\bfinanc\w{{1,8}}|\bpa[iy]\w{{1,4}}|{_AID}")
# "80 % du coût", and not "80 % des communes".
_OF_COST = re.compile(
    rf"^ ?(?:au )?(?:maximum |maximal\w{{0,2}} |minimum |au plus )?(?:hors taxes? |ht )?(?:du |de la |de l'|des |d'|de )(?:\w+ ){{0,2}}(?:{_COST}|montant\b|etudes?\b|cout\b|prix\b|frais\b)"
)
_OF_SOMETHING = re.compile(r"^ ?(?:(?:au )?(?:maximum|minimum|plus|moins) )?(?:du |de la |de l'|des |d')")
_OF_OTHERS = re.compile(
    r"^ ?(?:de la |du |des |d'|de l')(?:\w+ )?(?:communes?|habitants?|population|surfaces?|logements?|superficie|projets?|dossiers?|montant de l'enveloppe|montant total de la dotation|montant previsionnel de la subvention)\b"
)
_COUNTED: tuple[tuple[Per, str], ...] = (
    ("plant", r"(?:plants?|arbres?|arbustes?)"),
    ("commune", r"communes?"),
    ("year", r"(?:ans?|annees?)"),
    ("place", r"places?"),
    ("square_metre", r"(?:m2|metres? carres?)"),
    ("hectare", r"(?:ha|hectares?)"),
    ("kilometre", r"(?:km|kilometres?)"),
    ("project", r"(?:projets?|operations?|dossiers?|demandes?|beneficiaires?)"),
)
_PERS = tuple(
    (per, re.compile(rf"^(?: ht| ttc| hors taxes?)? ?(?:/ ?|(?:par|le|pour chaque|pour un) ){words}\b"))
    for per, words in _COUNTED
)
_ANY_PER = re.compile(r"^(?: ht| ttc| hors taxes?)? ?(?:/ ?|par )(?!rapport|la |le |l'|les |un )[a-z]")
# What makes an exact sum the aid itself: "une aide de 3 000 €", "le forfait s’élève à 500 €".
_IS = re.compile(
    rf"(?:{_AID}|\bforfait\w{{0,4}}|\bmontant\w{{0,1}}(?: \w+){{0,4}}?) (?:\w+ ){{0,1}}?(?:est |sont |s'eleve |egale? |fixee? |d'un montant )?(?:de|a|d'un montant de)? ?$"
)
# A sum so large is a budget, whatever is said of it.
LEAST_BUDGET = 1e8
_LEAST_SUM, _MILLION = 100.0, 1e6


def speaks_of_rates(folded: str) -> bool:
    """Whether a folded text speaks of a rate, or of what an aid pays."""
    return _RATE.search(folded) is not None


def sums_in(unit: Unit, *, under_amounts: bool) -> Iterator[Found[Sum] | Doubt]:
    """The rates and sums of aid, of costs and of budget that a unit states.

    Args:
        unit: the unit.
        under_amounts: whether it stands under a heading that announces amounts.
    """
    folded = unit.folded
    around = f"{unit.lead} {folded}"
    if _SHARED.search(around) or _TOLD_OF_ONE.search(folded) or _SPLIT.search(around):
        return
    if _PAST.search(folded) and any(
        item.unit in {Counted.PERCENT, Counted.EURO} for item in read_quantities(folded)
    ):
        yield Doubt("une règle au passé, ou qui a changé", unit.statement)
        return
    if _MAY_DIFFER.search(folded) and not _MAY_NOT.search(folded):
        yield Doubt("un chiffre qui peut être dépassé ou ne pas être atteint", unit.statement)
        return
    quantities = read_quantities(folded)
    has_rate = False
    for item in quantities:
        if item.unit is Counted.PERCENT:
            if _PAYMENT.search(around):
                continue
            for found in _rates(unit, item, around, under_amounts=under_amounts):
                has_rate = has_rate or isinstance(found, Found)
                yield found
        elif item.unit is Counted.EURO:
            yield from _euros(unit, item, around, has_rate=has_rate)


def _rates(unit: Unit, item: Quantity, around: str, *, under_amounts: bool) -> Iterator[Found[Sum] | Doubt]:
    after = unit.folded[item.end :]
    if not 0 < item.value <= item.high <= 100 or _OF_OTHERS.search(after):
        return
    if _MORE.search(unit.folded) and _RATE.search(around):
        yield Doubt("un pourcentage qui s’ajoute à un autre, ou une majoration", unit.statement)
        return
    is_of_cost = _OF_COST.search(after) is not None
    if not is_of_cost and (_OF_SOMETHING.search(after) or _is_of_other(unit.folded, item)):
        return
    if not (is_of_cost or under_amounts or _RATE.search(around)):
        return
    sure: Confidence = "sure" if _RATE.search(around) or is_of_cost else "likely"
    low, high = canonical(item.value / 100), canonical(item.high / 100)
    if high > low:
        yield from _checked(unit, Sum("rate_min", low), sure)
        yield from _checked(unit, Sum("rate_max", high), sure)
        return
    bound = bound_of(unit.folded, item, refusals=False)
    field: SumField = "rate_min" if bound in {Bound.AT_LEAST, Bound.OVER} else "rate_max"
    yield from _checked(unit, Sum(field, low), sure)


def _euros(unit: Unit, item: Quantity, around: str, *, has_rate: bool) -> Iterator[Found[Sum] | Doubt]:
    folded = unit.folded
    if item.value <= 0:
        return
    target = target_of(folded, item, unit.lead, has_rate=has_rate)
    if target == "other" or (target is None and _PAYMENT.search(around)):
        return
    if target == "envelope" or item.value >= LEAST_BUDGET:
        if item.bound is Bound.EXACTLY and item.high == item.value:
            yield from _checked(
                unit, Sum("envelope", item.value), "sure" if target == "envelope" else "likely"
            )
        return
    after = folded[item.end :]
    per = next((per for per, pattern in _PERS if pattern.search(after)), None)
    if per is None and _ANY_PER.search(after):
        yield Doubt("une somme comptée par une unité que la fiche ne connaît pas", unit.statement)
        return
    bound = bound_of(folded, item)
    sure: Confidence = "sure" if target else "likely"
    if target is None and has_rate and bound is Bound.AT_MOST:
        target = "aid"
    if item.high < _LEAST_SUM and per is None:
        yield Doubt("une petite somme dont le document ne dit pas pour quoi elle est comptée", unit.statement)
    elif target == "aid":
        yield from _of_aid(unit, item, bound, per or "project", sure)
    elif target == "cost":
        yield from _of_cost(unit, item, bound)
    else:
        yield Doubt("une somme dont le document ne dit pas clairement ce qu’elle limite", unit.statement)


def _of_aid(
    unit: Unit, item: Quantity, bound: Bound, per: Per, sure: Confidence
) -> Iterator[Found[Sum] | Doubt]:
    if item.high > item.value:
        yield from _checked(unit, Sum("amount_min", item.value), sure)
        yield from _checked(unit, Sum("amount_max", item.high, per), sure)
    elif bound in {Bound.AT_LEAST, Bound.OVER}:
        yield from _checked(unit, Sum("amount_min", item.value), sure)
    else:
        exact = bound in {Bound.EXACTLY, Bound.ABOUT}
        if (
            exact
            and per == "project"
            and not (item.value < _MILLION and _IS.search(unit.folded[: item.start]))
        ):
            yield Doubt(
                "une somme dont le document ne dit pas si c’est un plafond, un forfait ou un budget",
                unit.statement,
            )
            return
        yield from _checked(unit, Sum("amount_max", item.value, per), "likely" if exact else sure)


def _of_cost(unit: Unit, item: Quantity, bound: Bound) -> Iterator[Found[Sum] | Doubt]:
    if item.high > item.value:
        yield from _checked(unit, Sum("expense_min", item.value), "likely")
        yield from _checked(unit, Sum("expense_max", item.high), "likely")
    elif bound in {Bound.AT_LEAST, Bound.OVER}:
        yield from _checked(unit, Sum("expense_min", item.value), "sure")
    elif bound in {Bound.AT_MOST, Bound.UNDER}:
        yield from _checked(unit, Sum("expense_max", item.value), "sure")
    else:
        yield Doubt("un coût dont le document ne dit pas s’il est un minimum ou un maximum", unit.statement)


def target_of(folded: str, item: Quantity, lead: str, *, has_rate: bool) -> str | None:
    """What a sum is of, "aid", "cost", "envelope" or "other"; None where nothing says it.

    The nearest word before it tells, else one right after it, else one in the lead-in. In "30 % des dépenses, dans la limite de 30 000 €", what stands after the comma limits the aid.
    """
    comma = folded.rfind(", ", 0, item.start)
    if has_rate and comma >= 0 and not _TARGET.search(folded, comma, item.start):
        return "aid"
    before = [match.lastgroup for match in _TARGET.finditer(folded, 0, item.start)]
    if before:
        return before[-1]
    after = _TARGET.search(folded, item.end, item.end + 40)
    if after is not None:
        return after.lastgroup
    led = [match.lastgroup for match in _TARGET.finditer(lead)]
    return led[-1] if led else None


def _is_of_other(folded: str, item: Quantity) -> bool:
    """Whether the nearest word before a percentage is of what no aid is a share of."""
    before = [match.lastgroup for match in _TARGET.finditer(folded, 0, item.start)]
    return bool(before) and before[-1] == "other"


def _checked(unit: Unit, found: Sum, confidence: Confidence) -> Iterator[Found[Sum] | Doubt]:
    """A sum whose figure stands in the statement as the checks of a fiche read it; else a doubt."""
    if canonical(found.value) in figure_values(unit.statement.text):
        yield Found(found, unit.statement, confidence)
    else:
        yield Doubt("un chiffre écrit d’une façon que la fiche ne relit pas : récrivez-le", unit.statement)
