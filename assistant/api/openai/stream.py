"""A streamed reply as the chunks of a chat completion."""

from __future__ import annotations

import json
from typing import Any, assert_never

from fastapi.sse import format_sse_event

from assistant.api.openai.shapes import MODEL, CompletionRequest, extra_fields
from assistant.api.openai.text import added_text, grounds_of, usage_of
from assistant.api.openai_errors import openai_error
from assistant.api.problems import Problem
from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent
from assistant.reply import Reply

_END = format_sse_event(data_str="[DONE]")


class CompletionFrames:
    """Frames the events of one reply: the role, the text piece by piece, its sources, how it ended."""

    def __init__(self, request: CompletionRequest, completion_id: str, created: int) -> None:
        """Begin a completion.

        Args:
            request: what was asked.
            completion_id: its number.
            created: when it was asked, in seconds since 1970.
        """
        self.request = request
        self.with_usage = bool(request.stream_options and request.stream_options.include_usage)
        self._head = {
            "id": completion_id,
            "object": "chat.completion.chunk",
            "created": created,
            "model": MODEL,
        }

    def frame(self, event: Event) -> bytes:
        """The chunks of one event."""
        match event:
            case StatusEvent():
                return self._delta({"role": "assistant", "content": ""})
            case DeltaEvent(text):
                return self._delta({"content": text})
            case CitationsEvent():
                return b""
            case DoneEvent(reply):
                return self._last(reply)
            case _:
                assert_never(event)

    def failure(self, problem: Problem) -> bytes:
        """The chunk of an error in mid-stream."""
        return _data(openai_error(problem))

    def _last(self, reply: Reply) -> bytes:
        added = added_text(reply)
        frames = self._delta({"content": added}) if added else b""
        frames += self._delta({}, "stop", extra_fields(grounds_of(reply)))
        if self.with_usage:
            usage = usage_of(self.request, reply.answer + added).model_dump()
            frames += _data({**self._head, "choices": [], "usage": usage})
        return frames + _END

    def _delta(
        self, delta: dict[str, Any], finish_reason: str | None = None, extra: dict[str, Any] | None = None
    ) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        usage = {"usage": None} if self.with_usage else {}
        return _data({**self._head, "choices": [choice], **usage, **(extra or {})})


def _data(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return format_sse_event(data_str=text)
