"""What is shown at / in place of the chat page: a page that waits for it, or one that says it won't come."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from assistant.page import texts


def waiting_html() -> str:
    """A whole page, replaced by its script once the chat page is there; a link does it without the script."""
    script = files("assistant.page").joinpath("waiting.js").read_text(encoding="utf-8")
    body = f'<p role="status">{escape(texts.PAGE_COMING)} <a href="./">{escape(texts.PAGE_NOW)}</a></p>'
    return _page(body + f"<script>{script}</script>")


def failed_html() -> str:
    """A whole page without script, which leads to what still answers."""
    return _page(
        f'<p role="alert">{escape(texts.PAGE_FAILED)} <a href="demo">{escape(texts.PAGE_ELSEWHERE)}</a></p>'
        f"<p>{escape(texts.PAGE_FAILED_ADMIN)}</p>"
    )


def _page(body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{escape(texts.PAGE_TITLE)}</title>"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="page.css"></head><body><main><h1>{escape(texts.PAGE_TITLE)}</h1>{body}'
        f'<p><a href="mentions-legales">{escape(texts.LEGAL_TITLE)}</a></p></main></body></html>'
    )
