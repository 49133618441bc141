"""Companions: real processes that are called in turn, whose failures come back, kept to some cores."""

from __future__ import annotations

import os
import threading

import pytest

from evaluation.benches.companions import Companion, at_most, in_turns
from evaluation.errors import ProcessLost


def test_a_call_is_timed_where_it_is_made() -> None:
    with Companion(threading.Event) as one:
        assert one.timed("wait", 0.05) >= 0.05
        assert one.grown_mb >= 0


def test_the_object_stays_from_call_to_call() -> None:
    with Companion(list) as one:
        one.timed("append", "x")
        one.timed("remove", "x")
        with pytest.raises(ValueError, match="not in list"):
            one.timed("remove", "x")


def test_what_making_it_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Companion(int, "douze")


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(ProcessLost, match="arrêté"):
        Companion(os._exit, 3)


def test_every_companion_gets_every_call_another_first_each_time() -> None:
    class Noted:
        """Stands for a companion; notes who was called."""

        def __init__(self, name: str) -> None:
            self.name = name

        def timed(self, method: str, *arguments: object) -> float:
            order.append((self.name, method, *arguments))
            return float(len(order))

    order: list[tuple[object, ...]] = []
    spent = in_turns([Noted("a"), Noted("b")], [("ask", ("un",)), ("ask", ("deux",))])  # type: ignore[list-item]
    assert order == [("a", "ask", "un"), ("b", "ask", "un"), ("b", "ask", "deux"), ("a", "ask", "deux")]
    assert spent == [[1.0, 4.0], [2.0, 3.0]]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system can't keep a process to a core")
def test_a_process_is_kept_to_so_many_cores_and_freed_after() -> None:
    before = os.sched_getaffinity(0)
    with at_most(1):
        assert len(os.sched_getaffinity(0)) == 1
    with at_most(None):
        assert os.sched_getaffinity(0) == before
    assert os.sched_getaffinity(0) == before
