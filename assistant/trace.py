"""Why an answer is what it is: what was read, found, decided and dropped; given when it's asked for."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadTrace(_Shape):
    """What the conversation was read as."""

    text: str = Field(description="Le message tel qu’il est lu, orthographe corrigée")
    searched: str = Field(description="Ce qui est cherché : le message, complété par ce qu’il poursuit")
    intents: tuple[str, ...] = Field(description="Ce qui est demandé")
    named: tuple[str, ...] = Field(description="Dispositifs nommés, ou repris d’un message précédent")
    carried: bool = Field(description="Les dispositifs viennent d’un message précédent")
    by: str = Field(default="trained", description="Qui a lu : « trained », ou le nom du modèle de langage")
    answers_us: bool = Field(description="Le message répond à une question de l’assistant")
    commune: str | None = Field(default=None, description="Code INSEE de la commune comprise")
    facts: dict[str, str] = Field(default_factory=dict, description="Ce qui est su de qui demande")


class SchemeTrace(_Shape):
    """A scheme that the question may be about."""

    scheme_id: str
    likelihood: float = Field(description="Part de la vraisemblance de tous les dispositifs, de 0 à 1")
    is_subject: bool = Field(description="La réponse porte sur lui")


class PassageTrace(_Shape):
    """A passage found, and what each way of searching brought to its score."""

    document_id: str
    section: str
    score: float
    similarity: float | None = Field(description="Cosinus avec la question ; null sans vecteur")
    reasons: dict[str, float]


class SentenceTrace(_Shape):
    """A sentence weighed as an answer."""

    document_id: str
    section: str
    text: str
    score: float = Field(description="Vraisemblance comparée à celle de la meilleure phrase (1)")
    logit: float
    is_told: bool = Field(description="La réponse la cite")


class DecisionTrace(_Shape):
    """A figure held against a threshold, and what came of it."""

    decision: str = Field(description="Ce qui était à décider")
    measure: str = Field(description="Ce qui a été mesuré")
    value: float
    threshold: float
    passed: bool


class DroppedTrace(_Shape):
    """A line that was written and isn't shown, with what nothing supports in it."""

    text: str
    lacking: tuple[str, ...]


class Trace(_Shape):
    """The way to one reply."""

    read: ReadTrace
    schemes: tuple[SchemeTrace, ...] = ()
    passages: tuple[PassageTrace, ...] = ()
    sentences: tuple[SentenceTrace, ...] = ()
    decisions: tuple[DecisionTrace, ...] = ()
    dropped: tuple[DroppedTrace, ...] = ()
