"""Have a language model read a message: what it asks, of which of the ids given, what its words state."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import ModelError
from assistant.model.calls import FillsShapes
from assistant.model.circuit import Circuit
from assistant.model.read_prompt import BEFORE, write_read_prompt
from assistant.reading.acts import Act, Aspect
from assistant.reading.reading import Asked, Candidate, Reading, Stated
from assistant.reading.verbatim import stated_beneficiary, stated_cost, stated_population
from assistant.reply import Message

log = logging.getLogger(__name__)
# More than that is no reading.
_MOST_ASKED, _MOST_SUBJECTS, _MOST_FACTS = 4, 6, 12


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskedShape(_Shape):
    """Une question du message."""

    act: Act = Field(description="Ce que fait le message")
    aspect: Aspect | None = Field(description="Ce qui est demandé d’une aide, ou null")
    subjects: list[str] = Field(description="Identifiants pris dans la liste")


class FactShape(_Shape):
    """Un fait que la mairie dit."""

    kind: Literal["beneficiary", "population", "cost"]
    value: str = Field(description="Une valeur de la liste, ou un nombre en chiffres")
    words: str = Field(description="Les mots de la mairie, recopiés tels quels")


class ReadShape(_Shape):
    """Ce que demande le dernier message."""

    asked: list[AskedShape] = Field(description="Une entrée par question, dans l’ordre")
    facts: list[FactShape] = Field(description="Ce que la mairie dit d’elle ou de son projet")


class ModelReader:
    """Reads with a model; what names something that it wasn't given is no reading at all."""

    def __init__(self, model: FillsShapes, budget: int, most_s: float, circuit: Circuit) -> None:
        """Read with ``model``.

        Args:
            model: fills the shape.
            budget: most tokens of a prompt.
            most_s: most seconds for a reading.
            circuit: leaves a failing model alone.
        """
        self._model, self._budget, self._most_s, self._circuit = model, budget, most_s, circuit

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def read(
        self, messages: Sequence[Message], candidates: Sequence[Candidate], within_s: float | None
    ) -> Reading | None:
        """Read; see :class:`~assistant.reading.reading.Reader`."""
        if not self._circuit.allows():
            return None
        prompt, shown = write_read_prompt(messages, candidates, self._budget)
        seconds = self._most_s if within_s is None else min(self._most_s, within_s)
        try:
            told = self._model.fill(ReadShape, prompt.system, prompt.user, seconds)
        except ModelError as error:
            self._circuit.failed(error.retry_s)
            log.warning("%s", error)
            return None
        self._circuit.succeeded()
        if not _is_reading(told, shown):
            log.warning("the language model read what it wasn't given: its reading is left aside")
            return None
        asked = tuple(
            Asked(item.act, item.aspect, tuple(dict.fromkeys(item.subjects))) for item in told.asked
        )
        said = [message.content for message in (*messages[:-1][-BEFORE:], messages[-1]) if _is_user(message)]
        return Reading(asked, _stated(told.facts, said), self.name)


def _is_user(message: Message) -> bool:
    return message.role == "user"


def _is_reading(told: ReadShape, shown: Sequence[str]) -> bool:
    """Whether a shape asks something, not without end, and of what was shown alone."""
    return (
        0 < len(told.asked) <= _MOST_ASKED
        and len(told.facts) <= _MOST_FACTS
        and all(len(item.subjects) <= _MOST_SUBJECTS for item in told.asked)
        and all(name in shown for item in told.asked for name in item.subjects)
    )


def _stated(facts: Sequence[FactShape], said: Sequence[str]) -> Stated:
    """The facts that the user's words bear out; the last told of a kind, the others dropped."""
    kept = Stated()
    for fact in facts:
        who = stated_beneficiary(fact.value, fact.words, said) if fact.kind == "beneficiary" else None
        size = stated_population(fact.value, fact.words, said) if fact.kind == "population" else None
        cost = stated_cost(fact.value, fact.words, said) if fact.kind == "cost" else None
        if not (who or size or cost):
            log.info("a fact that the user's words don't say is left aside")
        kept = Stated(who or kept.beneficiary, size or kept.population, cost or kept.cost)
    return kept
