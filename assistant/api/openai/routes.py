"""The routes that OpenAI's clients know: chat completions and models."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.models import Example
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from assistant.answering.interface import AnswerEngine
from assistant.api import texts
from assistant.api.asking import ask, ask_stream
from assistant.api.guards.request_number import request_id
from assistant.api.openai.shapes import (
    MODEL,
    AnswerMessage,
    Choice,
    Completion,
    CompletionRequest,
    ErrorResponse,
    Model,
    ModelList,
    extra_fields,
)
from assistant.api.openai.stream import CompletionFrames
from assistant.api.openai.text import added_text, chat_request, grounds_of, usage_of
from assistant.api.problems import about_response
from assistant.errors import UnknownModel
from assistant.reply import ChatRequest

COMPLETION_EXAMPLES: dict[str, Example] = {
    "question": {
        "summary": texts.EXAMPLE_COMPLETION,
        "value": {"model": MODEL, "messages": [{"role": "user", "content": texts.EXAMPLE_QUESTIONS[0]}]},
    },
    "stream": {
        "summary": texts.EXAMPLE_COMPLETION_STREAM,
        "value": {
            "model": MODEL,
            "messages": [{"role": "user", "content": texts.EXAMPLE_QUESTIONS[2]}],
            "commune": "59431",
            "stream": True,
            "stream_options": {"include_usage": True},
        },
    },
}
COMPLETION_STREAM: dict[str, Any] = {
    "text/event-stream": {
        "schema": {
            "type": "object",
            "properties": {"data": {"type": "string"}},
            "required": ["data"],
        },
        "example": {"data": "[DONE]"},
    }
}
CompletionBody = Annotated[CompletionRequest, Body(openapi_examples=COMPLETION_EXAMPLES)]
ModelName = Annotated[str, Path(description=texts.MODEL_NAME, examples=[MODEL])]


def openai_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare that a route can answer with these statuses, each with an error in OpenAI's form."""
    # What FastAPI would declare as 422 is sent as 400: see `describe`.
    return {status: {"model": ErrorResponse, **about_response(status)} for status in (*statuses, 422)}


router = APIRouter(prefix="/v1")


@router.post(
    "/chat/completions",
    response_model=Completion,
    summary=texts.COMPLETION_SUMMARY,
    description=texts.COMPLETION_DESCRIPTION,
    responses={
        200: {
            "description": texts.ANSWER_OK,
            "content": COMPLETION_STREAM,
        },
        **openai_responses(400, 404, 413, 429, 500, 503, 504),
    },
)
async def completions(request: Request, body: CompletionBody) -> Completion | StreamingResponse:
    """Answer as a chat completion."""
    _require_model(body.model)
    engine: AnswerEngine = request.app.state.engine
    question = _question_of(body)
    completion_id, created = f"chatcmpl-{request_id()}", int(time.time())
    if question.stream:
        frames = CompletionFrames(body, completion_id, created)
        return await ask_stream(request, engine, question, frames.frame, frames.failure)
    reply = await ask(request, engine, question)
    answer = reply.answer + added_text(reply)
    return Completion(
        id=completion_id,
        created=created,
        choices=(Choice(message=AnswerMessage(content=answer)),),
        usage=usage_of(body, answer),
        **extra_fields(grounds_of(reply)),
    )


@router.get("/models", summary=texts.MODELS_SUMMARY, responses=openai_responses(429, 500))
def models() -> ModelList:
    """List the one model."""
    return ModelList()


@router.get("/models/{model}", summary=texts.MODEL_SUMMARY, responses=openai_responses(404, 429, 500))
def model(model: ModelName) -> Model:
    """Show the one model."""
    _require_model(model)
    return Model()


def _require_model(name: str) -> None:
    if name != MODEL:
        raise UnknownModel(name, MODEL)


def _question_of(body: CompletionRequest) -> ChatRequest:
    try:
        return chat_request(body)
    except ValidationError as error:
        raise RequestValidationError(
            [{**item, "loc": ("body", *item["loc"])} for item in error.errors()]
        ) from error
