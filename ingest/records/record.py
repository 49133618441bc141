"""A scheme as a feed tells it, whichever feed: ready to be made a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """What a record says on one thing.

    Attributes:
        heading: what it's on, as the heading of a section; of a fiche, where it has such a section.
        facts: statements of their own: « Taux de subvention : de 20 % à 50 %. ».
        text: plain or HTML, cut into statements as a page is.
    """

    heading: str
    facts: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class SchemeRecord:
    """A scheme of a feed.

    Attributes:
        title: its name.
        publisher: who funds it; empty when the record doesn't say.
        url: its page.
        published: ISO date.
        updated: ISO date.
        deadline: ISO date of the last day on which one may apply.
        credit: where the record comes from, under which licence; empty when that isn't known.
        aliases: further names.
        topics: what it says, in order.
        unread: of each field that isn't understood, a French line.
    """

    title: str
    publisher: str
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    deadline: str | None = None
    credit: str = ""
    aliases: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    unread: tuple[str, ...] = ()
