"""The HTML page that Gradio serves, made French and free of any address outside its origin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.addresses import PAGE_HOME, own_path, prefix_of
from assistant.page import texts
from assistant.page.plain.style import digest_of
from assistant.page.widget_routes import widget_script

_SOCIAL_META = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^<>]*>\s*")
_FOREIGN_TAG = re.compile(
    r"<link(?=[^<>]*href=\"(?:https?:)?//)[^<>]*>\s*"
    r"|<script(?=[^<>]*src=\"(?:https?:)?//)[^<>]*>\s*</script>\s*",
)
_MANIFEST = re.compile(r"<link rel=\"manifest\"[^<>]*>\s*")
_HTML_TAG = re.compile(r"<html\b[^<>]*?\blang=\"[^\"<>]*\"")

# Gradio words its own messages in the browser's language; this page is French for everyone.
_FRENCH_FOR_ALL = (
    "<script>Object.defineProperty(navigator,'language',{get:()=>'fr'});"
    "Object.defineProperty(navigator,'languages',{get:()=>['fr']});</script>"
)


# The page's own address is the root of all that it asks for, whatever a proxy calls the server behind it.
_MODE_SCRIPT = "<script data-gradio-mode>"
_TOLD_ROOT = re.compile(r'const root = "[^"\n]*+";')
_OWN_ROOT = (
    "<script>window.gradio_config.root = "
    "new URL('./{home}', location.href).href.replace(/\\/$/, '');</script>"
)


def french_page(
    html: str,
    style: str = "",
    script: str = "",
    prefix: str = "",
    home: str = "",
    title: str = texts.PAGE_TITLE,
) -> str:
    """Rewrite Gradio's page: language, title, description; social and foreign tags removed.

    Args:
        html: as Gradio writes it.
        style: for the head.
        script: for the head.
        prefix: of every address of the visitor; empty without one.
        home: path below the page's own of all that it asks for, as ``page-2``; empty for its own.
        title: of the page.
    """
    for unwanted in (_SOCIAL_META, _FOREIGN_TAG, _MANIFEST):
        html = unwanted.sub("", html)
    html = _HTML_TAG.sub(lambda tag: re.sub(r'lang="[^"]*"', 'lang="fr"', tag[0]), html, count=1)
    head = (
        f"<title>{escape(title)}</title>"
        f'<meta name="description" content="{escape(texts.PAGE_DESCRIPTION)}" />'
        f"{_FRENCH_FOR_ALL}<style>{style}</style><script>{script}</script>"
        f'<script type="module" src="./widget.js?{digest_of(widget_script())}"></script>'
    )
    no_script = "".join(
        f'<li><a href="{escape(prefix)}/{path}">{escape(name)}</a></li>' for path, name in texts.PLAIN_PAGES
    )
    html = html.replace(_MODE_SCRIPT, _OWN_ROOT.format(home=home) + _MODE_SCRIPT, 1)
    html = _TOLD_ROOT.sub("const root = window.gradio_config.root;", html, count=1)
    html = html.replace('<meta charset="utf-8" />', '<meta charset="utf-8" />' + head, 1)
    return html.replace(
        "</body>", f"<noscript><p>{escape(texts.NO_SCRIPT)}</p><ul>{no_script}</ul></noscript></body>", 1
    )


class FrenchPage:
    """ASGI middleware inside the guards; it touches nothing but the page at ``/``."""

    def __init__(self, app: ASGIApp, style: str, script: str, title: str = texts.PAGE_TITLE) -> None:
        """Wrap ``app``; ``style``, ``script`` and ``title`` go into the head of the page."""
        self.title = title
        self.app = app
        self.style = style
        self.script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and rewrite its response if it's the page."""
        if scope["type"] == "http" and own_path(scope) == "/" and scope["method"] == "GET":
            rewrite = partial(
                french_page,
                style=self.style,
                script=self.script,
                title=self.title,
                prefix=prefix_of(scope),
                home=scope.get(PAGE_HOME, ""),
            )
            scope["headers"] = _without_compression(scope["headers"])
            await self.app(scope, receive, _PageSender(send, rewrite))
        else:
            await self.app(scope, receive, send)


class _PageSender:
    """Holds the response back until it's whole, then sends it rewritten."""

    def __init__(self, send: Send, rewrite: Callable[[str], str]) -> None:
        self.send = send
        self.rewrite = rewrite
        self.start: Message = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        if message["type"] != "http.response.body":
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(scope=self.start)
        if headers.get("content-type", "").startswith("text/html"):
            self.body = self.rewrite(self.body.decode()).encode()
            headers["content-length"] = str(len(self.body))
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": self.body})


def _without_compression(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name != b"accept-encoding"]
