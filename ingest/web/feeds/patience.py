"""Ask again, a few times and less and less often, what may be answered a moment later."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from ingest.web.errors import Unanswered

Given = TypeVar("Given")

_TRIES = 4
_FACTOR = 3.0
# Who asks for a longer pause isn't waited for: the next run will do.
_MOST_PAUSE_S = 120.0


def patient(
    ask: Callable[[], Given], first_pause: float, pause: Callable[[float], None] = time.sleep
) -> Given:
    """Ask, again where it may help.

    Args:
        ask: asks once.
        first_pause: seconds before the second time; the others come later and later, or when the answer
            says.
        pause: waits some seconds.

    Raises:
        Unanswered: what the last time gave.
    """
    wait = first_pause
    for _ in range(_TRIES - 1):
        try:
            return ask()
        except Unanswered as error:
            seconds = wait if error.after is None else max(error.after, wait)
            if not error.may_pass or seconds > _MOST_PAUSE_S:
                raise
            pause(seconds)
            wait *= _FACTOR
    return ask()
