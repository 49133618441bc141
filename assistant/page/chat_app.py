"""The chat page as an application of its own, with Gradio's server made French; importing it loads Gradio."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.page.chat_page import build_page
from assistant.page.identity import Identity
from assistant.page.shell import FrenchPage
from assistant.settings import AssistantSettings

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "Consolas", "monospace")


def build_chat_app(settings: AssistantSettings, identity: Identity) -> FastAPI:
    """Build the page; its life (``router.lifespan_context``) is run by who serves it."""
    folder = files("assistant.page")
    shell = Middleware(
        FrenchPage,
        style=folder.joinpath("chat_page.css").read_text(encoding="utf-8")
        + identity.style("body.dark {{ {rule} }}"),
        title=identity.name,
        script=folder.joinpath("chat_page.js").read_text(encoding="utf-8"),
    )
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, middleware=[shell])
    mounted: FastAPI = gr.mount_gradio_app(
        app, build_page(identity), path="/", root_path=settings.root_path or None, **_page_options()
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
