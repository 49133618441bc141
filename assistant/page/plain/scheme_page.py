"""The page of a scheme, ``GET /dispositifs/{id}``: its fiche, and its verdict for a commune that is named."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.answering.interface import AnswerEngine
from assistant.eligibility.commune_view import CommuneView
from assistant.eligibility.deadlines import deadlines
from assistant.eligibility.service import EligibilityService
from assistant.errors import AmbiguousCommune, UnknownCommune
from assistant.page.plain import words
from assistant.page.plain.drawing import Pages
from assistant.page.plain.fields import MOST_NAME, answers_in, field, unsure_in
from assistant.page.plain.linked_data import linked_data
from assistant.page.plain.near import near_schemes
from assistant.page.plain.sheet import sheet_of
from assistant.page.plain.verdict import answered, verdict_of
from assistant.page.plain.window_calendar import MEDIA_TYPE, calendar_file
from corpus.communes.commune import Commune


def scheme_router(pages: Pages) -> APIRouter:
    """Build the route."""
    router = APIRouter(include_in_schema=False)

    @router.get("/dispositifs/{scheme_id}.ics")
    def calendar(request: Request, scheme_id: str) -> Response:
        """Give the dates of a scheme that are to come, for a calendar; a page where there is none."""
        engine: AnswerEngine = request.app.state.engine
        if scheme_id not in engine.catalogue:
            return missing(request, pages, engine, scheme_id)
        found, on = engine.catalogue.scheme(scheme_id), engine.eligibility.today()
        if not deadlines(found, on):
            near = [(f"dispositifs/{found.id}", found.name)]
            return pages.page(request, "missing.html", 404, title=words.NO_DEADLINE, near=near)
        named = {"Content-Disposition": f'attachment; filename="{found.id}.ics"'}
        return Response(calendar_file(found, on, pages.root(request)), media_type=MEDIA_TYPE, headers=named)

    @router.get("/dispositifs/{scheme_id}")
    def scheme(request: Request, scheme_id: str) -> Response:
        """Show a scheme; near names where there is none."""
        engine: AnswerEngine = request.app.state.engine
        catalogue, service = engine.catalogue, engine.eligibility
        if scheme_id not in catalogue:
            return missing(request, pages, engine, scheme_id)
        asked = field(request.query_params, "commune", MOST_NAME)
        fields = request.query_params.multi_items()
        answers, unsure = answers_in(fields), unsure_in(fields)
        commune, offered = _commune(service, asked.usable)
        sheet = sheet_of(catalogue.fiche(scheme_id), catalogue, service.today())
        return pages.page(
            request,
            "scheme.html",
            sheet=sheet,
            deadlines=deadlines(sheet.scheme, service.today()),
            data=linked_data(sheet, pages.root(request)),
            asked=asked,
            offered=offered,
            verdict=verdict_of(service, catalogue, scheme_id, commune, answers, unsure) if commune else None,
            answered=answered(service, answers, unsure),
        )

    return router


def missing(request: Request, pages: Pages, engine: AnswerEngine, name: str) -> Response:
    """The page for a scheme that doesn't exist, with those whose names look like it."""
    return pages.page(
        request,
        "missing.html",
        404,
        title=words.UNKNOWN_SCHEME.format(name=words.shown(name)),
        near=[
            (f"dispositifs/{item.id}", item.name) for item in near_schemes(engine.catalogue, name[:MOST_NAME])
        ],
    )


def _commune(service: EligibilityService, text: str) -> tuple[Commune | None, tuple[CommuneView, ...]]:
    """The commune that a text means, else those that it may mean."""
    if not text:
        return None, ()
    try:
        return service.commune(text), ()
    except (UnknownCommune, AmbiguousCommune):
        return None, service.suggest(text)
