"""The memory and processor time of a process and of those it started, what they share counted once."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """A process and its descendants; those that end meanwhile are left out."""
    found = [pid]
    for task in (_PROC / str(pid) / "task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            found += family(int(child))
    return found


def proportional_mb(pid: int) -> float | None:
    """The proportional set size of a process, in megabytes (10^6 bytes); None where Linux doesn't tell it.

    A page of memory that n processes share counts for an n-th in each.
    """
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), None)
    return None if kilobytes is None else kilobytes * 1024 / 1e6


def family_mb(pid: int) -> float | None:
    """The proportional set size of a process and of its descendants together, in megabytes."""
    sizes = [size for size in map(proportional_mb, family(pid)) if size is not None]
    return sum(sizes) if sizes else None


def family_cpu_s(pid: int) -> float | None:
    """The processor seconds that a process and its descendants took so far; None where it isn't told."""
    ticks = 0
    try:
        for member in family(pid):
            fields = (_PROC / str(member) / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    except OSError:
        return None
    return ticks / os.sysconf("SC_CLK_TCK")
