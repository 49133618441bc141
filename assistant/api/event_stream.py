"""A streamed reply as server-sent events: status, delta, citations, done, or error."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from functools import partial
from typing import Any, assert_never

from fastapi.sse import format_sse_event

from assistant.api.problems import Problem, problem_of
from assistant.api.waiting_room import run_apart
from assistant.errors import AssistantError
from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent
from ingest.errors import IngestError

log = logging.getLogger(__name__)


async def event_frames(
    first: Event, rest: Iterator[Event], frame: Callable[[Event], bytes], failure: Callable[[Problem], bytes]
) -> AsyncGenerator[bytes]:
    """Frame the events of a reply; an error after the first event is framed as well.

    The engine's steps run in worker threads. When the client goes away, no further step is taken.
    """
    try:
        yield frame(first)
        while (event := await run_apart(partial(next, rest, None))) is not None:
            yield frame(event)
    except (AssistantError, IngestError) as error:
        yield failure(problem_of(error))
    except Exception as error:
        problem = problem_of(error)
        log.exception("incident %s in a streamed reply", problem.incident)
        yield failure(problem)
    finally:
        _close(rest)


def frame(event: Event) -> bytes:
    """One event on the wire."""
    match event:
        case StatusEvent(status):
            return _named("status", {"status": status})
        case DeltaEvent(text, line):
            ended = {} if line is None else {"line": line.model_dump(mode="json")}
            return _named("delta", {"text": text, **ended})
        case CitationsEvent(citations):
            return _named("citations", [citation.model_dump(mode="json") for citation in citations])
        case DoneEvent(reply):
            return _named("done", reply.model_dump(mode="json"))
        case _:
            assert_never(event)


def failure(problem: Problem) -> bytes:
    """The event of an error."""
    return _named("error", problem.document())


def _named(name: str, data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return format_sse_event(event=name, data_str=text)


def _close(events: Iterator[Event]) -> None:
    """Stop a generator now rather than when it's collected, so that its own clean-up runs."""
    close = getattr(events, "close", None)
    if close is not None:
        close()
