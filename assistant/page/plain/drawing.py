"""Fill a template as a whole page: every value escaped, addresses relative, nothing that runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import quote

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.types import Scope

from assistant.api.addresses import prefix_of
from assistant.eligibility.words import number
from assistant.page import texts
from assistant.page.identity import OURS, Identity
from assistant.page.markup import keep_together
from assistant.page.plain.style import digest_of, page_style
from corpus.french.dates import french_date
from corpus.french.typography import typeset

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = {"Content-Security-Policy": POLICY}


class Pages:
    """Draws pages; ``public_url`` is where the site is published, empty to believe each request."""

    def __init__(self, public_url: str = "", identity: Identity = OURS) -> None:
        """Remember the address, and what is shown of whose site it is."""
        self._public_url = public_url.rstrip("/")
        self.identity = identity
        self._style = digest_of(page_style(identity))

    def page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """Fill a template.

        Args:
            request: what is answered; its address tells where the other pages are.
            template: name of the file.
            status: of the response.
            values: what the template names beside ``up`` (the way to the root), ``root`` and ``address``
                (whole addresses), ``texts``.
        """
        text = (
            _environment()
            .get_template(template)
            .render(
                up=way_up(request.scope),
                root=self.root(request),
                address=self.root(request) + own_raw_path(request.scope).lstrip("/"),
                texts=texts,
                identity=self.identity,
                style=self._style,
                **values,
            )
        )
        return Response(text, status, media_type="text/html", headers=_HEADERS)

    def root(self, request: Request) -> str:
        """The whole address of the root, with its last slash."""
        if self._public_url:
            return f"{self._public_url}/"
        return f"{request.url.scheme}://{request.url.netloc}{prefix_of(request.scope)}/"


def own_raw_path(scope: Scope) -> str:
    """The address asked for as it was written, without the prefix."""
    raw = scope.get("raw_path")
    path = raw.decode("ascii", "replace") if raw else quote(scope["path"])
    prefix = quote(prefix_of(scope))
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path


def way_up(scope: Scope) -> str:
    """The relative way from a page to the root of the site: ``./`` or ``../``, as often as it takes."""
    return "../" * (own_raw_path(scope).count("/") - 1) or "./"


def capital(text: str) -> str:
    """The text with its first letter in capitals."""
    return text[:1].upper() + text[1:]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("assistant.page.plain"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "capital": capital,
        "date": lambda text: keep_together(french_date(str(text))),
        "number": number,
        "typeset": typeset,
        "together": keep_together,
    }
    environment.filters.update(filters)
    return environment
