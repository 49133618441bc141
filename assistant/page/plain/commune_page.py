"""The page of a commune, ``GET /communes/{code}``: every scheme sorted for it, what decides asked there."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fastapi import APIRouter, Request, Response

from assistant.answering.interface import AnswerEngine
from assistant.eligibility.commune_view import commune_view
from assistant.eligibility.verdict_words import epci_words, label_words, list_words, population_words
from assistant.page import texts
from assistant.page.plain import ods, words
from assistant.page.plain.commune_record import Told, record_reader
from assistant.page.plain.commune_sheet import groups_of
from assistant.page.plain.commune_table import commune_csv, commune_ods
from assistant.page.plain.drawing import Pages
from assistant.page.plain.fields import MOST_NAME, answers_in, unsure_in
from assistant.page.plain.origin import origin_of
from assistant.page.plain.spreadsheet import MEDIA_TYPE
from assistant.page.plain.verdict import answered
from corpus.communes.commune import Commune


def commune_router(pages: Pages) -> APIRouter:
    """Build the routes: the page, its table, and the way from a name to its page."""
    router = APIRouter(include_in_schema=False)
    record = record_reader()

    @router.get("/communes/{code}.csv")
    def table(request: Request, code: str) -> Response:
        """Give the schemes of a commune as a table for a spreadsheet."""
        return _table(request, pages, code, "csv")

    @router.get("/communes/{code}.ods")
    def open_table(request: Request, code: str) -> Response:
        """Give the same as an OpenDocument spreadsheet."""
        return _table(request, pages, code, "ods")

    @router.get("/communes/{code}")
    def commune(request: Request, code: str) -> Response:
        """Show every scheme for the commune of an INSEE code; near names where there is no such commune."""
        engine: AnswerEngine = request.app.state.engine
        found = engine.eligibility.territory.communes.get(code)
        if found is None:
            return _unknown(request, pages, engine, code)
        return _shown(request, pages, engine, found, record(engine, found))

    return router


def _table(request: Request, pages: Pages, code: str, kind: Literal["csv", "ods"]) -> Response:
    engine: AnswerEngine = request.app.state.engine
    service = engine.eligibility
    commune = service.territory.communes.get(code)
    if commune is None:
        return _unknown(request, pages, engine, code)
    fields = request.query_params.multi_items()
    groups = groups_of(service, engine.catalogue, commune, answers_in(fields), unsure_in(fields))
    write, media_type = (commune_csv, MEDIA_TYPE) if kind == "csv" else (commune_ods, ods.MEDIA_TYPE)
    named = {"Content-Disposition": f'attachment; filename="aides-{commune.insee}.{kind}"'}
    content = write(commune, groups, service.today(), pages.root(request))
    return Response(content, media_type=media_type, headers=named)


def _shown(
    request: Request, pages: Pages, engine: AnswerEngine, commune: Commune, record: tuple[Told, ...]
) -> Response:
    service = engine.eligibility
    fields = request.query_params.multi_items()
    answers, unsure = answers_in(fields), unsure_in(fields)
    view = commune_view(commune, service.territory)
    today: date = service.today()
    return pages.page(
        request,
        "commune.html",
        commune=view,
        title=texts.COMMUNE_TITLE.format(commune=commune.label),
        facts=(
            (texts.POPULATION, population_words(view)),
            (texts.EPCI, epci_words(view)),
            (texts.POSTCODE, ", ".join(view.postcodes)),
            (texts.INSEE_CODE, view.insee),
            *((label_words(item), list_words(item)) for item in view.lists),
        ),
        source=origin_of(view.source),
        record=record,
        groups=groups_of(service, engine.catalogue, commune, answers, unsure),
        answered=answered(service, answers, unsure),
        today=today.isoformat(),
    )


def _unknown(request: Request, pages: Pages, engine: AnswerEngine, code: str) -> Response:
    near = engine.eligibility.suggest(code[:MOST_NAME])
    return pages.page(
        request,
        "missing.html",
        404,
        title=words.UNKNOWN_COMMUNE.format(name=words.shown(code)),
        near=[(f"communes/{item.insee}", item.label) for item in near],
    )
