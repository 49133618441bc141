"""The number of the request being served, which its log lines and its response share."""

from __future__ import annotations

from contextvars import ContextVar
from uuid import uuid4

HEADER = "X-Request-ID"
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def open_request() -> str:
    """Give a number to the request that begins, for all that is done on its behalf."""
    number = uuid4().hex
    _current.set(number)
    return number


def request_id() -> str:
    """The number of the request being served; a new one when there is none."""
    return _current.get() or uuid4().hex
