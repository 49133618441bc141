"""The lives of the parts of an application, from its start to its end, as one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

Life = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def lives_of(*parts: Life) -> Life:
    """Join lives: they begin in order, and end in the other."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            for part in parts:
                await stack.enter_async_context(part(app))
            yield

    return life
