"""The way from a name, a postcode or a code to the page of a commune, ``GET /communes``, by a plain form."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from assistant.answering.interface import AnswerEngine
from assistant.eligibility.commune_view import CommuneView
from assistant.errors import AmbiguousCommune, UnknownCommune
from assistant.page.plain import words
from assistant.page.plain.drawing import Pages
from assistant.page.plain.fields import MOST_NAME, field

_SEE_OTHER = 303


def finder_router(pages: Pages) -> APIRouter:
    """Build the route."""
    router = APIRouter(include_in_schema=False)

    @router.get("/communes")
    def find(request: Request) -> Response:
        """Lead to the commune that is named, else offer those that may be meant."""
        engine: AnswerEngine = request.app.state.engine
        asked = field(request.query_params, "nom", MOST_NAME)
        said = asked.refusal
        near: tuple[CommuneView, ...] = ()
        if asked.usable:
            try:
                found = engine.eligibility.commune(asked.usable)
            except AmbiguousCommune:
                said = words.SEVERAL_COMMUNES.format(name=words.shown(asked.text))
            except UnknownCommune:
                said = words.UNKNOWN_COMMUNE.format(name=words.shown(asked.text))
            else:
                return RedirectResponse(f"communes/{found.insee}", _SEE_OTHER)
            near = engine.eligibility.suggest(asked.usable)
        return pages.page(request, "communes.html", typed=asked.text, said=said, near=near)

    return router
