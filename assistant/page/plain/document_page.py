"""The page of an indexed document, ``GET /documents/{id}``: its source, its date, its text by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Request, Response

from assistant.answering.interface import AnswerEngine
from assistant.api.problems import problem_of
from assistant.eligibility.citations import cited_source
from assistant.page.plain import words
from assistant.page.plain.drawing import Pages
from assistant.page.plain.origin import origin_of
from ingest.chunk import Chunk
from ingest.errors import IngestError

# Passages that a page shows; a longer document goes on on the next.
_PASSAGES = 40
_MOST_ID = 300


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under a heading (empty before the first); ``page`` is its page, if there are pages."""

    heading: str
    page: int | None
    sentences: tuple[str, ...]


def document_router(pages: Pages) -> APIRouter:
    """Build the route."""
    router = APIRouter(include_in_schema=False)

    @router.get("/documents/{document_id}")
    def document(request: Request, document_id: str) -> Response:
        """Show a document of the index that is no fiche."""
        engine: AnswerEngine = request.app.state.engine
        try:
            passages = engine.document(document_id[:_MOST_ID])
        except IngestError as error:
            problem = problem_of(error)
            return pages.page(request, "missing.html", problem.status, title=problem.detail, near=[])
        if not passages or passages[0].scheme_id is not None:
            return pages.page(request, "missing.html", 404, title=words.UNKNOWN_DOCUMENT, near=[])
        count = -(-len(passages) // _PASSAGES)
        number = _page_asked(request.query_params.get("partie", ""), count)
        shown = passages[(number - 1) * _PASSAGES : number * _PASSAGES]
        return pages.page(
            request,
            "document.html",
            name=passages[0].title,
            origins=[origin_of(cited_source(source)) for source in passages[0].sources],
            parts=list(parts_of(shown)),
            number=number,
            count=count,
        )

    return router


def parts_of(passages: Sequence[Chunk]) -> Iterator[Part]:
    """The sentences of passages under their headings, as they follow one another."""
    sentences = (sentence for passage in passages for sentence in passage.sentences)
    for (heading, page), own in groupby(sentences, key=lambda item: (item.section, item.page)):
        yield Part(heading, page, tuple(sentence.text for sentence in own))


def _page_asked(text: str, count: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), count)
