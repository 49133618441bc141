"""A front matter before a text: title, publisher, address and dates, under names that people use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.dates import NO_DATES, PageDates, date_in
from ingest.formats.parts import Paragraph

_BLOCK = re.compile(r"\A\s*---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([\w-]{1,40})[ \t]*:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_TITLES = ("title", "titre", "name", "nom", "intitulé", "intitule", "objet")
# What says more than the title, in a sentence.
_SUBTITLES = (
    "sous_titre",
    "sous-titre",
    "subtitle",
    "chapeau",
    "chapo",
    "description",
    "résumé",
    "resume",
    "summary",
)
_PUBLISHERS = (
    "publisher",
    "éditeur",
    "editeur",
    "auteur",
    "auteurs",
    "auteur(s)",
    "auteurs(s)",
    "author",
    "source",
    "organisme",
)
_ADDRESSES = ("url", "adresse", "link", "lien", "canonical", "source")
_PUBLISHED = ("published", "date", "date de publication", "publié", "created")
_UPDATED = ("updated", "modified", "lastmod", "mis_a_jour", "date_maj")
# A value that reads as words: what a page calls itself where no field is called a title.
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a front matter says, and how many characters it takes, its rules included."""

    title: str | None = None
    subtitle: str | None = None
    publisher: str | None = None
    url: str | None = None
    dates: PageDates = NO_DATES
    length: int = 0

    @property
    def parts(self) -> tuple[Paragraph, ...]:
        """What of it is text: the subtitle."""
        return (Paragraph(self.subtitle),) if self.subtitle else ()

    @classmethod
    def of(cls, values: Mapping[str, str], length: int = 0) -> FrontMatter:
        """Read fields by their names; an address is only what begins as one."""
        address = _first(values, _ADDRESSES, begins="http")
        publisher = _first(values, _PUBLISHERS)
        return cls(
            title=_first(values, _TITLES),
            subtitle=_first(values, _SUBTITLES),
            publisher=None if publisher and publisher.startswith("http") else publisher,
            url=address,
            dates=PageDates(
                date_in(_first(values, _PUBLISHED) or ""), date_in(_first(values, _UPDATED) or "")
            ),
            length=length,
        )


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter at the start of a text; an empty one when there is none."""
    found = _BLOCK.match(text)
    if found is None:
        return FrontMatter()
    values = {match[1].lower(): _unquoted(match[2]) for match in _FIELD.finditer(found[1])}
    if not any(name in values for name in _TITLES):
        worded = next(
            (
                value
                for name, value in values.items()
                if len(value.split()) >= _TITLE_WORDS and name not in _SUBTITLES
            ),
            None,
        )
        if worded:
            values["title"] = worded
    return FrontMatter.of(values, found.end())


def _first(values: Mapping[str, str], names: tuple[str, ...], begins: str = "") -> str | None:
    return next(
        (values[name] for name in names if values.get(name, "").startswith(begins) and name in values), None
    )


def _unquoted(value: str) -> str:
    """A value without the quotation marks around it."""
    value = value.strip()
    if value[:1] in "«\"'" and value[-1:] in "»\"'" and len(value) > 1:
        return value[1:-1].strip(" \u00a0")
    return value
