"""What a draft found, as data: each field with its words, its page and how sure it is; what is missing or to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.drafting.criteria import criteria_of
from assistant.drafting.fiche_text import funding_of, windows_of
from assistant.drafting.shape import Draft
from assistant.drafting.unknown import missing_fields, unknown_of
from assistant.reading.stated.finding import Doubt
from assistant.reading.stated.statement import Statement

Row = dict[str, object]


def report_of(draft: Draft) -> Row:
    """The report, ready for JSON.

    ``fields`` are rows of ``field``, ``value``, ``confidence`` (``sure`` or ``likely``) and ``statements``, each
    with its ``text`` and ``page`` (from 1, None in formats without pages).
    """
    return {
        "fields": list(_fields(draft)),
        "missing": list(missing_fields(draft)),
        "unknown": list(unknown_of(draft)),
        "to_check": [_doubt(doubt) for doubt in draft.doubts],
        "contacts": [{"value": item.value, **_said(item.statement)} for item in draft.contacts],
        "statements": sum(len(statements) for statements in draft.sections.values()),
        "left_out": draft.left_out,
    }


def _fields(draft: Draft) -> Iterator[Row]:
    named = [draft.name.statement] if draft.name.statement else []
    yield _row("name", draft.name.value, draft.name.confidence, named)
    if draft.funder is not None:
        yield _row("funder", draft.funder.value, draft.funder.confidence, [draft.funder.statement])
    for field, found in (
        ("aid_types", draft.forms),
        ("beneficiaries", draft.beneficiaries),
        ("topics", draft.topics),
    ):
        yield from (_row(field, item.value, item.confidence, [item.statement]) for item in found)
    for field, written in (
        ("funding", funding_of(draft)),
        ("windows", windows_of(draft)),
        ("criteria", criteria_of(draft)),
    ):
        for item in written:
            values = {name: value for name, value in item.values.items() if name != "source"}
            yield _row(field, values, item.confidence, item.statements)


def _row(field: str, value: object, confidence: str, statements: Sequence[Statement]) -> Row:
    return {
        "field": field,
        "value": value,
        "confidence": confidence,
        "statements": [_said(statement) for statement in statements],
    }


def _said(statement: Statement) -> Mapping[str, object]:
    return {"text": statement.text, "page": statement.page}


def _doubt(doubt: Doubt) -> Row:
    return {"why": doubt.why, **(_said(doubt.statement) if doubt.statement else {"text": None, "page": None})}
