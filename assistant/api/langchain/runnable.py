"""The assistant as a LangChain runnable: messages in, one message out, the whole reply beside its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, convert_to_messages
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answering.engine import Engine
from assistant.reply import ChatRequest, Message

_ROLES = {"human": "user", "ai": "assistant"}


def assistant_runnable(engine: Engine) -> Runnable[Any, AIMessage]:
    """The engine as a runnable.

    It takes a question, messages in any form that LangChain knows, or ``{"messages": ..., "commune": ...,
    "scheme": ...}``. Its message holds the answer; ``additional_kwargs["reply"]`` the reply as the API gives
    it, with citations, verdicts and estimates. Messages of systems and of tools aren't read.

    Raises:
        ValueError: the messages make no question.
        AssistantError, IngestError: as :meth:`~assistant.answering.engine.Engine.reply` raises them.
    """

    def answer(asked: Any) -> AIMessage:
        reply = engine.reply(request_of(asked))
        told = {"model_name": reply.generator, "status": reply.status}
        whole = {"reply": reply.model_dump(mode="json")}
        return AIMessage(reply.answer, additional_kwargs=whole, response_metadata=told)

    return RunnableLambda(answer, name="assistant")


def request_of(asked: str | BaseMessage | Sequence[Any] | Mapping[str, Any]) -> ChatRequest:
    """The request that a question or messages make; see :func:`assistant_runnable`.

    Raises:
        ValueError: they make no question.
    """
    beside: dict[str, Any] = {}
    if isinstance(asked, Mapping):
        beside = {name: asked.get(name) for name in ("commune", "scheme")}
        asked = asked.get("messages", ())
    given = [asked] if isinstance(asked, (str, BaseMessage)) else list(asked)
    told = [item for item in convert_to_messages(given) if item.type in _ROLES and item.text.strip()]
    messages = [Message.model_validate({"role": _ROLES[item.type], "content": item.text}) for item in told]
    return ChatRequest.model_validate({"messages": messages, **beside})
