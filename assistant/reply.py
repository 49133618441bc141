"""The shapes that cross the HTTP boundary: a question in, a cited reply out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, field_validator

from assistant.trace import Trace

MAX_QUESTION_CHARS = 4000
MAX_MESSAGES = 50

ReplyStatus = Literal["answered", "clarification", "unanswerable", "out_of_scope"]
Verdict = Literal["eligible", "not_eligible", "undetermined"]
CriterionVerdict = Literal["met", "not_met", "unknown"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(_Shape):
    """One turn of the conversation, sent by the client: the server keeps none."""

    role: Literal["user", "assistant"]
    content: str = Field(max_length=20_000)


class ChatRequest(_Shape):
    """What ``POST /api/chat`` takes; the last message must be the user's."""

    messages: Annotated[tuple[Message, ...], Field(min_length=1, max_length=MAX_MESSAGES)]
    commune: str | None = Field(default=None, description="Code INSEE", examples=["59431"])
    scheme: str | None = Field(default=None, description="Identifiant du dispositif", examples=["cvcb"])
    stream: StrictBool = False
    explain: StrictBool = Field(default=False, description="Donner aussi le chemin de la réponse (trace)")

    @field_validator("messages")
    @classmethod
    def _last_is_a_question(cls, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        if messages[-1].role != "user":
            raise ValueError("le dernier message doit être celui de l’utilisateur")
        if not messages[-1].content.strip():
            raise ValueError("la question est vide")
        if len(messages[-1].content) > MAX_QUESTION_CHARS:
            raise ValueError(f"la question dépasse {MAX_QUESTION_CHARS} caractères")
        return messages


class CitedSource(_Shape):
    """A source behind a citation, with its date as precise as known."""

    title: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    date_note: str | None = None


class Citation(_Shape):
    """A passage that the answer rests on; ``quote`` is verbatim, ``n`` the number of its marker."""

    n: int
    scheme_id: str | None
    scheme_name: str | None
    document_id: str
    section: str
    quote: str
    sources: tuple[CitedSource, ...]


class CriterionResult(_Shape):
    """One criterion of a scheme, settled or not, with the reason in plain French."""

    label: str
    verdict: CriterionVerdict
    because: str
    citation: int | None


class Availability(_Shape):
    """Whether requests are taken, and as of when that is known."""

    state: Literal["open", "closed", "unknown"]
    as_of: str
    note: str | None = None


class WouldChange(_Shape):
    """A fact that would turn the verdict."""

    fact: str
    to: bool | int | str
    verdict: Verdict
    text: str


class Eligibility(_Shape):
    """The computed verdict for one scheme."""

    scheme_id: str
    verdict: Verdict
    criteria: tuple[CriterionResult, ...]
    missing: tuple[str, ...]
    availability: Availability
    would_change: tuple[WouldChange, ...]


class Reply(_Shape):
    """The whole reply to one question."""

    status: ReplyStatus
    answer: str
    citations: tuple[Citation, ...] = ()
    schemes: tuple[str, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    choices: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    generator: str = "extractive"
    confidence: float | None = Field(
        default=None, description="Confiance, de 0 à 1, que le sujet trouvé est celui de la question"
    )
    dropped: int = Field(default=0, ge=0, description="Lignes écartées à la vérification")
    model_sentences: int = Field(default=0, ge=0, description="Phrases écrites par le modèle de langage")
    model_struck: int = Field(default=0, ge=0, description="Celles d’entre elles qui ont été écartées")
    timings_ms: dict[str, float] = Field(default_factory=dict)
    trace: Trace | None = Field(default=None, description="Le chemin de la réponse, demandé par explain")


class SearchHit(_Shape):
    """A passage found, with its fused score and the reason it's there."""

    text: str
    scheme_id: str | None
    section: str
    score: float
    document_id: str
    chunk_id: str
    title: str
    reasons: dict[str, float]


class SearchResponse(_Shape):
    """What ``GET /api/search`` gives, best passage first."""

    query: str
    hits: tuple[SearchHit, ...]
    repaired: dict[str, str] = Field(
        default_factory=dict, description="Mots corrigés avant la recherche : écrit, puis lu"
    )
