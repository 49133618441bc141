"""The legal page, ``GET /mentions-legales``: the operator's Markdown file as a plain page, without script."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Response
from markdown_it import MarkdownIt

from assistant.errors import UnreadableLegalFile
from assistant.page import texts

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


def legal_router(path: Path | None) -> APIRouter:
    """Build the route; the file is read once.

    Args:
        path: a Markdown file; None for the one that comes with the project.

    Raises:
        UnreadableLegalFile: it can't be read as UTF-8 text.
    """
    router = APIRouter(include_in_schema=False)
    folder = files("assistant.page").joinpath("pages")
    page = legal_html(_text(path) if path else folder.joinpath("mentions-legales.md").read_text("utf-8"))
    style = folder.joinpath("page.css").read_text(encoding="utf-8")

    @router.get("/mentions-legales")
    def legal() -> Response:
        """Show the legal page."""
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": POLICY})

    @router.get("/page.css")
    def page_style() -> Response:
        """Give its style."""
        return Response(style, media_type="text/css")

    return router


def legal_html(markdown: str) -> str:
    """Render Markdown as a whole page; HTML in it is shown as text."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(texts.LEGAL_TITLE)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="page.css"></head><body><main>{body}'
        f'<p><a href="./">{escape(texts.BACK_TO_CHAT)}</a></p></main></body></html>'
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableLegalFile(path) from error
