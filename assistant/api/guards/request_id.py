"""The number of the request being served, which its log lines and its response share."""

from __future__ import annotations

from contextvars import ContextVar
from uuid import uuid4

HEADER = "X-Request-ID"
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def open_request(*, answers: bool) -> str:
    """Give a number to the request that begins.

    Args:
        answers: whether the request itself is answered by what is done next. It isn't on the chat page, whose
            queue goes on working for later questions in the context of the request that started it.
    """
    number = uuid4().hex
    _current.set(number if answers else None)
    return number


def request_id() -> str:
    """The number of the request being served; a new one when there is none."""
    return _current.get() or uuid4().hex
