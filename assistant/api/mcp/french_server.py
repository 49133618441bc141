"""A server of the Model Context Protocol that refuses in French and that no message of its client breaks."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp.types import jsonrpc_message_adapter
from pydantic import ValidationError

from assistant.api.guards.whole_text import broken_places, mended
from assistant.api.mcp import texts
from assistant.api.problems import Problem, problem_of, validation_problem

log = logging.getLogger(__name__)

MARK = "\ufdd0"
"""Stands for half of a surrogate pair in what a client sent: no character, so that no text holds it."""

Received = SessionMessage | Exception


class FrenchServer(MCPServer[None]):
    """The SDK's server; what it would say in English, or not at all, is said in French."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """Call a tool.

        Raises:
            ToolError: one French sentence for whoever called, worded by the tool or here.
        """
        if (tools := [tool.name for tool in await self.list_tools()]) and name not in tools:
            raise ToolError(
                texts.UNKNOWN_TOOL.format(name=mended(name).replace(MARK, "?"), tools=", ".join(tools))
            )
        if places := [*broken_places(arguments, MARK)]:
            problem = validation_problem([{"type": "string_unicode", "loc": place} for place in places])
            raise ToolError(argument_refusal(problem))
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            problem = problem_of(error)
            log.exception("incident %s: tool %s", problem.incident, name)
            raise ToolError(problem.detail) from error
        except ToolError as error:
            raise ToolError(_said(error)) from error

    async def run_stdio_async(self) -> None:
        """Serve the client at the other end of stdin and stdout until it's gone."""
        async with stdio_server() as (read, write), _readable(read) as messages:
            options = self._lowlevel_server.create_initialization_options()
            await self._lowlevel_server.run(messages, write, options)


def argument_refusal(problem: Problem) -> str:
    """A refused call in one sentence: each argument by its name, and what it should be."""
    refusals = [
        texts.REFUSED_ARGUMENT.format(name=(field.pointer or "").removeprefix("#/"), detail=field.detail)
        for field in problem.errors or ()
    ]
    return texts.REFUSED_CALL.format(refusals="\u00a0; ".join(refusals))


def _said(error: ToolError) -> str:
    """The words of a refusal without what the SDK puts before them."""
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        return argument_refusal(validation_problem(cause.errors(include_url=False)))
    return str(cause or error)


@asynccontextmanager
async def _readable(read: AsyncIterable[Received]) -> AsyncIterator[MemoryObjectReceiveStream[Received]]:
    """The messages of a client, those that only half a pair makes unreadable among them."""
    send, receive = anyio.create_memory_object_stream[Received]()

    async def relay(send: MemoryObjectSendStream[Received]) -> None:
        async with send:
            async for item in read:
                await send.send(read_again(item) if isinstance(item, Exception) else item)

    async with anyio.create_task_group() as group:
        group.start_soon(relay, send)
        yield receive
        group.cancel_scope.cancel()


def read_again(error: Exception) -> Received:
    """Read a message that the SDK couldn't, each half of a surrogate pair replaced by ``MARK``.

    Args:
        error: what reading it raised; given back when it's no JSON at all, or no message.
    """
    try:
        line = error.errors(include_url=False)[0]["input"] if isinstance(error, ValidationError) else ""
        text = json.dumps(json.loads(line), ensure_ascii=False)
        return SessionMessage(jsonrpc_message_adapter.validate_json(mended(text, MARK), by_name=False))
    except (ValueError, TypeError, RecursionError):
        return error
