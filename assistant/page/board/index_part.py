"""The index in service: when it was made, of which documents, what is wrong with where these were read."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from assistant.page.board import words
from assistant.page.board.table import Part, Table
from ingest.errors import IngestError, NoIndex
from ingest.generations import Generations, Manifest

log = logging.getLogger(__name__)
_MOST_DOCUMENTS = 1000
_MINUTES = "%Y-%m-%d %H:%M"


def index_part(generations: Generations) -> Part:
    """Show what the manifests say, held against what is on this machine now; no passage is read."""
    try:
        manifest = generations.manifest()
    except NoIndex:
        return Part("index", words.INDEX, said=(words.NO_INDEX,))
    except IngestError as error:
        log.warning("the manifest can't be read: %s", error)
        return Part("index", words.INDEX, said=(str(error),))
    documents = [_document(manifest, name, origin) for name, origin in sorted(manifest.origins.items())]
    return Part(
        "index",
        words.INDEX,
        tables=(
            Table(
                "indexations",
                words.INDEX_TABLE,
                words.INDEX_HEAD,
                list(_generations(generations, manifest)),
                numbers=frozenset({1, 2}),
            ),
            Table(
                "sources",
                words.SOURCES_TABLE,
                words.SOURCES_HEAD,
                list(_sources(manifest)),
                numbers=frozenset({1, 2}),
            ),
            Table(
                "documents",
                words.DOCUMENTS_TABLE,
                words.DOCUMENTS_HEAD,
                sorted(documents, key=lambda row: row[3] == words.FINE)[:_MOST_DOCUMENTS],
                empty=words.NO_DOCUMENTS,
                folded=words.SOURCES_SEE if documents else "",
                numbers=frozenset({2}),
            ),
        ),
    )


def _generations(generations: Generations, current: Manifest) -> Iterator[Sequence[str]]:
    state = words.IN_SERVICE if current.has_vectors else words.WORDS_ONLY
    yield _made(current), str(len(current.documents)), str(current.chunks), state
    if current.previous:
        with suppress(IngestError, OSError):  # it's gone where another cleaned up
            before = generations.manifest(current.previous)
            yield _made(before), str(len(before.documents)), str(before.chunks), words.FORMER


def _made(manifest: Manifest) -> str:
    try:
        return datetime.fromisoformat(manifest.created).strftime(_MINUTES)
    except ValueError:
        return manifest.created


def _sources(manifest: Manifest) -> Iterator[Sequence[str]]:
    fiches = [name for name in manifest.documents if name not in manifest.origins]
    yield _source(manifest, words.FICHES, fiches, words.FINE)
    for path in manifest.paths:
        below = [name for name, origin in manifest.origins.items() if _is_below(origin, Path(path))]
        problem = words.FINE if below else words.NOTHING_FROM
        yield _source(manifest, path, below, problem if _exists(path) else words.GONE)
    for site in manifest.sites:
        yield site, words.FINE, words.FINE, words.FINE  # a page isn't told apart by the site it was read for


def _source(manifest: Manifest, name: str, documents: Sequence[str], problem: str) -> Sequence[str]:
    chunks = sum(manifest.documents.get(document, 0) for document in documents)
    return name, str(len(documents)), str(chunks), problem


def _document(manifest: Manifest, name: str, origin: str) -> Sequence[str]:
    chunks = manifest.documents.get(name, 0)
    return name, origin, str(chunks), _problem(origin, manifest.created, chunks)


def _problem(origin: str, created: str, chunks: int) -> str:
    if not origin.startswith(("http://", "https://")):
        if not _exists(origin):
            return words.GONE
        with suppress(OSError, ValueError):
            # The manifest is dated to the second.
            if Path(origin).stat().st_mtime >= datetime.fromisoformat(created).timestamp() + 1:
                return words.CHANGED
    return words.FEW if chunks == 1 else words.FINE


def _is_below(origin: str, path: Path) -> bool:
    return not origin.startswith(("http://", "https://")) and Path(origin).is_relative_to(path)


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:
        return False
