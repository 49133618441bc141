"""The routes of the widget: ``GET /widget.js`` for pages of any origin, and ``GET /demo`` that shows it."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Response

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
_KEPT = {"Cache-Control": "public, max-age=3600"}


def widget_router() -> APIRouter:
    """Build the routes; the files are read once."""
    router = APIRouter(include_in_schema=False)
    script, page, style = (_read(name) for name in ("widget.js", "demo.html", "demo.css"))

    @router.get("/widget.js")
    def widget() -> Response:
        """Give the web component, to a page of any origin."""
        return Response(script, media_type="text/javascript", headers={**_KEPT, **_FOR_ALL_ORIGINS})

    @router.get("/demo")
    def demo() -> Response:
        """Show the widget in a page such as a Region’s."""
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": DEMO_POLICY})

    @router.get("/demo.css")
    def demo_style() -> Response:
        """Give the style of that page."""
        return Response(style, media_type="text/css", headers=_KEPT)

    return router


def _read(name: str) -> str:
    return files("assistant.page").joinpath("widget", name).read_text(encoding="utf-8")
