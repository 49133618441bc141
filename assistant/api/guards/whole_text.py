"""Refuse text that isn't Unicode (half of a surrogate pair, stray bytes) wherever it stands in a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus, unquote_to_bytes

from fastapi import Request
from fastapi.exceptions import RequestValidationError

Place = tuple[str | int, ...]

_REPLACED = "\N{REPLACEMENT CHARACTER}"
_HALF = re.compile("[\ud800-\udfff]")


async def require_whole_text(request: Request) -> None:
    """Let a request through when all its text is Unicode; every route of ours depends on it.

    JSON can write half of a surrogate pair, which nothing after us can store, compare or send back.

    Raises:
        RequestValidationError: naming each value of the query or of the body that isn't text.
    """
    places: list[Place] = [("query", name) for name in broken_parameters(request.scope["query_string"])]
    places += [("body", *place) for place in broken_places(await _body_of(request))]
    if places:
        raise RequestValidationError([{"type": "string_unicode", "loc": place} for place in places])


async def _body_of(request: Request) -> Any:
    """The body as its route reads it; None when it's no JSON, which the route refuses in its own words."""
    try:
        return await request.json()
    except (ValueError, RecursionError):
        return None


def broken_places(value: Any, mark: str = "") -> Iterator[Place]:
    """Where text isn't Unicode in a JSON value, keys included, in no particular order; depth is no limit.

    Args:
        value: as ``json`` reads it.
        mark: a character that stands for what was broken already when the value was read.
    """
    broken = re.compile(f"[\ud800-\udfff{mark}]")
    waiting: list[tuple[Place, Any]] = [((), value)]
    while waiting:
        place, found = waiting.pop()
        match found:
            case str() if broken.search(found):
                yield place
            case dict():
                named = [(broken.sub(_REPLACED, key), key, part) for key, part in found.items()]
                yield from ((*place, name) for name, key, _ in named if name != key)
                waiting += [((*place, name), part) for name, _, part in named]
            case list():
                waiting += [((*place, index), part) for index, part in enumerate(found)]


def broken_parameters(query: bytes) -> list[str]:
    """The names of the parameters of a query whose bytes aren't UTF-8."""
    names = []
    for part in query.split(b"&"):
        try:
            unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            names.append(unquote_plus(part.partition(b"=")[0].decode("utf-8", "replace")))
    return names


def mended(text: str, mark: str = _REPLACED) -> str:
    """The same text with ``mark`` for each half of a pair, so that it can be sent."""
    return _HALF.sub(mark, text)
