"""The shapes that cross the HTTP boundary: a question in, a cited reply out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StrictBool,
    computed_field,
    field_validator,
    model_validator,
)

from assistant.errors import ModelFailure
from assistant.lines import Line
from assistant.trace import Trace

MAX_QUESTION_CHARS = 4000
MAX_MESSAGES = 100
# All that a user says in one conversation: read at some 50 microseconds a character, it takes less than a
# second (`assistant bench attacks`). What we said counts for little: it's hardly read again.
MAX_USER_CHARS = 16_000
# Conditions, choices or schemes in what a client sends back of a reply.
MAX_ASKED = 99

ReplyStatus = Literal["answered", "clarification", "unanswerable", "out_of_scope", "conversation"]
Verdict = Literal["eligible", "not_eligible", "undetermined"]
CriterionVerdict = Literal["met", "not_met", "unknown"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_Id = Annotated[str, Field(max_length=200)]
_Rank = Annotated[int, Field(ge=0, le=MAX_ASKED)]
_Choice = Annotated[str, Field(max_length=400)]


class Asked(_Shape):
    """What a reply asks back; a client sends it back with that reply, so that the answer is read for sure."""

    about: Literal["commune", "need", "scheme", "fact", "conditions"] = Field(
        description="La commune, le besoin, le dispositif, un fait, ou si des conditions sont remplies"
    )
    scheme: _Id | None = Field(default=None, description="Identifiant du dispositif dont l’examen l’attend")
    criteria: Annotated[tuple[_Rank, ...], Field(max_length=MAX_ASKED)] = Field(
        default=(), description="Rangs, à partir de 0, des conditions du dispositif dont il s’agit"
    )
    fact: _Id | None = Field(default=None, description="Clé du fait demandé")
    choices: Annotated[tuple[_Choice, ...], Field(max_length=MAX_ASKED)] = Field(
        default=(), description="Réponses proposées"
    )


class Message(_Shape):
    """One turn of the conversation, sent by the client: the server keeps none."""

    role: Literal["user", "assistant"]
    content: str = Field(max_length=20_000)
    asked: Asked | None = Field(
        default=None, description="Pour une réponse de l’assistant : son champ « asked », tel quel"
    )
    schemes: Annotated[tuple[_Id, ...], Field(max_length=MAX_ASKED)] | None = Field(
        default=None, description="Pour une réponse de l’assistant : son champ « schemes », tel quel"
    )

    @model_validator(mode="after")
    def _ours_alone_is_asked(self) -> Self:
        if self.role == "user" and (self.asked is not None or self.schemes is not None):
            raise ValueError("« asked » et « schemes » n’accompagnent que les messages de l’assistant")
        return self

    @property
    def is_typed(self) -> bool:
        """Whether a client sent back what reads the next message for sure, beside the words."""
        return self.asked is not None or self.schemes is not None

    @classmethod
    def of_reply(cls, reply: Reply) -> Message:
        """The message that a client sends back for a reply, with all that reads the next one for sure."""
        return cls(role="assistant", content=reply.answer, asked=reply.asked, schemes=reply.schemes)


class ChatRequest(_Shape):
    """What ``POST /api/chat`` takes; the last message must be the user's."""

    messages: Annotated[tuple[Message, ...], Field(min_length=1, max_length=MAX_MESSAGES)]
    commune: str | None = Field(
        default=None, description="Code INSEE, nom ou code postal (cp:59400)", examples=["59431"]
    )
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
        if _said(messages) > MAX_USER_CHARS:
            raise ValueError(
                f"les messages de l’utilisateur dépassent {MAX_USER_CHARS} caractères ensemble\u00a0: "
                "laissez de côté les plus anciens, ou commencez une autre conversation"
            )
        return messages


