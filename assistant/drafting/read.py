"""Read a file as the draft of a fiche: what reads files and headings meets what reads statements."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from assistant.choosing.headings import Headings
from assistant.drafting.draft import draft_of
from assistant.drafting.shape import Draft
from ingest.load import Loaded, load


@dataclass(frozen=True)
class Drafted:
    """A draft with the document that it was read from."""

    draft: Draft
    loaded: Loaded


def draft_file(
    path: Path, *, address: str | None = None, taken: Callable[[], Collection[str]] = frozenset
) -> Drafted:
    """Draft a fiche from a file.

    Args:
        path: the file, of any format that is read.
        address: of the page that the file is a copy of.
        taken: gives the names of other fiches, folded as :func:`assistant.drafting.naming.key` does; asked for
            once a document is known to be of an aid.

    Raises:
        LoadError: the file can't be read, or holds no text.
        NoScheme: no sentence of it speaks of an aid.
        UnreadableReader: the trained reader is missing or damaged.
    """
    loaded = load(path, address)
    draft = draft_of(
        loaded.document,
        is_titled="title" not in loaded.missing,
        is_published="publisher" not in loaded.missing,
        headings=Headings.load(),
        taken=taken,
    )
    return Drafted(draft, loaded)
