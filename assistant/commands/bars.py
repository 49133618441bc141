"""Progress bars on stderr, one a step, with the time left; none where stderr isn't a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def bars(*, show: bool = True) -> Iterator[Callable[[str, int, int], None]]:
    """Give what is called with a step's name, what is done of it and what there is in all."""
    from tqdm import tqdm

    shown: dict[str, Any] = {}

    def progress(step: str, done: int, total: int) -> None:
        if step not in shown:
            # For tqdm, None means: only where stderr is a terminal.
            shown[step] = tqdm(desc=step, total=total, unit="", disable=None if show else True, leave=False)
        shown[step].update(done - shown[step].n)

    try:
        yield progress
    finally:
        for bar in shown.values():
            bar.close()
