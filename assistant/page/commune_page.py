"""The page of a commune, ``GET /communes/{code}``: every scheme sorted for it, sourced, without script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from fastapi import APIRouter, Request, Response

from assistant.answering.interface import AnswerEngine
from assistant.eligibility.commune_view import CommuneView
from assistant.eligibility.overview import Placed
from assistant.eligibility.request import EligibilityRequest, EligibilityResponse
from assistant.eligibility.service import EligibilityService
from assistant.page import texts
from assistant.page.commune_markup import facts_html, scheme_html
from assistant.page.legal import POLICY
from corpus.fiches.catalogue import Catalogue
from corpus.french.folding import fold
from corpus.labels import TOPIC_LABELS

_LONGEST = 100
_HTML = {"Content-Security-Policy": POLICY}


def commune_router() -> APIRouter:
    """Build the route."""
    router = APIRouter(include_in_schema=False)

    @router.get("/communes/{code}")
    def commune(request: Request, code: str) -> Response:
        """Show every scheme for the commune of an INSEE code; near names where there is no such commune."""
        engine: AnswerEngine = request.app.state.engine
        page = commune_page(engine.eligibility, engine.catalogue, code)
        if page is not None:
            return Response(page, media_type="text/html", headers=_HTML)
        near = engine.eligibility.suggest(code[:_LONGEST])
        return Response(unknown_page(code[:_LONGEST], near), 404, media_type="text/html", headers=_HTML)

    return router


def commune_page(service: EligibilityService, catalogue: Catalogue, code: str) -> str | None:
    """The page of a commune, whole; None for a code that is no commune's of the region."""
    commune = service.territory.communes.get(code)
    if commune is None:
        return None
    found = service.overview(commune)
    response = service.check(EligibilityRequest(commune=f"insee:{code}"))
    groups = (
        (texts.GROUP_LIKELY, found.likely),
        (texts.GROUP_CHECK, found.check),
        (texts.GROUP_EXCLUDED, found.excluded),
        (texts.GROUP_ASIDE, found.aside),
    )
    body = "".join(_group(title, items, response, catalogue) for title, items in groups if items)
    facts = facts_html(response.commune) if response.commune else ""
    return _page(
        texts.COMMUNE_TITLE.format(commune=commune.label), f"{facts}<p>{escape(texts.COMPUTED)}</p>{body}"
    )


def unknown_page(code: str, near: Sequence[CommuneView]) -> str:
    """The page for a code that is no commune's: the communes that may be meant, each with its link."""
    links = "".join(f'<li><a href="{escape(item.insee)}">{escape(item.label)}</a></li>' for item in near)
    offered = f"<p>{escape(texts.NEAR_COMMUNES)}</p><ul>{links}</ul>" if links else ""
    return _page(
        texts.NO_SUCH_COMMUNE, f"<p>{escape(texts.NO_COMMUNE_OF_CODE.format(code=code))}</p>{offered}"
    )


def _group(title: str, items: Sequence[Placed], response: EligibilityResponse, catalogue: Catalogue) -> str:
    """A group of schemes, by theme."""
    shapes = {shape.scheme_id: shape for shape in response.eligibility}
    citations = {citation.n: citation for citation in response.citations}
    by_theme = sorted(items, key=lambda item: fold(_theme(item)))
    themes = "".join(
        f"<h3>{escape(theme[:1].upper() + theme[1:])}</h3>"
        + "".join(
            scheme_html(shapes[item.scheme.id], catalogue.scheme(item.scheme.id).name, citations)
            for item in own
        )
        for theme, own in groupby(by_theme, key=_theme)
    )
    return f'<section><h2>{escape(title)} <span class="count">({len(items)})</span></h2>{themes}</section>'


def _theme(item: Placed) -> str:
    return TOPIC_LABELS[item.scheme.topics[0]]


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="../page.css"></head><body><main><h1>{escape(title)}</h1>{body}'
        f'<p><a href="../">{escape(texts.BACK_TO_CHAT)}</a></p></main></body></html>'
    )
