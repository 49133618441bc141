"""The routes of the component: ``/widget.js`` for pages of any origin, and ``/demo`` that shows it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from assistant.page import texts
from assistant.page.plain.style import A_WHILE, kept_for

# The strictest policy that a regional site may have: nothing inline, nothing from elsewhere.
DEMO_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
_FOR_ALL_ORIGINS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_KEPT = {"Cache-Control": A_WHILE}
# One module: a visitor asks for one file.
_PARTS = ("texts.js", "draw.js", "memory.js", "commune.js", "element.js")


def widget_router() -> APIRouter:
    """Build the routes; the files are read once."""
    router = APIRouter(include_in_schema=False)
    script, page, style = widget_script(), _read("demo.html"), _read("demo.css")

    @router.get("/widget.js")
    def widget(request: Request) -> Response:
        """Give the web component, to a page of any origin."""
        kept = kept_for(request.url.query, script)
        return Response(script, media_type="text/javascript", headers={**kept, **_FOR_ALL_ORIGINS})

    @router.get("/demo")
    def demo() -> Response:
        """Show the component in a page such as a Region’s."""
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": DEMO_POLICY})

    @router.get("/demo.css")
    def demo_style() -> Response:
        """Give the style of that page."""
        return Response(style, media_type="text/css", headers=_KEPT)

    return router


@cache
def widget_script() -> str:
    """The parts of the component as one script, its style and the badges of replies before them."""
    style = _lines(_read("style.css"))
    known = (
        f"const STATUSES = {json.dumps(texts.STATUS_LABELS, ensure_ascii=False)};\n"
        f"const STYLES = {json.dumps(style, ensure_ascii=False)};\n"
    )
    return known + "\n".join(_bare(_read(name)) for name in _PARTS) + "\n"


def page_style() -> str:
    """How the component looks as a page of its own: for the template that it reads."""
    return _lines(_read("page.css"))


def _lines(style: str) -> str:
    """A style sheet without its margins; no text of ours holds what is shortened."""
    text = "\n".join(line.strip() for line in style.splitlines() if line.strip() and "/*" not in line)
    for long, short in ((" { ", "{"), ("; }", "}"), (" }", "}"), ("; ", ";"), (": ", ":"), (", ", ",")):
        text = text.replace(long, short)
    return text


def _bare(script: str) -> str:
    """A script without its margins nor the lines that are comments: no text of ours spans lines."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/**", "* ")))


def _read(name: str) -> str:
    return files("assistant.page").joinpath("widget", name).read_text(encoding="utf-8")
