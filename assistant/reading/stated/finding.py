"""What is found in a document: a typed value with the statement that says it, or a doubt to be checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from assistant.reading.stated.statement import Statement

Value = TypeVar("Value", covariant=True)
Confidence = Literal["sure", "likely"]
"""``sure`` where the words say it in full; ``likely`` where a part is understood from what stands around."""


@dataclass(frozen=True)
class Found(Generic[Value]):
    """A typed value.

    Attributes:
        value: the value, as a fiche types it.
        statement: the statement that says it.
        confidence: how sure it is.
    """

    value: Value
    statement: Statement
    confidence: Confidence = "sure"


@dataclass(frozen=True)
class Doubt:
    """Something that may be typed, and isn't: the officer decides.

    Attributes:
        why: what to check, in French, without final stop.
        statement: where it stands; None where it's about the whole document.
    """

    why: str
    statement: Statement | None = None


def firsts(found: list[Found[Value]]) -> list[Found[Value]]:
    """Each value once, with the surest statement that says it, the first of them where several are."""
    best: dict[Value, Found[Value]] = {}
    for item in found:
        known = best.get(item.value)
        if known is None or (known.confidence == "likely" and item.confidence == "sure"):
            best[item.value] = item
    return list(best.values())
