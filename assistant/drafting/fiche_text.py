"""A draft as the text of a fiche: its front matter, each field after the words it comes from, then its statements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from assistant.drafting.criteria import Written, criteria_of
from assistant.drafting.rules import Rule
from assistant.drafting.shape import Draft
from assistant.drafting.unknown import missing_fields, unknown_of
from assistant.reading.stated.finding import Confidence, Found
from assistant.reading.stated.statement import Statement
from corpus.fiches.fiche import OPENING_SECTION, UNKNOWN_SECTION
from corpus.french.typography import typeset
from corpus.source import Source

CONFIDENCE: Mapping[Confidence, str] = {"sure": "sûr", "likely": "à confirmer"}
_MOST_QUOTED = 220
# A section of a fiche is read in one go: beyond, statements that nothing typed rests on are left out.
_MOST_STATEMENTS = 14
_FIRST_YEAR = "2000"
_NO_PUBLISHER = "Éditeur à préciser"
_MARKDOWN = re.compile(r"[\\`*<>\[\]#|]|(?<!\w)_|_(?!\w)")
_PLAIN = re.compile(r"[a-z][a-z_-]*|20\d\d(?:-\d\d){0,2}")
_ENDS = re.compile(r"[.!?…](?:[\u00a0 ]?[»)])?$")
_LISTED = re.compile(r"^(\d{1,9})([.)])(?=\s)")


def fiche_text(draft: Draft, identifier: str, today: date) -> str:
    """Write the fiche.

    Args:
        draft: the draft.
        identifier: the name of its file, without ``.md``.
        today: the day on which the document was read.
    """
    return "\n".join(["---", *_front(draft, identifier, today), "---", *_body(draft)]).rstrip("\n") + "\n"


def _front(draft: Draft, identifier: str, today: date) -> Iterator[str]:
    yield f"# Projet de fiche tiré de « {draft.source.title} » : chaque champ suit la phrase qui le dit."
    yield f"id: {identifier}"
    yield f"# {CONFIDENCE[draft.name.confidence]} : {quoted(draft.name.statement) or 'titre du document'}"
    yield f"name: {fiche_values(draft.name.value)}"
    yield f"aliases: {fiche_values(list(draft.aliases))}"
    missing = missing_fields(draft)
    for field, values in (
        ("funder", [draft.funder] if draft.funder else []),
        ("aid_types", draft.forms),
        ("beneficiaries", draft.beneficiaries),
        ("topics", draft.topics),
    ):
        if field in missing:
            yield f"# à compléter, le document ne le dit pas : {field}"
            continue
        yield from _values(field, values)
    note = typeset("projet de fiche tiré d’un document ; état non vérifié")
    yield f"status: {fiche_values({'state': 'unknown', 'as_of': _as_of(draft.source, today), 'note': note})}"
    yield f"checked: {today.isoformat()}"
    yield from _list("funding", funding_of(draft))
    yield from _list("windows", windows_of(draft))
    yield from _list("criteria", criteria_of(draft))
    yield "sources:"
    yield f"  - {fiche_values(_source(draft.source, today))}"
    for doubt in draft.doubts:
        said = f" — {quoted(doubt.statement)}" if doubt.statement else ""
        yield f"# à vérifier : {doubt.why}{said}"


def _values(field: str, found: Sequence[Found[object]]) -> Iterator[str]:
    for item in found:
        yield f"# {item.value}, {CONFIDENCE[item.confidence]} : {quoted(item.statement)}"
    values = [str(item.value) for item in found]
    yield f"{field}: {values[0] if field == 'funder' else fiche_values(values)}"


def _list(field: str, written: Sequence[Written]) -> Iterator[str]:
    if not written:
        return
    yield f"{field}:"
    for item in written:
        yield from (f"  {line}" for line in _said(item))
        yield f"  - {fiche_values(item.values)}"


def _said(item: Written) -> Iterator[str]:
    """What a mapping rests on; the question of a condition quotes it already."""
    if item.values.get("kind") != "manual_check":
        yield from _comments(item.statements, item.confidence)
        return
    pages = "".join(f" (p. {statement.page})" for statement in item.statements if statement.page)
    yield f"# {CONFIDENCE[item.confidence]} : l’énoncé est dans la question{pages}"


def _comments(statements: Iterable[Statement], confidence: Confidence) -> Iterator[str]:
    yield from (f"# {CONFIDENCE[confidence]} : {quoted(statement)}" for statement in statements)


def _rule(line: Rule) -> Written:
    values: dict[str, object] = {"label": line.label} if line.label else {}
    for item in line.sums:
        value = item.value
        values[value.field] = (
            int(value.value) if value.value.is_integer() and value.value > 1 else value.value
        )
        if value.field == "amount_max" and value.per != "project":
            values["per"] = value.per
    when: list[dict[str, object]] = []
    if line.who:
        when.append({"kind": "beneficiary_in", "any_of": [str(who) for who in line.who], "source": 1})
    if line.band:
        when.append({"kind": "population_between", **line.band.value.fields, "source": 1})
    if when:
        values["when"] = when
    sure: Confidence = "sure" if all(item.confidence == "sure" for item in line.sums) else "likely"
    return Written(values | {"source": 1}, line.statements, sure)


def funding_of(draft: Draft) -> tuple[Written, ...]:
    """The funding lines."""
    return tuple(_rule(line) for line in draft.lines)


def windows_of(draft: Draft) -> tuple[Written, ...]:
    """The windows."""
    return tuple(_windows(draft))


def _windows(draft: Draft) -> Iterator[Written]:
    for item in draft.periods:
        ends = {"opens": item.value.opens, "closes": item.value.closes}
        values = {name: day.isoformat() for name, day in ends.items() if day is not None}
        yield Written(values | {"source": 1}, (item.statement,), item.confidence)


def _source(source: Source, today: date) -> dict[str, object]:
    publisher = source.publisher if source.publisher != "Document ajouté" else _NO_PUBLISHER
    told: dict[str, object] = {"n": 1, "title": typeset(source.title), "publisher": typeset(publisher)}
    if source.url:
        told["url"] = source.url
    days = {"published": source.published, "updated": source.updated}
    told |= {name: day for name, day in days.items() if _is_past(day, today)}
    if "published" not in told and "updated" not in told:
        told["date_note"] = "sans date"
    return told


def _as_of(source: Source, today: date) -> str:
    dated = [day for day in (source.published, source.updated) if day and _is_past(day, today)]
    return max(dated, default=today.isoformat())


def _is_past(day: str | None, today: date) -> bool:
    """Whether a date is one that the checks of a fiche take for a past one."""
    return day is not None and _FIRST_YEAR <= day <= today.isoformat()


def _body(draft: Draft) -> Iterator[str]:
    typed = _typed(draft)
    sections = dict(draft.sections)
    if OPENING_SECTION not in sections:
        first = next(item for statements in sections.values() for item in statements)
        sections = {OPENING_SECTION: (first,), **sections}
    for title, statements in sections.items():
        yield f"## {title}"
        kept = [item for item in statements if item.number in typed]
        others = [item for item in statements if item.number not in typed]
        room = max(0, _MOST_STATEMENTS - len(kept))
        shown = sorted([*kept, *others[:room]], key=lambda item: item.number)
        yield from (f"- {bullet(item.text)} [1]" for item in shown)
        yield ""
    yield f"## {UNKNOWN_SECTION}"
    yield from (f"- {text}" for text in unknown_of(draft))


def _typed(draft: Draft) -> frozenset[int]:
    """The numbers of the statements that something typed rests on."""
    written = [*funding_of(draft), *windows_of(draft), *criteria_of(draft)]
    return frozenset(statement.number for item in written for statement in item.statements)


def bullet(text: str) -> str:
    """A statement as a bullet says it: a whole sentence, nothing of it read as Markdown."""
    text = text.rstrip(" \u00a0;,:")
    text = text[:1].upper() + text[1:]
    if not _ENDS.search(text):
        text += "."
    return _LISTED.sub(r"\1\\\2", _MARKDOWN.sub(lambda match: "\\" + match.group(), text))


def quoted(statement: Statement | None) -> str:
    """A statement between quotes, cut where it's long, with its page; empty for none."""
    if statement is None:
        return ""
    text = statement.text
    if len(text) > _MOST_QUOTED:
        text = text[:_MOST_QUOTED].rpartition(" ")[0] + "…"
    page = f" (p. {statement.page})" if statement.page else ""
    return f"« {text} »{page}"


def fiche_values(value: object) -> str:
    """A value as the front matter of a fiche writes it, on one line: plain where it can't be misread."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {fiche_values(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(fiche_values(inner) for inner in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return (
            value
            if value not in {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
            else f'"{value}"'
        )
    return json.dumps(value, ensure_ascii=False)
