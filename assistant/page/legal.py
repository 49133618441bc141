"""The legal page, ``GET /mentions-legales``: the operator's Markdown file as a plain page, without script."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request, Response
from markdown_it import MarkdownIt

from assistant.errors import UnreadableLegalFile
from assistant.page.identity import LOGO_TYPES, OURS, Identity
from assistant.page.markup import keep_together
from assistant.page.plain.drawing import Pages
from assistant.page.plain.style import kept_for, page_style


def legal_router(path: Path | None, identity: Identity = OURS) -> APIRouter:
    """Build the routes: the page, and what every page without script looks like; files are read once.

    Args:
        path: a Markdown file; None for that of the identity, else for the one that comes with the project.
        identity: whose site it is.

    Raises:
        UnreadableLegalFile: it can't be read as UTF-8 text.
    """
    router = APIRouter(include_in_schema=False)
    pages = Pages(identity=identity)
    path = path or identity.legal
    folder = files("assistant.page").joinpath("pages")
    body = legal_html(_text(path) if path else folder.joinpath("mentions-legales.md").read_text("utf-8"))
    style = page_style(identity)
    logo = identity.logo.read_bytes() if identity.logo else None

    @router.get("/mentions-legales")
    def legal(request: Request) -> Response:
        """Show the legal page."""
        return pages.page(request, "legal.html", body=body)

    @router.get("/page.css")
    def sheet(request: Request) -> Response:
        """Give its style."""
        return Response(style, media_type="text/css", headers=kept_for(request.url.query, style))

    if identity.logo is not None:
        kind = LOGO_TYPES[identity.logo.suffix.lower()]

        @router.get("/logo")
        def picture() -> Response:
            """Give the logo."""
            return Response(logo, media_type=kind, headers={"Cache-Control": "public, max-age=3600"})

    return router


def legal_html(markdown: str) -> str:
    """Render Markdown as HTML; HTML in it is shown as text."""
    return keep_together(MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableLegalFile(path) from error
