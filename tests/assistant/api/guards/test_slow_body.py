"""A body that comes too slowly is refused; an answer that takes long isn't."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI, Request

from assistant.api.guards.slow_body import SlowBody
from assistant.api.refusals import install_refusals


def application(seconds: float) -> FastAPI:
    app = FastAPI(openapi_url=None)

    @app.post("/api/echo")
    async def echo(request: Request) -> dict[str, int]:
        size = len(await request.body())
        await asyncio.sleep(3 * seconds)  # the work may take longer than the body had
        return {"size": size}

    @app.post("/api/left")
    async def left(request: Request) -> dict[str, bool]:
        await request.body()
        await asyncio.sleep(2 * seconds)
        return {"left": await request.is_disconnected()}

    install_refusals(app)
    app.add_middleware(SlowBody, seconds=seconds)
    return app


async def posted(pause_s: float, path: str = "/api/echo") -> httpx.Response:
    async def pieces():
        for _ in range(3):
            yield b"12345"
            await asyncio.sleep(pause_s)

    way = httpx.ASGITransport(application(0.1))
    async with httpx.AsyncClient(transport=way, base_url="http://here") as client:
        return await client.post(path, content=pieces())


def test_a_body_that_comes_drop_by_drop_is_refused_and_the_connection_closed() -> None:
    answer = asyncio.run(posted(0.08))
    assert answer.status_code == 408
    assert answer.headers["connection"] == "close"
    assert answer.headers["content-type"] == "application/problem+json"
    assert "n’est pas arrivé à temps" in answer.json()["detail"]


@pytest.mark.parametrize(("path", "told"), [("/api/echo", {"size": 15}), ("/api/left", {"left": False})])
def test_one_that_comes_in_time_is_read_and_its_answer_may_take_longer(path: str, told: object) -> None:
    answer = asyncio.run(posted(0, path))
    assert (answer.status_code, answer.json()) == (200, told)
