"""One line of the log a question: what became of it, as JSON, without its text unless a setting asks."""

from __future__ import annotations

import json
import logging
from typing import Any

from assistant.api.guards.request_number import request_id
from assistant.api.problems import Problem
from assistant.reply import ChatRequest, Reply

log = logging.getLogger(__name__)


class QuestionLog:
    """Writes the lines."""

    def __init__(self, *, with_text: bool = False) -> None:
        """Choose whether the text of the question is written."""
        self.with_text = with_text

    def replied(self, request: ChatRequest, reply: Reply, act: str = "") -> None:
        """Write the line of a question that got a reply; ``act`` is what it does, empty when unread."""
        self._write(
            request,
            act=act,
            status=reply.status,
            schemes=reply.schemes,
            citations=len(reply.citations),
            dropped=reply.dropped,
            generator=reply.generator,
            model_failure=reply.model_failure,
            confidence=reply.confidence,
            timings_ms=reply.timings_ms,
        )

    def failed(self, request: ChatRequest, problem: Problem) -> None:
        """Write the line of a question that got none."""
        self._write(request, problem=problem.kind, http_status=problem.status, incident=problem.incident)

    def _write(self, request: ChatRequest, **members: Any) -> None:
        text = {"question": request.messages[-1].content} if self.with_text else {}
        line = {"id": request_id(), "turns": len(request.messages), **members, **text}
        log.info("%s", json.dumps(line, ensure_ascii=False))
