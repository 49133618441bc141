"""A source of a fiche: who published it, where, when; and dates known only in part."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, TypeAdapter

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_URL = TypeAdapter(HttpUrl)


def parse_partial_date(value: object) -> str:
    """Return an ISO date cut at what is known: ``2023``, ``2023-07`` or ``2023-07-07``.

    Args:
        value: a YAML date, a year as an integer, or text in one of the three forms.

    Raises:
        ValueError: the value is no such date, or names a day that doesn't exist.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError("écrivez la date sous la forme 2023, 2023-07 ou 2023-07-07")
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(f"la date {text} n'existe pas : vérifiez le mois et le jour") from error
    return text


def check_url(value: object) -> str:
    """Return the text of an http(s) address, as it was written.

    Raises:
        ValueError: the text is no http(s) address.
    """
    text = str(value)
    if " " in text:
        raise ValueError("une adresse web ne contient pas d'espace")
    _URL.validate_python(text)
    return text


PartialDate = Annotated[str, BeforeValidator(parse_partial_date)]
WebAddress = Annotated[str, BeforeValidator(check_url)]


class Reference(BaseModel):
    """A published text: enough to find it again.

    Attributes:
        title: its title, as published.
        publisher: who published it.
        url: its address; None when the source has none.
        published: date of publication, as precise as known.
        updated: date of the last update stated by the source.
        date_note: what is known of the date when it isn't a date ("été 2023", "sans date").
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=3)
    publisher: str = Field(min_length=2)
    url: WebAddress | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    date_note: str | None = None


class Source(Reference):
    """A numbered source of a fiche or of a plain document.

    Attributes:
        n: its number.
        also: further pages that back the same number.
        valid_until: of a plain document, the last day on which what it says holds or may be asked for.
    """

    n: int = Field(ge=1)
    also: tuple[Reference, ...] = ()
    valid_until: PartialDate | None = None

    @property
    def year(self) -> int | None:
        """Year of the newest date that the source states, None when it states none."""
        dates = [text for text in (self.published, self.updated) if text]
        return max(int(text[:4]) for text in dates) if dates else None
