"""The rules of aid that a page states: rates, limits of the aid and of the cost, and what leaves them in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.reading.french.quantities import Bound, Quantity, read_quantities
from assistant.reading.french.quantities import Unit as Counted
from assistant.reading.stated.bounds import bound_of
from assistant.reading.stated.finding import Found
from assistant.reading.stated.statement import Statement, Unit, plain
from assistant.reading.stated.sums import LEAST_BUDGET, speaks_of_rates, sums_in, target_of

# "aid": its most. "least": its least. "cost": the most of a cost that counts. "floor": the least that is
# helped. "most", "from": a most or a least of which nothing says whether it's of the aid or of the cost.
Kind = Literal["aid", "least", "cost", "floor", "most", "from", "unread"]


@dataclass(frozen=True, slots=True)
class AidRate:
    """A rate of aid as a page states it.

    Attributes:
        share: as a fraction; None where the page states one that can't be read for sure.
        unit: what states it, a whole row of a table.
        label: what opens the row; empty in a sentence.
    """

    share: float | None
    unit: Unit
    label: str = ""


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


@dataclass(frozen=True, slots=True)
class AidRules:
    """All that a page states of what an aid pays.

    Attributes:
        rates: its rates.
        limits: its limits.
        changes: what raises or lowers a rate in a case.
        others: what states figures of something else: a part of a cost, a size of commune.
    """

    rates: tuple[AidRate, ...]
    limits: tuple[AidLimit, ...]
    changes: tuple[Unit, ...]
    others: tuple[Unit, ...]


_ABOUT_AMOUNTS = re.compile(
    r"\bcombien\b|\bmontants?\b|\btaux\b|\bplafonds?\b|\bsubventions?\b|\baide financiere\b|\bfinancements?\b|\bcalcul\w*"
)
_EXAMPLE = re.compile(
    r"\bexemples?\b|\ben moyenne\b|\b(?:a|ont|avait|avaient) (?:deja )?(?:obtenu|recu|beneficie|percu|touche|ete aidee?s?)\b|\bau titre de (?:19|20)\d\d\b"
)
# A rate of what remains once others have paid: the cost told isn't what it's of.
_REMAINING = re.compile(
    r"\breste a (?:la )?charge\b|\bce qui reste\b|\breste a financer\b|\bsolde a financer\b"
)
# What a percentage is of that isn't the aid: shared with other payers, paid in advance, borne by the applicant.
_ASIDE = re.compile(
    r"\baides publiques\b|\bsubventions publiques\b|\bautofinanc\w+|\ba (?:sa|leur|votre|la) charge\b|\bcumul\w*|\btoutes aides\b"
    r"|\bautres (?:aides|financements|subventions)\b|\bparticipation minimale\b|\bapport\b"
    r"|\bpart (?:de la commune|communale|de l'emprunteur|restante)|\bla commune (?:finance|paie|prend en charge|apporte|conserve|participe)\b"
    r"|\bavances?\b|\bacomptes?\b|\bsoldes?\b"
    r"|\bgains?\b|\beconomi\w+|\breduction\w*|\bbaisse\w*|\bhausse\w*|\btva\b|\bfctva\b|\binterets?\b|\binflation\b|\bconsommations?\b|\bemissions?\b|\bpente\b|\bdechets?\b"
)
# A limit of all aids together, whichever clause states its figure.
_TOGETHER = re.compile(
    r"\baides publiques (?:confondues|cumulees)\b|\btoutes (?:les )?aides\b|\b(?:total|totalite|cumul|ensemble|somme) des (?:aides|subventions|financements)\b"
)
_CHANGES = re.compile(
    r"\bport(?:e|ee|es|ees|er) (?:\w+ )?(?:jusqu')?a\b|\bmajor\w+|\bbonus\b|\bbonif\w+|\bsupplementaires?\b|\bcomplementaires?\b|\baugment\w+"
    r"|\bs'ajout\w+|\bramene\w*|\breduite?s? a\b|\bminor\w+|\babattements?\b|\bdegressi\w+|\bprogressi\w+"
)
_PAID = re.compile(r"\bversee?s?\b|\bversements?\b")
# "40 % du coût des travaux et plafonnée à 15 000 €": the aid is, whatever cost stands between.
_AND_CAPPED = re.compile(r" et plafonnee a [^.;,]{0,12}$")
_CAPPED_COST = re.compile(
    r"\b(?:depenses?|couts?|assiette|base)\b(?:(?!%|\bet\b)[^,;.]){0,40}\b(?:plafon\w+|limite\w*|maxim\w+)"
)
_CAP = re.compile(r"\bplafon\w*|\blimite\b|\bmaxim\w*|\bau plus\b|\bjusqu'a\b")
_LEAST = re.compile(r"\bplanchers?\b|\bseuils?\b|\bminim\w*|\bau moins\b")
_CLAUSES = re.compile(r"(?<=[,;]) ")
_CELLS = re.compile(r" ?; ")
_PER_AFTER = re.compile(
    r"^(?: ?(?:euros?|€))?(?: (?:ht|ttc|hors taxes?|maximum|au maximum|maximal))? ?(?:(?P<each>/|par |pour chaque )|(?:pour|sur) (?:les |la |le |l'|des |une? )?)(?P<what>[a-z][^,;.:()]*)"
)
_PER_BEFORE = re.compile(r"\b(?:par|/) ?(?P<what>[a-z][^,;.:()]{1,40}?) ?:? ?$")
_PHRASE_ENDS = re.compile(r" (?:et|ou|a|pour|dans|sur|avec|en|hors|ht|par)\b.*$")
_WHOLE = re.compile(r"(?:commune|an|annee|projet|operation|dossier|demande|beneficiaire|collectivite)s?$")


def aid_rules(statements: Iterable[Statement]) -> AidRules:
    """Read what statements of one page state of what an aid pays."""
    rates: list[AidRate] = []
    limits: list[AidLimit] = []
    changes: list[Unit] = []
    others: list[Unit] = []
    for unit in (unit for statement in statements for unit in statement.units):
        if _EXAMPLE.search(unit.folded):
            continue
        label, cells = _row(unit)
        of_unit: list[AidRate] = []
        counts = _counts_people(unit)  # or states a percentage, which is no rate of aid
        for cell in cells:
            told = _without_asides(cell)
            percents = [item for item in read_quantities(told.folded) if item.unit is Counted.PERCENT]
            if percents and _CHANGES.search(f"{told.lead} {told.folded}"):
                changes.append(unit)
                break
            of_cell = list(_rates(told, unit, label, percents))
            of_unit += of_cell
            limits += _limits(told, unit, has_rate=bool(of_cell))
            counts = counts or bool(percents)
        else:
            if counts and not of_unit:
                others.append(unit)
        rates += of_unit
    return AidRules(tuple(rates), tuple(limits), tuple(changes), tuple(others))


def _row(unit: Unit) -> tuple[str, list[Unit]]:
    """What opens a row of a table and its cells, each with the name of its column; else the unit alone."""
    head, colon, _ = unit.text.partition(" : ")
    label, comma, column = head.rpartition(", ")
    text = unit.text
    if colon and comma and column[:1].isupper():
        text = unit.text[len(label) + len(comma) :]
    elif len(cells := _CELLS.split(text)) > 1 and all(" : " in cell for cell in cells):
        label = cells[0].partition(" : ")[2]
        label = "" if _is_of_money(plain(label)) else label
    else:
        return "", [unit]
    cells = _CELLS.split(text)
    return label, [Unit(unit.statement, cell, plain(cell.partition(" : ")[0])) for cell in cells if cell]


def _is_of_money(folded: str) -> bool:
    return any(item.unit in {Counted.PERCENT, Counted.EURO} for item in read_quantities(folded))


def _without_asides(unit: Unit) -> Unit:
    """A unit without its clauses on what others pay, on payments or on other shares."""
    clauses = _CLAUSES.split(unit.text)
    kept = [clause for clause in clauses if not _is_aside(plain(clause))]
    return unit if len(kept) == len(clauses) else Unit(unit.statement, " ".join(kept), unit.lead)


def _is_aside(clause: str) -> bool:
    if _ASIDE.search(clause) is None or _REMAINING.search(clause) is not None:
        return False
    return any(item.unit is Counted.PERCENT for item in read_quantities(clause))


def _rates(told: Unit, unit: Unit, label: str, percents: list[Quantity]) -> Iterator[AidRate]:
    if not percents or (len(percents) == 1 and _TOGETHER.search(told.folded)):
        return
    under = _ABOUT_AMOUNTS.search(plain(unit.statement.heading)) is not None
    around = f"{told.lead} {told.folded}"
    of_aid = under or speaks_of_rates(around)
    read = [item.value for item in sums_in(told, under_amounts=under) if isinstance(item, Found)]
    shares = [item for item in read if item.field in {"rate_min", "rate_max"}]
    is_read = len(percents) == 1 and len(shares) == 1 and shares[0].field == "rate_max"
    if of_aid and is_read and not (_REMAINING.search(around) or _PAID.search(around)):
        yield AidRate(shares[0].value, unit, label)
    elif of_aid:
        yield AidRate(None, unit, label)


def _limits(told: Unit, unit: Unit, *, has_rate: bool) -> Iterator[AidLimit]:
    folded = told.folded
    for item in read_quantities(folded):
        if item.unit is not Counted.EURO or item.value <= 0:
            continue
        target = target_of(folded, item, told.lead, has_rate=has_rate)
        if target in {"other", "envelope"} or item.value >= LEAST_BUDGET:
            continue
        if target == "cost" and has_rate and not _CAPPED_COST.search(folded[: item.end]):
            target = "aid" if _AND_CAPPED.search(folded[: item.start]) else None
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


def _counts_people(unit: Unit) -> bool:
    return any(item.unit is Counted.INHABITANT for item in read_quantities(unit.folded))
