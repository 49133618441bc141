"""The days to note of a scheme: when its windows open or close, as long as they aren't past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.fiches.scheme import Scheme, Window
from corpus.labels import State


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which a window opens or closes."""

    kind: Literal["opens", "closes"]
    day: date
    window: Window


def deadlines(scheme: Scheme, on: date) -> tuple[Deadline, ...]:
    """The openings to come and the closings not past of the windows of a scheme, as of a day, in order.

    A scheme that is closed for good has none, whatever its windows.
    """
    if scheme.status.state is State.CLOSED:
        return ()
    return tuple(sorted(_deadlines(scheme, on), key=lambda item: (item.day, item.kind)))


def _deadlines(scheme: Scheme, on: date) -> Iterator[Deadline]:
    for window in scheme.windows:
        if window.closes is not None and window.closes < on:
            continue
        if window.opens is not None and window.opens > on:
            yield Deadline("opens", window.opens, window)
        if window.closes is not None:
            yield Deadline("closes", window.closes, window)
