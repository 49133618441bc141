"""What a plain form sends: texts made whole, cut of nothing, refused when too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request

from assistant.api.guards.whole_text import mended
from assistant.page.plain import words

MOST_SEARCHED = 300
MOST_NAME = 100
_MOST_FIELDS = 200
UNSURE = "nsp"
_ANSWERS = {"oui": True, "non": False}


@dataclass(frozen=True, slots=True)
class Field:
    """A text as it was sent, and the sentence that refuses it, empty when it's read."""

    text: str
    refusal: str = ""

    @property
    def usable(self) -> str:
        """The text to work with: none when it's refused."""
        return "" if self.refusal else self.text


def field(values: Mapping[str, str], name: str, most: int) -> Field:
    """A text of a form; one of more than ``most`` characters comes back shortened, with its refusal."""
    text = mended(values.get(name, "")).replace("\x00", "").strip()
    if len(text) <= most:
        return Field(text)
    return Field(text[:most], words.too_long(len(text), most))


def answers_in(values: Iterable[tuple[str, str]]) -> dict[str, bool]:
    """The answers by yes or no among the fields of a form, by name; the last of a name counts."""
    return {name: _ANSWERS[value] for name, value in dict(values).items() if value in _ANSWERS}


def unsure_in(values: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The names of the questions whose last answer is that the applicant doesn't know."""
    return frozenset(name for name, value in dict(values).items() if value == UNSURE)


async def posted(request: Request) -> dict[str, str]:
    """The fields of a form sent as its body; none of a body that isn't one."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return dict(pairs)
