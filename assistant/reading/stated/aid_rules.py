"""The rules of aid that a page states: its rates, its limits, what changes a rate in a case, what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.reading.french.quantities import Quantity, read_quantities
from assistant.reading.french.quantities import Unit as Counted
from assistant.reading.stated.aid_limits import AidLimit, limits_in
from assistant.reading.stated.finding import Found
from assistant.reading.stated.statement import Statement, Unit, plain
from assistant.reading.stated.sums import speaks_of_rates, sums_in


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
    r"\bexemples?\b|\bmoyenn?e?s?\b|\bconstatee?s?\b|\b(?:a|ont|avait|avaient) (?:deja )?(?:obtenu|recu|beneficie|percu|touche|ete aidee?s?)\b|\bau titre de (?:19|20)\d\d\b"
)
# A rate of what remains once others have paid: the cost told isn't what it's of.
_REMAINING = re.compile(
    r"\breste a (?:la )?charge\b|\bce qui reste\b|\breste a financer\b|\bsolde a financer\b|\brestante?s? a (?:la |sa |leur |votre )?charge\b|\bdeduct\w+|\bdeduit\w*"
)
# A rate of that, of what is lent, or told of a payment, isn't one to work out a sum by.
_IN_DOUBT = re.compile(
    rf"{_REMAINING.pattern}|\bversee?s?\b|\bversements?\b|\bprets?\b|\bemprunts?\b|\bavances? remboursables?\b|\bgaranti\w+|\bcautions?\b"
)
# What a percentage is of that isn't the aid: shared with other payers, paid in advance, borne by the applicant.
_ASIDE = re.compile(
    r"\baides publiques\b|\bsubventions publiques\b|\bautofinanc\w+|\ba (?:sa|leur|votre|la) charge\b|\bcumul\w*|\btoutes aides\b"
    r"|\bautres (?:aides|financements|subventions)\b|\bparticipation minimale\b|\bapport\b"
    r"|\bpart (?:de la commune|communale|de l'emprunteur|restante)|\bla commune (?:finance|paie|prend en charge|apporte|conserve|participe)\b"
    r"|\bavances?\b|\bacomptes?\b|\bsoldes?\b"
    r"|\bgains?\b|\beconomi\w+|\breduction\w*|\bbaisse\w*|\bhausse\w*|\btva\b|\bfctva\b|\binterets?\b|\binflation\b|\bconsommations?\b|\bemissions?\b|\bpente\b|% [^,;]{0,30}\bpar (?:la commune|les communes|d'autres|un autre|le (?:demandeur|porteur|beneficiaire|maitre d'ouvrage))\b|\bdechets?\b"
)
# A limit of all aids together, whichever clause states its figure.
_TOGETHER = re.compile(
    r"\baides publiques (?:confondues|cumulees)\b|\baides de l'etat\b|\btoutes (?:les )?aides\b|\b(?:total|totalite|cumul|ensemble|somme) des (?:aides|subventions|financements)\b"
)
_CHANGES = re.compile(
    r"\bport(?:e|ee|es|ees|er) (?:\w+ )?(?:jusqu')?a\b|\bmajor\w+|\bbonus\b|\bbonif\w+|\bsupplementaires?\b|\bcomplementaires?\b|\baugment\w+"
    r"|\bs'ajout\w+|\bramene\w*|\breduite?s? a\b|\bminor\w+|\babattements?\b|\bdegressi\w+|\bprogressi\w+"
)
_IT = re.compile(r"(?:elle|celle-ci)\b")
_THE_AID = re.compile(r"(?:\d[\d.]* )?(?:l'aide|la subvention|la participation|la prime|cette aide)\b")
_CLAUSES = re.compile(r"(?<=[,;]) ")
_CELLS = re.compile(r" ?; ")


def aid_rules(statements: Iterable[Statement]) -> AidRules:
    """Read what statements of one page state of what an aid pays."""
    rates: list[AidRate] = []
    limits: list[AidLimit] = []
    changes: list[Unit] = []
    others: list[Unit] = []
    for unit in _units(statements):
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
            limits += limits_in(told, unit, has_rate=bool(of_cell))
            counts = counts or bool(percents)
        else:
            if counts and not of_unit:
                others.append(unit)
        rates += of_unit
    return AidRules(tuple(rates), tuple(limits), tuple(changes), tuple(others))


def _units(statements: Iterable[Statement]) -> Iterator[Unit]:
    """What statements say; "elle" that follows what begins with the aid is led by it."""
    before: Statement | None = None
    for statement in statements:
        follows = before is not None and before.headings == statement.headings
        if follows and before is not None and _IT.match(statement.folded) and _THE_AID.match(before.folded):
            yield from (Unit(unit.statement, unit.text, unit.lead or "l'aide") for unit in statement.units)
        else:
            yield from statement.units
        before = statement


def _row(unit: Unit) -> tuple[str, list[Unit]]:
    """What opens a row of a table and its cells, each with the name of its column; else the unit alone."""
    text = unit.text
    lead, colon, rest = text.partition(" : ")
    label, at = _label(text) if colon else ("", 0)
    if not at and colon:
        label, at = _label(rest)  # what introduces the whole table stands before each of its rows
        at += len(lead) + len(colon) if at else 0
    if at:
        text = text[at:]
    elif len(cells := _CELLS.split(text)) > 1 and all(" : " in cell for cell in cells):
        label = cells[0].partition(" : ")[2]
        label = "" if _is_of_money(plain(label)) else label
    else:
        return "", [unit]
    cells = _CELLS.split(text)
    return label, [Unit(unit.statement, cell, plain(cell.partition(" : ")[0])) for cell in cells if cell]


def _label(text: str) -> tuple[str, int]:
    """What opens a row, before the name of its first column, and where that name begins; 0 where it's no row."""
    head, colon, _ = text.partition(" : ")
    label, comma, column = head.rpartition(", ")
    return (label, len(label) + len(comma)) if colon and comma and column[:1].isupper() else ("", 0)


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
    if of_aid and is_read and not _IN_DOUBT.search(around):
        yield AidRate(shares[0].value, unit, label)
    elif of_aid:
        yield AidRate(None, unit, label)


def _counts_people(unit: Unit) -> bool:
    return any(item.unit is Counted.INHABITANT for item in read_quantities(unit.folded))
