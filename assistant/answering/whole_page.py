"""The plain page that answers a question first, whole: all its sentences, and those that were weighed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.choosing.evidence import Evidence
from assistant.eligibility.citations import is_table
from assistant.eligibility.facts import Facts
from assistant.reading.stated.statement import Statement, Unit, words_of
from assistant.reply import Citation, Reply
from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import fold
from ingest.chunk import Chunk, ChunkSentence


@dataclass(frozen=True, slots=True)
class WholePage:
    """A page.

    Attributes:
        statements: all its sentences, as they're read, in its order.
        evidence: those that were weighed, by the number of their statement: they alone may be cited.
        chunk: one of its passages.
        titles: its title and who publishes it.
    """

    statements: tuple[Statement, ...]
    evidence: Mapping[int, Evidence]
    chunk: Chunk
    titles: str

    def weighed(self, unit: Unit) -> Evidence | None:
        """The sentence of a unit; None where it wasn't found for the question."""
        return self.evidence.get(unit.statement.number)


def page_answering(
    base: Reply, evidence: Sequence[Evidence], passages: Callable[[str], Sequence[Chunk]]
) -> WholePage | None:
    """The plain page that answers first, with all its sentences; None where a fiche does.

    Args:
        base: the reply.
        evidence: the sentences weighed.
        passages: gives all the passages of a document.
    """
    source = opened_by_a_page(base) if base.status == "answered" else None
    chunks = passages(source.document_id) if source is not None else ()
    if not chunks:
        return None
    own = {item.sentence.text: item for item in evidence if _is_of(item, chunks[0].document_id)}
    sentences = list({item.text: item for chunk in chunks for item in chunk.sentences}.values())
    weighed = {place: own[item.text] for place, item in enumerate(sentences) if item.text in own}
    publishers = (source.publisher or "" for source in chunks[0].sources)
    titles = " ".join((chunks[0].title, *publishers))
    return WholePage(tuple(_statements(sentences)), weighed, chunks[0], titles)


def opened_by_a_page(reply: Reply) -> Citation | None:
    """The citation of the first sentence that answers, where it's a plain page's; else None."""
    cited = {item.n: item for item in reply.citations}
    first = next((item for item in reply.lines if item.kind == "statement" and item.citations), None)
    source = cited.get(first.citations[0]) if first is not None else None
    is_page = source is not None and source.scheme_id is None and not is_table(source.document_id)
    return source if is_page else None


def is_elsewhere(facts: Facts, page: WholePage) -> bool:
    """Whether a page is of another department than the one that the applicant is in."""
    own = facts.commune.department if facts.commune is not None else facts.department
    named = {code for code, name in DEPARTMENTS.items() if re.search(rf"\b{fold(name)}\b", fold(page.titles))}
    return own is not None and bool(named) and own not in named


def _is_of(item: Evidence, document: str) -> bool:
    return item.hit.chunk.document_id == document and item.hit.chunk.scheme_id is None


def _statements(sentences: Sequence[ChunkSentence]) -> Iterator[Statement]:
    for place, item in enumerate(sentences):
        yield Statement(place, words_of(item.text), (item.section,) if item.section else (), item.page)
