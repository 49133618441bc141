"""Damage each file of an index in each way: what a start then serves, whether ingesting mends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.errors import AssistantError
from ingest.errors import IngestError

_COMMAND = "assistant ingest"
_KEPT_SHOWN = 2  # values derived of fiches are all kept alike: so many of them stand for the others
Outcome = Literal["served", "refused", "otherwise"]


class Damaged(BaseModel):
    """What became of one damage.

    Attributes:
        file: its path in the folder of the index.
        damage: what was done to it.
        outcome: ``served``, the same reply; ``refused``, one French line that names the command that mends;
            ``otherwise``, anything else.
        told: the line, or what was otherwise.
        repaired: what the command says that it wrote again; empty where nothing read the file.
        mended: the same reply afterwards, every file being what was written.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    damage: str
    outcome: Outcome
    told: str
    repaired: tuple[str, ...]
    mended: bool

    @property
    def is_right(self) -> bool:
        """Whether it was served or refused as it should be, and mended."""
        return self.outcome != "otherwise" and self.mended


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes() or b"\0")
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


DAMAGES: Mapping[str, Callable[[Path], object]] = {
    "enlevé": Path.unlink,
    "tronqué": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "mis à zéro": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "un bit altéré": _flip,
}


def bench_damage(
    index: Path,
    answer: Callable[[], str],
    ingest: Callable[[], tuple[str, ...]],
    ailing: Callable[[], list[str]],
    files: Callable[[Path], list[Path]] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Damaged]:
    """Damage an index, one file and one way at a time; it's put back whole each time.

    Args:
        index: its folder; a copy is made beside it.
        answer: opens the index anew, as a start does, and gives a reply.
        ingest: runs the command that mends, and gives what it says that it wrote again.
        ailing: names what of the index isn't what was written.
        files: which files of the folder are damaged; by default those of every part.
        progress: called with the damages done and their total.
    """
    whole = answer()
    saved = index.with_name(f"{index.name}-saved")
    shutil.copytree(index, saved)
    todo = [(path.relative_to(index), name) for path in (files or files_of_parts)(index) for name in DAMAGES]
    found = []
    for done, (file, name) in enumerate(todo, start=1):
        shutil.rmtree(index)
        shutil.copytree(saved, index)
        before = (index / file).read_bytes()
        DAMAGES[name](index / file)
        if not (index / file).exists() or (index / file).read_bytes() != before:
            found.append(_after(str(file), name, whole, answer, ingest, ailing))
        progress(done, len(todo))
    shutil.rmtree(saved)
    return found


def files_of_parts(index: Path) -> list[Path]:
    """Every file of an index but its locks; of the values derived of fiches, two folders of each kind."""
    return sorted(_chosen(index))


def _chosen(index: Path) -> Iterator[Path]:
    kept = sorted(path for path in index.glob("*.kept/*") if path.is_dir())
    for _, alike in groupby(kept, key=lambda path: path.name.partition("-")[0]):
        for folder in list(alike)[:_KEPT_SHOWN]:
            yield from (path for path in folder.rglob("*") if path.is_file())
    for path in index.rglob("*"):
        inside = path.relative_to(index).parts[0]
        if path.is_file() and path.suffix != ".lock" and not inside.endswith((".kept", ".web", "vectors")):
            yield path


def _after(
    file: str,
    damage: str,
    whole: str,
    answer: Callable[[], str],
    ingest: Callable[[], tuple[str, ...]],
    ailing: Callable[[], list[str]],
) -> Damaged:
    outcome, told = _served(answer, whole)
    try:
        repaired = ingest()
        left = ailing()
        mended = not left and _served(answer, whole)[0] == "served"
    except (IngestError, AssistantError) as error:
        repaired, mended, told = (), False, f"{told} / {error}"
    return Damaged(file=file, damage=damage, outcome=outcome, told=told, repaired=repaired, mended=mended)


def _served(answer: Callable[[], str], whole: str) -> tuple[Outcome, str]:
    try:
        text = answer()
    except (IngestError, AssistantError) as error:
        line = str(error)
        return ("refused" if line.endswith(_COMMAND) and "\n" not in line else "otherwise"), line
    except Exception as error:  # noqa: BLE001 - a raw error is what this measure looks for
        return "otherwise", repr(error)
    return ("served", "") if text == whole else ("otherwise", "une autre réponse")
