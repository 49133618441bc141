"""Kill an ingestion at random moments, SIGKILL, many times: what serves afterwards, what was lost."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import AssistantError
from evaluation.errors import TargetGone
from ingest.errors import IngestError

_LIMIT_S = 900.0


class Killed(BaseModel):
    """What one kill did.

    Attributes:
        command: which command was killed: ``ingest`` or ``sync``.
        after_s: seconds after its start.
        ended: it had ended before.
        switched: another generation serves than before it.
        lost: what was lost; empty when nothing was.
    """

    model_config = ConfigDict(frozen=True)

    command: str
    after_s: float
    ended: bool
    switched: bool
    lost: str


def bench_kills(
    start: Callable[[str], subprocess.Popen[bytes]],
    change: Callable[[int], object],
    answer: Callable[[], str],
    state: Callable[[], tuple[str | None, Sequence[str], Sequence[str]]],
    count: int,
    seed: int,
) -> Iterator[Killed]:
    """Kill a command at moments drawn over the time that it takes; look each time at what is served.

    What each kill did is given as it's known: a hundred take a quarter of an hour.

    Args:
        start: starts ``ingest`` or ``sync`` in a process of its own.
        change: changes what is to be indexed, so that each run has something to write.
        answer: opens the index anew and gives a reply that no change touches.
        state: which generation serves, which paths are recorded, what of it isn't what was written.
        count: how many kills; a run that ends before its kill is told, and isn't one.
        seed: of the draw.

    Raises:
        TargetGone: the command fails when nobody kills it.
    """
    draw = random.Random(seed)  # noqa: S311 - moments of a measure
    change(0)
    whole, (_, paths, _) = answer(), state()
    took = {}
    for number, command in enumerate(("ingest", "sync"), start=1):
        change(number)
        begun = time.monotonic()
        if start(command).wait(_LIMIT_S):
            raise TargetGone(f"« assistant {command} » échoue sans qu’on l’arrête.")
        took[command] = time.monotonic() - begun
    killed = done = 0
    while killed < count:
        command, done = ("ingest", "sync")[done % 2], done + 1
        change(done + 2)
        before = state()[0]
        # The second half of a run is when it writes and switches: three kills of four fall there.
        part = draw.uniform(0.5, 1.05) if draw.random() < 0.75 else draw.uniform(0, 0.5)
        after_s = took[command] * part
        ended = _ended(start(command), after_s)
        if ended:  # faster than when it was timed: the next moments are sooner
            took[command] = min(took[command], after_s)
        else:
            killed += 1
        lost, after = _lost(answer, state, whole, paths)
        yield Killed(
            command=command,
            after_s=round(after_s, 2),
            ended=ended,
            switched=after != before,
            lost=lost,
        )


def _ended(process: subprocess.Popen[bytes], after_s: float) -> bool:
    """Kill a process so many seconds from now; tell whether it had ended before."""
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait() != -signal.SIGKILL


def _lost(
    answer: Callable[[], str],
    state: Callable[[], tuple[str | None, Sequence[str], Sequence[str]]],
    whole: str,
    paths: Sequence[str],
) -> tuple[str, str | None]:
    try:
        current, recorded, ailing = state()
        if answer() != whole:
            return "une autre réponse", current
    except (IngestError, AssistantError) as error:
        return str(error), None
    if tuple(recorded) != tuple(paths):
        return "des chemins retenus", current
    return ", ".join(ailing), current


def drop_page(folder: Path, number: int) -> None:
    """Write a page that says a number, in the place of the one before."""
    folder.mkdir(exist_ok=True)
    text = f"Le puits numéro {number} de la place est visité chaque printemps par les habitants du bourg. "
    (folder / "page.md").write_text(f"# Page des puits\n\n## Visites\n{text * 8}\n", encoding="utf-8")
