"""The progress bar of a measure: on a terminal only, so that a log or a pipe stays readable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(title: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr and give what moves it: a function of how many are done, of how many."""
    from tqdm import tqdm

    # For tqdm, None means: only where stderr is a terminal.
    with tqdm(desc=title, unit="", disable=quiet or None, leave=False) as bar:

        def advance(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield advance
