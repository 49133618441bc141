"""Requests counted by several processes together, and by each alone when the store is away."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEngine
from fastapi.testclient import TestClient
from redis_run import REDIS, RedisRun

from assistant.api.guards import request_counts
from assistant.api.guards.request_counts import RequestCounts
from assistant.api.routes import create_api
from assistant.errors import MissingPackage
from assistant.settings import AssistantSettings


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisRun]:
    pytest.importorskip("redis")
    if REDIS is None:
        pytest.skip("redis-server isn't installed")
    run = RedisRun(tmp_path)
    run.start()
    yield run
    run.stop()


def test_two_processes_count_as_one_and_each_alone_while_the_store_is_away(
    redis: RedisRun, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(request_counts, "_ANSWER_S", 20)  # however slow the machine is
    here, there = (RequestCounts(2, redis.url) for _ in range(2))

    async def ask() -> None:
        assert [await here.wait_s("a"), await there.wait_s("a")] == [0, 0]
        waits = [await here.wait_s("a"), await there.wait_s("a")]
        assert all(1 <= wait <= 120 for wait in waits)
        assert await there.wait_s("b") == 0
        redis.stop()
        with caplog.at_level(logging.WARNING):
            assert [await here.wait_s("a") for _ in range(3)][:2] == [0, 0]
        assert await here.wait_s("a") > 0, "counted in memory meanwhile"
        assert len(caplog.messages) == 1, "it's left alone for a while"
        redis.start()
        monkeypatch.setattr(here, "_rests_until", 0)
        assert [await here.wait_s("a"), await there.wait_s("a")] == [0, 0]
        assert await here.wait_s("a") > 0
        await here.close()
        await there.close()

    asyncio.run(ask())


def test_a_store_that_does_not_answer_holds_nobody_back(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("redis")
    settings = AssistantSettings(limits_store="redis://127.0.0.1:1", requests_per_minute=2)  # type: ignore[arg-type]
    with TestClient(create_api(FakeEngine(), settings)) as client, caplog.at_level(logging.WARNING):
        assert [client.get("/api/schemes").status_code for _ in range(3)] == [200, 200, 429]
    assert [record.name for record in caplog.records if record.levelno == logging.WARNING] == [
        request_counts.__name__
    ]


def test_no_minute_holds_more_than_its_count_wherever_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_800_000_058.0]  # two seconds before a minute of the clock ends
    monkeypatch.setattr(time, "time", lambda: clock[0])
    counts = RequestCounts(2)

    def wait_s(after_s: float) -> int:
        clock[0] += after_s
        return asyncio.run(counts.wait_s("a"))

    assert [wait_s(0), wait_s(1), wait_s(2)] == [0, 0, 57], "the first leaves the minute in 57 s"
    assert [wait_s(56), wait_s(1.5), wait_s(0)] == [1, 0, 1]


def test_without_what_speaks_to_it_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.setitem(sys.modules, "redis.asyncio", None)
    with pytest.raises(MissingPackage, match=r"\[redis\]"):
        RequestCounts(2, "redis://127.0.0.1:1")
