"""The funding lines of a draft: which sums go together, and for whom where a document says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from assistant.drafting.applicants import named_in
from assistant.drafting.bands import Band, bands_in
from assistant.reading.stated.finding import Doubt, Found, firsts
from assistant.reading.stated.statement import Statement, Unit
from assistant.reading.stated.sums import Sum, SumField, sums_in
from corpus.labels import Beneficiary

_RATES: frozenset[SumField] = frozenset({"rate_min", "rate_max"})
_PAIRS: tuple[tuple[SumField, SumField], ...] = (
    ("rate_min", "rate_max"),
    ("amount_min", "amount_max"),
    ("expense_min", "expense_max"),
)
_MOST_LABEL = 110


@dataclass(frozen=True)
class Rule:
    """A funding line.

    Attributes:
        sums: what it gives.
        band: the population that it's for, where it's for one.
        who: the applicants that it's for, where it's for some alone.
        label: what it applies to, with the words of the document; empty where it's the only one.
    """

    sums: tuple[Found[Sum], ...]
    band: Found[Band] | None = None
    who: tuple[Beneficiary, ...] = ()
    label: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that say it, each once."""
        told = [item.statement for item in self.sums] + ([self.band.statement] if self.band else [])
        return tuple(dict.fromkeys(told))

    @property
    def fields(self) -> frozenset[SumField]:
        """The fields that it fills."""
        return frozenset(item.value.field for item in self.sums)

    @property
    def gives_rate(self) -> bool:
        """Whether it gives a rate."""
        return bool(self.fields & _RATES)

    @property
    def is_budget(self) -> bool:
        """Whether it gives a budget."""
        return "envelope" in self.fields

    @property
    def says(self) -> frozenset[object]:
        """What it says, whichever statement does."""
        return frozenset(
            [*(item.value for item in self.sums), self.band.value if self.band else None, *self.who]
        )


@dataclass(frozen=True)
class Rules:
    """The funding lines of a draft, and what may be one."""

    lines: tuple[Rule, ...]
    doubts: tuple[Doubt, ...]


def rules_of(units: Iterable[tuple[Unit, bool]]) -> Rules:
    """Read the funding lines.

    Args:
        units: each unit, with whether it stands under a heading that announces amounts.
    """
    doubts: list[Doubt] = []
    read: list[Rule] = []
    for unit, under_amounts in units:
        for rule in _rules(unit, doubts, under_amounts=under_amounts):
            if rule.says not in {other.says for other in read}:
                read.append(rule)
    lines = _joined(read)
    rates = [line for line in lines if line.gives_rate]
    several = len(rates) > 1
    if several and not all(line.band or line.who for line in rates):
        why = "plusieurs taux : dites à quoi s’applique chaque ligne de « funding » (label, when)"
        doubts.append(Doubt(why, rates[0].statements[0]))
    if len(lines) > 1:
        lines = [replace(line, label=_label(line)) for line in lines]
    return Rules(tuple(lines), tuple(doubts))


def _rules(unit: Unit, doubts: list[Doubt], *, under_amounts: bool) -> Iterator[Rule]:
    """The lines of a unit, a budget by itself; none where a part of it can't be typed for sure."""
    read = list(sums_in(unit, under_amounts=under_amounts))
    doubts += [item for item in read if isinstance(item, Doubt)]
    found = firsts([item for item in read if isinstance(item, Found)])
    yield from (Rule((item,)) for item in found if item.value.field == "envelope")
    sums = [item for item in found if item.value.field != "envelope"]
    if not sums:
        return
    if len({item.value.field for item in sums}) < len(sums):
        doubts.append(Doubt("plusieurs taux ou plusieurs sommes dans une phrase", unit.statement))
        return
    bands = list(bands_in(unit))
    unsure = [item for item in bands if isinstance(item, Doubt)]
    is_of_aid = any(item.value.field.startswith(("rate", "amount")) for item in sums)
    if unsure and is_of_aid:
        doubts += unsure
        return
    band = next((item for item in bands if isinstance(item, Found)), None)
    named = named_in(unit.said) or named_in(unit.folded)
    alone = is_of_aid and Beneficiary.COMMUNE not in named
    yield Rule(tuple(sums), band if is_of_aid else None, named if alone else ())


def _joined(read: Sequence[Rule]) -> list[Rule]:
    """The lines, what is told of the aid in several sentences as one where it gives one rate alone."""
    rates = [rule for rule in read if rule.gives_rate]
    is_one = len(rates) <= 1 and not any(rule.band for rule in rates)
    # Applicants set lines apart only where there are several.
    apart = [rule if len(rates) > 1 else replace(rule, who=()) for rule in read]
    lines: list[Rule] = []
    for rule in apart:
        base = next((place for place, line in enumerate(lines) if not line.is_budget and not line.band), None)
        joins = is_one and base is not None and not rule.is_budget and not rule.band
        if joins and base is not None and not lines[base].fields & rule.fields:
            lines[base] = replace(lines[base], sums=(*lines[base].sums, *rule.sums))
        else:
            lines.append(rule)
    return [line for line in lines if _in_order(line)]


def _in_order(line: Rule) -> bool:
    told = {item.value.field: item.value.value for item in line.sums}
    return all(told.get(low, 0.0) <= told.get(high, inf) for low, high in _PAIRS)


def _label(line: Rule) -> str:
    text = line.statements[0].text.rstrip(" .;")
    return text if len(text) <= _MOST_LABEL else text[:_MOST_LABEL].rpartition(" ")[0] + "…"
