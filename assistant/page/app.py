"""The whole web application: the API first, then the chat page at /."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.answering.interface import AnswerEngine
from assistant.api.routes import create_api
from assistant.page.chat_page import build_page
from assistant.page.legal import legal_router
from assistant.page.shell import FrenchPage
from assistant.page.widget_routes import widget_router
from assistant.settings import DEFAULTS, AssistantSettings

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_SCRIPTS = ("kept.js", "composer.js", "chat_page.js")
_MONO = ("ui-monospace", "Consolas", "monospace")


def create_app(engine: AnswerEngine, settings: AssistantSettings = DEFAULTS) -> FastAPI:
    """Build the application around one engine; nothing is created at import."""
    folder = files("assistant.page")
    shell = Middleware(
        FrenchPage,
        style=folder.joinpath("chat_page.css").read_text(encoding="utf-8"),
        script="\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in _SCRIPTS),
    )
    app = create_api(engine, settings, (widget_router(), legal_router(settings.legal_file)), (shell,))
    page = build_page(app.state.engine, settings.max_body_bytes)
    mounted: FastAPI = gr.mount_gradio_app(
        app, page, path="/", root_path=settings.root_path or None, **_page_options()
    )
    return mounted


def _page_options() -> dict[str, Any]:
    """Everything that Gradio would show, keep or fetch beyond our page is off; fonts are the system's."""
    return {
        "theme": gr.themes.Base(font=list(_SANS), font_mono=list(_MONO)),
        "footer_links": [],
        "run_history": False,
        "show_error": False,
        "ssr_mode": False,
        "mcp_server": False,
        "pwa": False,
        "enable_monitoring": False,
        "max_file_size": "1kb",
    }
