"""Which pages a question is about beside the schemes it names: those nearer to it, one named by its title."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.intents import content_words
from assistant.reading.names import SchemeNames
from assistant.search.hits import RetrievedChunk
from assistant.search.schemes import RankedScheme
from corpus.fiches.catalogue import Catalogue
from ingest.lexical import analyse

# So many pages may answer with a scheme.
MOST_BESIDE = 3
# How far below the nearest sentence of the schemes named that of a page may be.
_NEARLY = 0.06
# So many words of the title of a page name it.
_OF_A_TITLE = 2


def pages_beside(
    named: Sequence[str],
    ranked: Sequence[RankedScheme],
    hits: Sequence[RetrievedChunk],
    catalogue: Catalogue,
    names: SchemeNames,
) -> tuple[str, ...]:
    """The pages, nearest first, a sentence of which is nearer to a question than all those of its schemes.

    A fiche says in short what a circular or a decree says at length: what is asked may stand there alone.
    That a fiche doesn't know it is near to the question, and no reason not to look there.
    Such a page names one of the schemes too. Where no scheme is named, what the question is about is ranked,
    pages among the rest.

    Args:
        named: the schemes that the question names, or goes on with.
        ranked: every scheme and page that it may be about.
        hits: the passages found, best first.
        catalogue: the schemes.
        names: recognises the schemes that a text names.
    """
    nearest = max((item.near.telling for item in ranked if item.scheme_id in named), default=0.0)
    nearer = sorted(
        (item for item in ranked if item.scheme_id not in catalogue and item.near.best > nearest - _NEARLY),
        key=lambda item: -item.near.best,
    )
    beside = (item.scheme_id for item in nearer if _names_one(item.scheme_id, named, hits, names))
    return tuple(name for name, _ in zip(beside, range(MOST_BESIDE), strict=False))


def is_named(text: str, page: str, hits: Sequence[RetrievedChunk]) -> bool:
    """Whether a message holds several words of the title of a page found.

    Args:
        text: the message.
        page: id of the page's document.
        hits: the passages found.
    """
    title = next((hit.chunk.title for hit in hits if hit.chunk.document_id == page), "")
    return len(set(analyse(content_words(text))) & set(analyse(title))) >= _OF_A_TITLE


def _names_one(page: str, named: Sequence[str], hits: Sequence[RetrievedChunk], names: SchemeNames) -> bool:
    """Whether a page names one of some schemes, in its title or in a passage found."""
    own = [hit.chunk for hit in hits if hit.chunk.document_id == page]
    texts = [own[0].title, *(chunk.searched_text for chunk in own)] if own else []
    return any(not set(named).isdisjoint(names.find(text)) for text in texts)
