"""The criteria of a drafted fiche, in order, each with the statements that say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.drafting.shape import Draft
from assistant.reading.stated.finding import Confidence
from assistant.reading.stated.statement import Statement
from corpus.french.typography import typeset
from corpus.labels import TOPIC_LABELS, TerritoryList, Topic

_LAUREATES = frozenset({TerritoryList.CVCB_PHASE_1, TerritoryList.CVCB_PHASE_2})
# Topics that say where or for whom, rather than what a project is.
_NO_PROJECT = frozenset({Topic.GENERAL, Topic.RURAL, Topic.DEPRIVED_AREA})


@dataclass(frozen=True)
class Written:
    """A mapping of a fiche, with what it rests on.

    Attributes:
        values: its fields, as YAML writes them.
        statements: the statements that say it.
        confidence: how sure it is.
    """

    values: Mapping[str, object]
    statements: tuple[Statement, ...]
    confidence: Confidence


def criteria_of(draft: Draft) -> tuple[Written, ...]:
    """The criteria: who asks, where, how many inhabitants, which list, what, at what cost, and the rest by hand."""
    return tuple(_criteria(draft))


def _criteria(draft: Draft) -> Iterator[Written]:
    who = draft.beneficiaries
    if who:
        values = {"kind": "beneficiary_in", "any_of": [item.value for item in who], "source": 1}
        sure: Confidence = "sure" if all(item.confidence == "sure" for item in who) else "likely"
        yield Written(values, tuple(dict.fromkeys(item.statement for item in who)), sure)
    where = draft.applicant.departments
    if where:
        values = {"kind": "located_in", "departments": sorted(item.value for item in where), "source": 1}
        yield Written(values, tuple(item.statement for item in where), where[0].confidence)
    yield from _population(draft)
    yield from _project(draft)
    for line in draft.lines:
        for item in line.sums:
            if (
                item.value.field == "expense_min"
                and not line.band
                and not line.who
                and len(_floors(draft)) == 1
            ):
                values = {"kind": "cost_between", "min_inclusive": _number(item.value.value), "source": 1}
                yield Written(values, (item.statement,), item.confidence)
    for found in draft.conditions:
        condition = found.value
        values = {"kind": "manual_check", "fact": condition.fact, "question": condition.question}
        if not condition.expected:
            values["expected"] = False
        yield Written(values | {"source": 1}, (found.statement,), found.confidence)


def _population(draft: Draft) -> Iterator[Written]:
    applicant = draft.applicant
    lists = [Written(_list(item.value), (item.statement,), item.confidence) for item in applicant.lists]
    for band in applicant.bands:
        values = {"kind": "population_between", **band.value.fields, "source": 1}
        if applicant.instead and lists and band.value.of == "commune":
            both = {"kind": "one_of", "source": 1, "criteria": [values, lists[0].values]}
            statements = tuple(dict.fromkeys((band.statement, *lists[0].statements)))
            yield Written(both, statements, "likely")
        else:
            yield Written(values, (band.statement,), band.confidence)
    if not applicant.instead:
        yield from lists


def _project(draft: Draft) -> Iterator[Written]:
    topics = [item for item in draft.topics if item.value not in _NO_PROJECT and item.confidence == "sure"]
    if topics:
        named = ", ou ".join(TOPIC_LABELS[item.value] for item in topics)
        asked = typeset(f"Le projet porte-t-il sur ce thème : {named} ?")
        values = {
            "kind": "project_is",
            "any_of": [item.value for item in topics],
            "question": asked,
            "source": 1,
        }
        yield Written(values, tuple(dict.fromkeys(item.statement for item in topics)), "likely")


def _list(named: tuple[TerritoryList, ...]) -> dict[str, object]:
    kind = "listed_in" if _LAUREATES.issuperset(named) else "has_label"
    return {"kind": kind, "any_of": list(named), "source": 1}


def _floors(draft: Draft) -> frozenset[float]:
    return frozenset(
        item.value.value for line in draft.lines for item in line.sums if item.value.field == "expense_min"
    )


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
