"""What the applicant must be: bounds of population, lists, departments, each alone or one of two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.applicants import applicants_in
from assistant.drafting.bands import Band, bands_in
from assistant.drafting.memberships import department_paying, departments_in, lists_in
from assistant.reading.stated.finding import Doubt, Found, firsts
from assistant.reading.stated.statement import Statement, Unit
from corpus.labels import Funder, TerritoryList

_ONLY_IF = re.compile(
    r"\bque si\b|\bsauf si\b|\bsauf pour\b|\bseulement si\b|\buniquement si\b|\bsous reserve\b|\ba condition\b"
)
_REFUSES = re.compile(r"\bexclue?s?\b|\bineligibles?\b|\bne (?:peuvent|peut|sont)\b[^.;]{0,30}\bpas\b")
_EITHER = re.compile(r"\bou\b")
_MAYBE_LISTED = "une liste de communes, sans que l’on sache si elle s’impose"


@dataclass(frozen=True)
class Applicant:
    """What the applicant must be.

    Attributes:
        bands: bounds of population, one at most of communes and one of intercommunal bodies.
        lists: lists of communes, those of one statement together.
        instead: whether being on a list stands instead of the bounds of communes.
        departments: numbers of departments, with the statement of each.
        doubts: what may be required, and isn't typed.
    """

    bands: tuple[Found[Band], ...] = ()
    lists: tuple[Found[tuple[TerritoryList, ...]], ...] = ()
    instead: bool = False
    departments: tuple[Found[str], ...] = ()
    doubts: tuple[Doubt, ...] = ()


def applicant_of(
    units: Sequence[Unit], paid: Iterable[Statement], funder: Funder | None, of_rules: Sequence[Found[Band]]
) -> Applicant:
    """Read what the applicant must be.

    Args:
        units: the units of the statements that speak of applicants.
        paid: the statements that give a funding line; their bounds are those of the line.
        funder: the payer, if it's known.
        of_rules: the bounds of the funding lines.
    """
    told = frozenset(statement.number for statement in paid)
    doubts: list[Doubt] = []
    bands: list[Found[Band]] = []
    lists: list[Found[tuple[TerritoryList, ...]]] = []
    instead: list[Found[tuple[TerritoryList, ...]]] = []
    for unit in units:
        named = lists_in(unit)
        only_if = _ONLY_IF.search(unit.folded) is not None
        found = [] if unit.statement.number in told else list(bands_in(unit))
        here = [item for item in found if isinstance(item, Found)]
        if named:
            item = Found(named, unit.statement, "sure" if here or only_if else "likely")
            if here and (only_if or _EITHER.search(unit.folded)):
                instead.append(item)
            elif any(applicants_in(unit)):
                lists.append(item)
            else:
                doubts.append(Doubt(_MAYBE_LISTED, unit.statement))
        if not only_if and not _REFUSES.search(unit.folded):
            # What bounds one of several kinds of applicants may not bound the others.
            bands += (
                here
                if len(unit.statement.units) == 1
                else [replace(item, confidence="likely") for item in here]
            )
            doubts += [item for item in found if isinstance(item, Doubt)]
    if not bands and len(of_rules) == 1:
        bands = [Found(of_rules[0].value, of_rules[0].statement, "likely")]
    kept, more = _one_a_body(firsts(bands))
    doubts += more
    is_instead = bool(instead) and any(item.value.of == "commune" for item in kept)
    own = firsts(instead if is_instead else lists)
    doubts += [Doubt(_MAYBE_LISTED, item.statement) for item in (lists if is_instead else instead)]
    doubts += [Doubt(_MAYBE_LISTED, item.statement) for item in own[1:]]
    return Applicant(tuple(kept), tuple(own[:1]), is_instead, _departments(units, funder), tuple(doubts))


def _one_a_body(bands: list[Found[Band]]) -> tuple[list[Found[Band]], list[Doubt]]:
    """The bounds that a document gives once; those that it gives in several ways are doubts."""
    kept: list[Found[Band]] = []
    doubts: list[Doubt] = []
    for of in ("commune", "epci"):
        own = [item for item in bands if item.value.of == of]
        if len(own) == 1:
            kept += own
        else:
            doubts += [
                Doubt("plusieurs limites de population : dites laquelle vaut pour tous", item.statement)
                for item in own
            ]
    return kept, doubts


def _departments(units: Sequence[Unit], funder: Funder | None) -> tuple[Found[str], ...]:
    if funder is Funder.DEPARTMENT:
        paying = [(unit, number) for unit in units if (number := department_paying(unit))]
        if len({number for _, number in paying}) == 1:
            unit, number = paying[0]
            said = next(
                (item for unit in units for item in departments_in(unit) if item.value == number), None
            )
            return (said or Found(number, unit.statement, "likely"),)
        return ()
    return tuple(firsts([item for unit in units for item in departments_in(unit)]))
