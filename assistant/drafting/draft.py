"""Read a document as a proposed fiche: every typed value that it states, and where its statements go."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.choosing.headings import Headings
from assistant.drafting.applicants import applicants_in, vague_in
from assistant.drafting.bands import bands_in
from assistant.drafting.conditions import Condition, conditions_in
from assistant.drafting.naming import aliases_of, name_of
from assistant.drafting.payer import payer_of
from assistant.drafting.periods import Period, periods_in
from assistant.drafting.placing import Placer
from assistant.drafting.rules import Rule, Rules, rules_of
from assistant.drafting.shape import Draft
from assistant.drafting.subjects import forms_of, topics_of
from assistant.drafting.who_must import Applicant, applicant_of
from assistant.errors import NoScheme
from assistant.reading.stated.finding import Doubt, Found, firsts
from assistant.reading.stated.statement import Statement, Unit, plain, statements_of
from assistant.reading.stated.sums import sums_in
from corpus.fiches.document import Document
from corpus.fiches.fiche import SECTION_TITLES
from corpus.labels import Beneficiary

_CONTACT = re.compile(
    r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,3}|https?://[^\s»)]{4,200}|(?<!\d)0\d(?:[ .\u00a0]\d\d){4}(?!\d)"
    r"|\b(?:[a-z-]{2,40}\.){1,3}(?:fr|eu|org|com)\b"
)
_AID = re.compile(
    r"\b(?:subvention\w{0,6}|(?<!a l')aides?|dispositifs?|dotations?|fonds|appels? a (?:projets|candidatures|manifestation)|programmes?|financ\w{1,7}|cofinanc\w{1,7}|prets?)\b"
)
_OFTEN = 3
_UNDER_AMOUNTS = "Montant"


@dataclass(frozen=True)
class _Read:
    """What the units of a document say, before its statements are placed."""

    rules: Rules
    periods: list[Found[Period]]
    beneficiaries: list[Found[Beneficiary]]
    doubts: list[Doubt]


def draft_of(
    document: Document,
    *,
    is_titled: bool,
    is_published: bool,
    headings: Headings | None,
    taken: Callable[[], Collection[str]],
) -> Draft:
    """Read a document as the draft of a fiche.

    Args:
        document: the document.
        is_titled: whether it states its title, rather than the name of its file.
        is_published: whether it says who publishes it.
        headings: the trained reader of headings; None to go by words alone.
        taken: gives the names of other fiches, folded.

    Raises:
        NoScheme: no sentence of it speaks of an aid.
    """
    statements = statements_of(document)
    placer = Placer(headings)
    units = [(unit, placer.under(statement)) for statement in statements for unit in statement.units]
    read = _read(units)
    payer = payer_of(document.title, document.sources[0].publisher if is_published else "", statements)
    if not _is_of_aid(document.title, statements, read):
        raise NoScheme(document.path)
    said = _said(read, units)
    sections = {statement.number: placer.place(statement, said) for statement in statements}
    own = [item for item in statements if not item.is_title]
    funder = payer if isinstance(payer, Found) else None
    speaking = [
        unit for unit, _ in units if sections[unit.statement.number] == "Bénéficiaires" or _names_payer(unit)
    ]
    applicant = applicant_of(
        speaking,
        [statement for line in read.rules.lines for statement in line.statements],
        funder.value if funder else None,
        [line.band for line in read.rules.lines if line.band],
    )
    conditions, unsure = _conditions(units, sections, applicant, read.rules.lines)
    for item in (*conditions, *applicant.bands, *applicant.lists, *applicant.departments):
        sections[item.statement.number] = sections[item.statement.number] or "Bénéficiaires"
    name = name_of(document.title, statements, is_stated=is_titled)
    aliases, named_twice = aliases_of(name.value, statements, taken())
    doubts = [
        *read.doubts,
        *applicant.doubts,
        *unsure,
        *named_twice,
        *([payer] if isinstance(payer, Doubt) else []),
    ]
    return Draft(
        name=name,
        aliases=aliases,
        source=document.sources[0],
        funder=funder,
        forms=tuple(forms_of(statements, _paying(read.rules.lines))),
        beneficiaries=tuple(sorted(read.beneficiaries, key=lambda item: list(Beneficiary).index(item.value))),
        topics=tuple(topics_of(name.value, own, sections)),
        lines=read.rules.lines,
        periods=tuple(read.periods),
        applicant=applicant,
        conditions=tuple(conditions),
        sections=_by_section(own, sections),
        contacts=tuple(_contacts(own)),
        doubts=_in_order(doubts),
        left_out=sum(not sections[item.number] for item in own),
    )


def _read(units: Sequence[tuple[Unit, str]]) -> _Read:
    rules = rules_of((unit, under == _UNDER_AMOUNTS) for unit, under in units)
    dated = [item for unit, _ in units for item in periods_in(unit)]
    periods = firsts([item for item in dated if isinstance(item, Found)])
    who = firsts([item for unit, under in units if under != "Cumul" for item in applicants_in(unit)])
    vague = [item for unit, _ in units for item in vague_in(unit)]
    doubts = [*rules.doubts, *vague, *(item for item in dated if isinstance(item, Doubt))]
    return _Read(rules, periods, who, doubts)


def _said(read: _Read, units: Sequence[tuple[Unit, str]]) -> dict[int, str]:
    """By number of statement, the section that what is typed in it belongs to."""
    said = {item.statement.number: "Bénéficiaires" for item in read.beneficiaries}
    said |= {
        unit.statement.number: "Bénéficiaires"
        for unit, under in units
        if under in {"", "Bénéficiaires"} and any(bands_in(unit))
    }
    said |= {item.statement.number: "Calendrier" for item in read.periods}
    return said | {item.number: "Montant" for line in read.rules.lines for item in line.statements}


def _names_payer(unit: Unit) -> bool:
    return "conseil departemental" in unit.folded or "departement de" in unit.folded


def _conditions(
    units: Sequence[tuple[Unit, str]],
    sections: Mapping[int, str],
    applicant: Applicant,
    lines: Sequence[Rule],
) -> tuple[list[Found[Condition]], list[Doubt]]:
    """The conditions that no typed value says already, and what may be one; each key is there once."""
    typed = {item.statement.number for item in (*applicant.bands, *applicant.lists)}
    typed |= {item.number for line in lines for item in line.statements}
    found: list[Found[Condition]] = []
    doubts: list[Doubt] = []
    keys: set[str] = set()
    for unit, _ in units:
        statement = unit.statement
        is_whole = len(statement.units) == 1
        if statement.is_title or (statement.number in typed and (is_whole or _is_typed(unit))):
            continue
        for item in conditions_in(unit, sections[statement.number]):
            if isinstance(item, Doubt):
                doubts.append(item)
            elif item.value.fact not in keys:
                keys.add(item.value.fact)
                found.append(item)
    return found, doubts


def _is_of_aid(title: str, statements: Sequence[Statement], read: _Read) -> bool:
    """Whether a document is about an aid: it names one, and says who may have it, how much or when; or often."""
    texts = (plain(title), *(item.folded for item in statements))
    named = sum(_AID.search(text) is not None for text in texts)
    return bool(named and (read.rules.lines or read.periods or read.beneficiaries)) or named >= _OFTEN


def _paying(lines: Sequence[Rule]) -> Statement | None:
    return next((line.statements[0] for line in lines if line.fields & {"rate_max", "amount_max"}), None)


def _is_typed(unit: Unit) -> bool:
    return any(bands_in(unit)) or any(sums_in(unit, under_amounts=False))


def _by_section(
    statements: Sequence[Statement], sections: Mapping[int, str]
) -> dict[str, tuple[Statement, ...]]:
    placed = {
        title: tuple(item for item in statements if sections[item.number] == title)
        for title in SECTION_TITLES
    }
    return {title: found for title, found in placed.items() if found}


def _contacts(statements: Sequence[Statement]) -> list[Found[str]]:
    found = [
        Found(match.group().rstrip("."), item)
        for item in statements
        for match in _CONTACT.finditer(item.text)
    ]
    return firsts(found)


def _in_order(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    ranked = sorted(dict.fromkeys(doubts), key=lambda item: item.statement.number if item.statement else -1)
    return tuple(ranked)
