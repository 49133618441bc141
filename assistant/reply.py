"""The shapes that cross the HTTP boundary: a question in, a cited reply out."""

from __future__ import annotations

from collections.abc import Mapping
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

from assistant.markers import markers, renumbered, without_last_markers
from assistant.trace import Trace

MAX_QUESTION_CHARS = 4000
MAX_MESSAGES = 50
# Conditions, choices or schemes in what a client sends back of a reply.
MAX_ASKED = 99

ReplyStatus = Literal["answered", "clarification", "unanswerable", "out_of_scope"]
Verdict = Literal["eligible", "not_eligible", "undetermined"]
CriterionVerdict = Literal["met", "not_met", "unknown"]
# What a line of an answer is:
#   statement   a sentence of a source, word for word, or one that a language model made of it
#   heading     what introduces the lines under it: statements, conditions or a table
#   item        one of a list: a scheme and what is said of it, a scheme to choose
#   table_head  the titles of a table's columns
#   table_row   a row of it, its first cell the title
#   verdict     whether whoever asks may have the aid
#   reason      a criterion that decides a verdict
#   caution     what may no longer hold: an old rule, a closed call
#   unknown     what the sources don't say
#   advice      whom to ask, what to do next
#   question    what is asked back
#   condition   one of those asked back or left to check
#   note        what is said of the answer, or beside it
LineKind = Literal[
    "statement",
    "heading",
    "item",
    "table_head",
    "table_row",
    "verdict",
    "reason",
    "caution",
    "unknown",
    "advice",
    "question",
    "condition",
    "note",
]
TABLE_KINDS: frozenset[LineKind] = frozenset({"table_head", "table_row"})
LISTED_KINDS: frozenset[LineKind] = frozenset({"item", "reason", "condition"})
LIST_MARK = "- "


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


def _marked(values: Mapping[str, Any]) -> tuple[int, ...]:
    """The numbers that a line's text refers to, each once, in order."""
    return tuple(dict.fromkeys(markers(values["text"])))


def table_text(kind: LineKind, cells: tuple[str, ...]) -> str:
    """A row of a table in Markdown, a head with the rule under it; a bar in a cell becomes a slash."""
    row = f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
    return f"{row}\n{table_text('table_row', ('---',) * len(cells))}" if kind == "table_head" else row


class Line(_Shape):
    """One line of an answer: what it is, how it is shown, what it cites.

    Lines are made by :mod:`assistant.lines`; nobody reads one's text to know what it is.

    Attributes:
        kind: what it is.
        text: as shown, with its markers, on one line of Markdown: what is of a list begins with its mark
            ``- ``, a row of a table is its cells between bars, the head has the rule under it.
        citations: the numbers of its markers.
        cells: the texts of a table's head or row, which may hold bars; empty for any other line.
    """

    kind: LineKind = Field(description="Nature de la ligne")
    text: str = Field(description="Texte en Markdown, avec ses renvois [n]")
    citations: tuple[int, ...] = Field(default_factory=_marked, description="Numéros de ses renvois")
    cells: tuple[str, ...] = Field(default=(), description="Cellules d’une ligne de tableau")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.kind in TABLE_KINDS:
            well_formed = bool(self.cells) and self.text == table_text(self.kind, self.cells)
        else:
            well_formed = not self.cells and "\n" not in self.text
        if self.kind in LISTED_KINDS and not self.text.startswith(LIST_MARK):
            well_formed = False
        if not well_formed or self.citations != _marked({"text": self.text}):
            raise ValueError("la ligne n’a pas la forme de sa nature, ou pas les renvois de son texte")
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts that stand each for itself: the cells of a row, else the whole without a list's mark."""
        return self.cells or (self.body,)

    @property
    def body(self) -> str:
        """The text without the mark of a list."""
        return self.text.removeprefix(LIST_MARK) if self.kind in LISTED_KINDS else self.text

    @property
    def said(self) -> str:
        """The text without the markers that end it: what two lines that say the same have in common."""
        return without_last_markers(self.text)

    def under(self, numbers: Mapping[int, int]) -> Line:
        """The line with each marker under its new number; one that has none goes."""
        cells = tuple(renumbered(cell, numbers) for cell in self.cells)
        text = table_text(self.kind, cells) if cells else renumbered(self.text, numbers)
        return Line(kind=self.kind, text=text, cells=cells)


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
    """The whole reply to one question; its ``answer`` is the texts of its ``lines``, always.

    A reply read without lines, from a program that gives none, gets a line for each of its answer's.
    """

    status: ReplyStatus
    lines: tuple[Line, ...] = Field(description="La réponse ligne par ligne, chacune avec sa nature")
    citations: tuple[Citation, ...] = ()
    schemes: tuple[str, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    asked: Asked | None = Field(default=None, description="Ce qui est demandé en retour, à renvoyer tel quel")
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
