"""The whole web application: the API first, then the chat page at /."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.answering.interface import AnswerEngine
from assistant.api.routes import create_api
from assistant.page.board.router import board_routers
from assistant.page.coming import ComingPage
from assistant.page.identity import read_identity
from assistant.page.legal import legal_router
from assistant.page.plain.drawing import Pages
from assistant.page.plain.refusals import RefusalPages
from assistant.page.plain.router import plain_routers
from assistant.page.widget_routes import widget_router
from assistant.settings import DEFAULTS, AssistantSettings


def create_app(
    engine: AnswerEngine, settings: AssistantSettings = DEFAULTS, *, page_later: bool = False
) -> FastAPI:
    """Build the application around one engine; nothing is created at import.

    Args:
        engine: what answers.
        settings: of the server.
        page_later: the chat page, whose parts take seconds to load, is built once the API answers.
    """

    def build() -> FastAPI:
        from assistant.page.chat_app import build_chat_app

        return build_chat_app(settings, identity)

    identity = read_identity(settings.identity_file)
    root = ComingPage(build)
    pages = (
        widget_router(),
        legal_router(settings.legal_file, identity),
        *plain_routers(settings.public_url, identity),
        *board_routers(settings),
    )
    app = create_api(engine, settings, pages, root)
    app.add_middleware(RefusalPages, pages=Pages(settings.public_url, identity))
    if not page_later:
        root.build()
    app.mount("/", root)
    return app
