"""The shapes of an OpenAI-compatible chat completion: what is read of a request, what a response holds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, WithJsonSchema

from assistant.api import texts
from assistant.reply import Citation, Eligibility, ReplyStatus

MODEL = "assistant-dispositifs"
MAX_HISTORY = 1000


def _text_of(content: object) -> object:
    """Join the parts of a content; those that aren't text are refused."""
    if content is None:
        return ""
    if not isinstance(content, list):
        return content
    texts_found = []
    for part in content:
        match part:
            case {"type": "text" | "input_text" | "output_text", "text": str(text)}:
                texts_found.append(text)
            case {"type": "refusal", "refusal": str(text)}:  # of an assistant, said again by its client
                texts_found.append(text)
            case {"type": "text" | "input_text" | "output_text"}:
                raise ValueError(texts.PART_WITHOUT_TEXT)
            case _:
                raise ValueError(texts.ONLY_TEXT)
    return "\n".join(texts_found)


_CONTENT_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "array",
            "items": {
                "anyOf": [
                    {
                        "type": "object",
                        "properties": {
                            "type": {"enum": ["text", "input_text", "output_text"]},
                            "text": {"type": "string"},
                        },
                        "required": ["type", "text"],
                    },
                    {
                        "type": "object",
                        "properties": {"type": {"enum": ["refusal"]}, "refusal": {"type": "string"}},
                        "required": ["type", "refusal"],
                    },
                ]
            },
        },
        {"type": "null"},
    ]
}


class _Read(BaseModel):
    """What clients send beyond what we read (temperature, tools...) is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CompletionMessage(_Read):
    """A message; only those of the user and of the assistant are read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, BeforeValidator(_text_of), WithJsonSchema(_CONTENT_SCHEMA)] = ""


class StreamOptions(_Read):
    """What a stream holds besides the answer."""

    include_usage: StrictBool | None = False


class ResponseFormat(_Read):
    """The form of the answer: text, and nothing else."""

    type: Literal["text"]


class CompletionRequest(_Read):
    """What ``POST /v1/chat/completions`` reads; ``commune`` and ``scheme`` are ours."""

    model: str = Field(max_length=200, examples=[MODEL])
    messages: Annotated[tuple[CompletionMessage, ...], Field(min_length=1, max_length=MAX_HISTORY)]
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = 1
    response_format: ResponseFormat | None = None
    commune: str | None = Field(
        default=None, description="Code INSEE, nom ou code postal (cp:59400)", examples=["59431"]
    )
    scheme: str | None = Field(default=None, description="Identifiant du dispositif", examples=["cvcb"])


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True)


class Usage(_Written):
    """Words and punctuation marks: the nearest that an assistant without a language model has to tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Grounds(_Written):
    """What the assistant says beyond OpenAI's form: all that makes its answer checkable."""

    status: ReplyStatus | None = None
    citations: tuple[Citation, ...] = ()
    schemes: tuple[str, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    suggestions: tuple[str, ...] = ()


class AnswerMessage(_Written):
    """The answer, its sources in the text."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(_Written):
    """The one answer of a completion."""

    index: int = 0
    message: AnswerMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Completion(Grounds):
    """A whole response."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: tuple[Choice, ...]
    usage: Usage


class Model(_Written):
    """The one model there is."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 1767225600  # 2026-01-01
    owned_by: str = "assistant"


class ModelList(_Written):
    """What ``GET /v1/models`` gives."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...] = (Model(),)


class ErrorBody(_Written):
    """What failed."""

    message: str
    type: str = Field(examples=["invalid_request_error"])
    param: str | None = None
    code: str | None = Field(default=None, examples=["model_not_found"])


class ErrorResponse(_Written):
    """A refusal in OpenAI's form."""

    error: ErrorBody


def extra_fields(grounds: Grounds) -> dict[str, Any]:
    """What a chunk carries beyond OpenAI's form."""
    return grounds.model_dump(mode="json", include=set(Grounds.model_fields))