def latest(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The last messages of a conversation that a request may hold: the oldest are left out, whole turns."""
    kept = list(messages[-MAX_MESSAGES:])
    while len(kept) > 1 and _said(kept) > MAX_USER_CHARS:
        del kept[0]
    if len(kept) < len(messages):
        while len(kept) > 1 and kept[0].role == "assistant":
            del kept[0]
    return tuple(kept)


def _said(messages: Iterable[Message]) -> int:
    return sum(len(message.content) for message in messages if message.role == "user")


class CitedSource(_Shape):
    """A source behind a citation, with its date as precise as known."""

    title: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    date_note: str | None = None


class Citation(_Shape):
    """A passage that the answer rests on; ``quote`` is verbatim, ``n`` the number of its marker.

    ``page`` is the page it's on, from 1, in a document that has pages.
    """

    n: int
    scheme_id: str | None
    scheme_name: str | None
    document_id: str
    section: str
    quote: str
    sources: tuple[CitedSource, ...]
    page: int | None = None


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


class Link(_Shape):
    """A page that an answer leads to; ``url`` is an address, or a path from the root of the service."""

    text: str
    url: str = Field(examples=["communes/59431"])


class Eligibility(_Shape):
    """The computed verdict for one scheme; ``commune`` is the INSEE code of the commune that it's for."""

    scheme_id: str
    commune: str | None = None
    verdict: Verdict
    criteria: tuple[CriterionResult, ...]
    missing: tuple[str, ...]
    availability: Availability
    would_change: tuple[WouldChange, ...]

    def numbered(self, numbers: Mapping[int, int]) -> Self:
        """The verdict whose criteria refer to citations under new numbers; to none where one has none."""
        criteria = (
            item.model_copy(update={"citation": numbers.get(item.citation or 0)}) for item in self.criteria
        )
        return self.model_copy(update={"criteria": tuple(criteria)})


class Estimate(_Shape):
    """What one rule of a scheme pays at most for a cost that was told; 0 under its floor."""

    scheme_id: str
    label: str | None = Field(default=None, description="À quoi la règle s’applique")
    cost: float = Field(description="Coût indiqué, en euros")
    rate: float | None = Field(default=None, description="Taux le plus haut, de 0 à 1")
    ceiling: float | None = Field(default=None, description="Plafond de l’aide, en euros")
    floor: float | None = Field(default=None, description="Dépense minimale, en euros")
    amount_min: float = Field(description="Aide au taux le plus bas, en euros")
    amount_max: float = Field(description="Aide au plus, en euros")
    citation: int | None = Field(default=None, description="Numéro de la citation de la règle")


class Reply(_Shape):
    """The whole reply to one question; its ``answer`` is the texts of its ``lines``, always.

    A reply read without lines, from a program that gives none, gets a line for each of its answer's.
    """

    status: ReplyStatus
    lines: tuple[Line, ...] = Field(description="La réponse ligne par ligne, chacune avec sa nature")
    citations: tuple[Citation, ...] = ()
    schemes: tuple[str, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    estimates: tuple[Estimate, ...] = Field(default=(), description="Aides calculées pour le coût indiqué")
    asked: Asked | None = Field(default=None, description="Ce qui est demandé en retour, à renvoyer tel quel")
    choices: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    links: tuple[Link, ...] = Field(default=(), description="Pages où la réponse mène")
    generator: str = "extractive"
    confidence: float | None = Field(
        default=None, description="Confiance, de 0 à 1, que le sujet trouvé est celui de la question"
    )
    dropped: int = Field(default=0, ge=0, description="Lignes écartées à la vérification")
    model_sentences: int = Field(default=0, ge=0, description="Phrases écrites par le modèle de langage")
    model_struck: int = Field(default=0, ge=0, description="Celles d’entre elles qui ont été écartées")
    model_failure: ModelFailure | None = Field(
        default=None,
        description="Pourquoi le modèle de langage n’a pas servi, ou pas jusqu’au bout : laissé de côté, "
        "trop lent, refus, injoignable, illisible, écarté par nos contrôles",
    )
    timings_ms: dict[str, float] = Field(default_factory=dict)
    trace: Trace | None = Field(default=None, description="Le chemin de la réponse, demandé par explain")

    def without_model(self, failure: ModelFailure) -> Self:
        """The reply, with why the language model was of no use; the first reason stays."""
        return self.model_copy(update={"model_failure": self.model_failure or failure})

    @computed_field(description="Texte de la réponse, en Markdown : les textes de ses lignes")  # type: ignore[prop-decorator]
    @property
    def answer(self) -> str:
        """The text of the answer."""
        return "\n".join(line.text for line in self.lines)

    @model_validator(mode="wrap")
    @classmethod
    def _answers_with_its_lines(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not (isinstance(values, dict) and isinstance(values.get("answer"), str)):
            return handler(values)
        rest = {name: value for name, value in values.items() if name != "answer"}
        answer = values["answer"]
        if "lines" not in rest:
            rest["lines"] = tuple(Line(kind="note", text=text) for text in answer.split("\n"))
        reply = handler(rest)
        if reply.answer != answer:
            raise ValueError("la réponse n’est pas celle de ses lignes")
        return reply

    def numbered(self, numbers: Mapping[int, int]) -> Self:
        """The reply with its citations under new numbers, in their order: in its lines and its criteria too.

        Args:
            numbers: the new number of each citation by the old; one that has none goes, with its markers.
        """
        cited = [
            item.model_copy(update={"n": numbers[item.n]}) for item in self.citations if item.n in numbers
        ]
        return self.model_copy(
            update={
                "lines": tuple(line.under(numbers) for line in self.lines),
                "citations": tuple(sorted(cited, key=lambda item: item.n)),
                "eligibility": tuple(shape.numbered(numbers) for shape in self.eligibility),
                "estimates": tuple(
                    item.model_copy(update={"citation": numbers.get(item.citation or 0)})
                    for item in self.estimates
                ),
            }
        )


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
