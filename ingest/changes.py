"""What an ingestion changes in an index: documents new, changed and gone, with a diff of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.chunk import Chunk
from ingest.former import FormerPassages
from ingest.generations import Manifest
from ingest.spool import ChunkSpool


@dataclass(frozen=True, slots=True)
class Change:
    """A document that is new, gone, or says something else.

    Attributes:
        id: of the document.
        title: its title; before, when it's gone.
        origin: the file it's read from; None of a fiche.
        statements: how many statements it holds now.
        added: statements that it didn't make before, in order; none when it's new.
        removed: statements that it makes no more, in order; none when it's gone. A document that changed
            without either has another title, date, address or headings.
    """

    id: str
    title: str
    origin: str | None
    statements: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """All that an ingestion changes."""

    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()


def find_changes(
    chunks: ChunkSpool, origins: Mapping[str, str], before: Manifest | None, former: FormerPassages
) -> Changes:
    """Compare what is to be indexed with what serves; a document at a time is held in memory.

    Args:
        chunks: what is to be indexed.
        origins: the file of each document.
        before: manifest of what serves; None when nothing does: all is new.
        former: its passages.
    """
    known = before.digests if before else {}
    new: list[Change] = []
    changed: list[Change] = []
    for name, group in groupby(chunks, key=lambda chunk: chunk.document_id):
        if known.get(name) == chunks.digests[name]:
            continue
        now, earlier = tuple(group), former.of(name)
        if not earlier:
            new.append(_change(now, origins))
        elif now != earlier:
            added, removed = _difference(_statements(earlier), _statements(now))
            changed.append(_change(now, origins, added, removed))
    lost = [name for name in (before.documents if before else {}) if name not in chunks.documents]
    return Changes(tuple(new), tuple(changed), tuple(_gone(lost, former)))


def _change(
    chunks: Sequence[Chunk],
    origins: Mapping[str, str],
    added: tuple[str, ...] = (),
    removed: tuple[str, ...] = (),
) -> Change:
    name = chunks[0].document_id
    return Change(name, chunks[0].title, origins.get(name), len(_statements(chunks)), added, removed)


def _gone(names: Iterable[str], former: FormerPassages) -> Iterator[Change]:
    for name in names:
        chunks = former.of(name)
        yield Change(name, chunks[0].title if chunks else name, former.origin(name), 0)


def _statements(chunks: Iterable[Chunk]) -> list[str]:
    return [sentence.text for chunk in chunks for sentence in chunk.sentences]


def _difference(before: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Statements that only one of two lists holds, or holds more often: added, then removed."""
    return tuple(_more(now, before)), tuple(_more(before, now))


def _more(these: Sequence[str], those: Sequence[str]) -> Iterator[str]:
    left = Counter(those)
    for text in these:
        if left[text]:
            left[text] -= 1
        else:
            yield text
