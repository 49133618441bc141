"""The routes of the board: ``/tableau-de-bord``, the way in and out, its tables; none without a token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from assistant.api.addresses import prefix_of
from assistant.api.guards.request_counts import Tries
from assistant.api.guards.request_limit import client_of
from assistant.page.board import words
from assistant.page.board.access import COOKIE, HOURS, Access
from assistant.page.board.parts import PERIOD, PERIODS, Sources, parts_of
from assistant.page.board.unanswered_part import Groups
from assistant.page.board.watch_part import Watch
from assistant.page.plain.drawing import Pages
from assistant.page.plain.fields import posted
from assistant.page.plain.spreadsheet import MEDIA_TYPE, spreadsheet
from assistant.settings import AssistantSettings

ADDRESS = "/tableau-de-bord"
_PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
_TRIES, _MINUTES, _WRONG_S = 5, 15, 1.0


def board_routers(
    settings: AssistantSettings, today: Callable[[], date] = date.today, wrong_s: float = _WRONG_S
) -> tuple[APIRouter, ...]:
    """Build the routes; there are none where no token is set, and the address is unknown like any other.

    Args:
        settings: the token, what is kept and where.
        today: the date, passed in so that tests can choose it.
        wrong_s: seconds that a wrong token waits for its answer.

    Raises:
        ShortBoardToken: the token could be guessed.
    """
    secret = settings.board_secret
    if secret is None:
        return ()
    return (_router(Board(settings, Access(secret), today), wrong_s),)


class Board:
    """The board of one application, and who may see it."""

    def __init__(self, settings: AssistantSettings, access: Access, today: Callable[[], date]) -> None:
        """Take what the routes share."""
        self.pages = Pages(settings.public_url)
        self.access = access
        self.tries = Tries(_TRIES, _MINUTES)
        self._settings = settings
        self._today = today
        self._groups = Groups()
        self._watch: Watch | None = None

    def admits(self, request: Request) -> bool:
        """Whether a request comes from someone who signed in."""
        return self.access.admits(request.cookies.get(COOKIE))

    def client(self, request: Request) -> str:
        """Who a guess is counted for."""
        return client_of(request.scope, self._settings.client_header)

    def sources(self, app: FastAPI) -> Sources:
        """What the parts are made from."""
        engine = app.state.engine
        if self._watch is None:
            self._watch = Watch(engine.catalogue)
        return Sources(
            engine=engine,
            tally=app.state.tally,
            feedback=app.state.feedback,
            watch=self._watch,
            groups=self._groups,
            settings=self._settings,
            today=self._today,
        )

    def page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """A page that nobody keeps and no search engine lists."""
        response = self.pages.page(request, template, status, **values)
        response.headers.update(_PRIVATE)
        return response

    def cookie(self, request: Request) -> dict[str, Any]:
        """What the cookie is set and deleted with: sent to the board alone, never from another site."""
        return {
            "path": f"{prefix_of(request.scope)}{ADDRESS}",
            "secure": self.pages.root(request).startswith("https:"),
            "httponly": True,
            "samesite": "strict",
        }


def _router(board: Board, wrong_s: float) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    style = files("assistant.page.board").joinpath("board.css").read_text(encoding="utf-8")

    @router.get(ADDRESS)
    def shown(request: Request) -> Response:
        """Show the board, or the way in."""
        return _shown(board, request)

    @router.post(ADDRESS)
    async def enter(request: Request) -> Response:
        """Let in whoever has the token."""
        return await _entered(board, request, wrong_s)

    @router.post(f"{ADDRESS}/sortie")
    def leave(request: Request) -> Response:
        """Forget who signed in; a form of another site, which the cookie isn't sent with, does nothing."""
        response = _sent_to("../tableau-de-bord")
        if board.admits(request):
            response.delete_cookie(COOKIE, **board.cookie(request))
        return response

    @router.get(f"{ADDRESS}/board.css")
    def board_style() -> Response:
        """Give its style."""
        return Response(style, media_type="text/css")

    @router.get(f"{ADDRESS}/{{name}}.csv")
    def table(request: Request, name: str) -> Response:
        """Give one of its tables for a spreadsheet."""
        return _table(board, request, name)

    return router


def _shown(board: Board, request: Request) -> Response:
    if not board.admits(request):
        return board.page(request, "board_entry.html", problem="")
    days = _days(request)
    parts = parts_of(board.sources(request.app), days)
    return board.page(request, "board.html", parts=parts, days=days, periods=PERIODS)


async def _entered(board: Board, request: Request, wrong_s: float) -> Response:
    """Let in, or refuse: a wrong token is answered late, and a few are too many."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        return board.page(request, "board_entry.html", 403, problem=words.FROM_ELSEWHERE)
    if wait := board.tries.wait_s(board.client(request)):
        problem = words.TOO_MANY_TRIES.format(minutes=words.minutes(wait))
        response = board.page(request, "board_entry.html", 429, problem=problem)
        response.headers["Retry-After"] = str(wait)
        return response
    if not board.access.knows((await posted(request)).get("jeton", "")):
        await asyncio.sleep(wrong_s)
        return board.page(request, "board_entry.html", 403, problem=words.WRONG_TOKEN)
    board.tries.forget(board.client(request))
    response = _sent_to("tableau-de-bord")
    response.set_cookie(COOKIE, board.access.cookie(), max_age=HOURS * 3600, **board.cookie(request))
    return response


def _table(board: Board, request: Request, name: str) -> Response:
    if not board.admits(request):
        return _sent_to("../tableau-de-bord")
    parts = parts_of(board.sources(request.app), _days(request))
    found = next((table for part in parts for table in part.tables if table.name == name), None)
    if found is None:
        raise HTTPException(404)
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{found.name}.csv"'}
    return Response(spreadsheet(found.head, found.rows), media_type=MEDIA_TYPE, headers=headers)


def _sent_to(address: str) -> Response:
    return RedirectResponse(address, 303, headers=_PRIVATE)


def _days(request: Request) -> int:
    asked = request.query_params.get("jours", "")
    return next((days for days in PERIODS if str(days) == asked), PERIOD)
