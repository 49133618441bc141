"""What a drafted fiche holds: typed values with their statements, sections, and what is left to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.drafting.conditions import Condition
from assistant.drafting.naming import Name
from assistant.drafting.periods import Period
from assistant.drafting.rules import Rule
from assistant.drafting.who_must import Applicant
from assistant.reading.stated.finding import Doubt, Found
from assistant.reading.stated.statement import Statement
from corpus.labels import AidType, Beneficiary, Funder, Topic
from corpus.source import Source


@dataclass(frozen=True)
class Draft:
    """What a document says of a scheme, as a fiche would have it.

    Attributes:
        name: its name.
        aliases: what people call it.
        source: the document.
        funder: who pays; None when it isn't clear.
        forms: the forms of the aid.
        beneficiaries: who may receive it.
        topics: what it's about, the main one first.
        lines: the funding lines.
        periods: the periods of requests.
        applicant: what the applicant must be.
        conditions: those to check by hand.
        sections: the statements that go to each section of a fiche, in its order.
        contacts: addresses and telephones, with the statements that give them.
        doubts: what is left to check, in the order of the document.
        left_out: how many statements go to no section.
    """

    name: Name
    aliases: tuple[str, ...]
    source: Source
    funder: Found[Funder] | None
    forms: tuple[Found[AidType], ...]
    beneficiaries: tuple[Found[Beneficiary], ...]
    topics: tuple[Found[Topic], ...]
    lines: tuple[Rule, ...]
    periods: tuple[Found[Period], ...]
    applicant: Applicant
    conditions: tuple[Found[Condition], ...]
    sections: Mapping[str, tuple[Statement, ...]]
    contacts: tuple[Found[str], ...]
    doubts: tuple[Doubt, ...]
    left_out: int
