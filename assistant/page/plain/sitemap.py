"""The addresses of every page for search engines, ``GET /sitemap.xml``."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from assistant.answering.interface import AnswerEngine
from assistant.page.plain.drawing import Pages

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_router(pages: Pages) -> APIRouter:
    """Build the route."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sitemap.xml")
    def sitemap(request: Request) -> Response:
        """List the pages: the catalogue, each scheme with the day it was checked, each commune."""
        engine: AnswerEngine = request.app.state.engine
        root = pages.root(request)
        listed = "".join(_entry(root + path, changed) for path, changed in _paths(engine))
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_NAMESPACE}">{listed}</urlset>\n'
        return Response(text, media_type="application/xml")

    return router


def _paths(engine: AnswerEngine) -> Iterator[tuple[str, str]]:
    yield from (("dispositifs", ""), ("communes", ""), ("question", ""))
    for scheme in engine.catalogue.schemes:
        yield f"dispositifs/{scheme.id}", scheme.checked.isoformat()
    for code in engine.eligibility.territory.communes:
        yield f"communes/{code}", ""


def _entry(address: str, changed: str) -> str:
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{last}</url>\n"
