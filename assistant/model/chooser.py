"""Have a language model choose the statements that answer, by number: it writes nothing that is shown."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from assistant.choosing.choice import Choice, ChoiceStatus
from assistant.choosing.evidence import Evidence
from assistant.errors import ModelError, ModelLeftAlone
from assistant.model.calls import FillsShapes
from assistant.model.choose_prompt import write_choose_prompt
from assistant.model.circuit import Circuit
from assistant.reply import Message

log = logging.getLogger(__name__)
MOST_CHOSEN = 6
# More numbers than that aren't a choice.
_MOST_NUMBERS = 40


class ChosenNumbers(BaseModel):
    """Les phrases qui répondent à la question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: ChoiceStatus = Field(description="answered, not_said ou outside")
    statements: list[StrictInt] = Field(description="Numéros des phrases, la meilleure d’abord")


class ModelChooser:
    """Chooses with a model; what isn't a choice among the statements offered is no choice at all."""

    def __init__(self, model: FillsShapes, budget: int, most_s: float, circuit: Circuit) -> None:
        """Choose with ``model``.

        Args:
            model: fills the shape.
            budget: most tokens of a prompt.
            most_s: most seconds for a choice.
            circuit: leaves a failing model alone.
        """
        self._model, self._budget, self._most_s, self._circuit = model, budget, most_s, circuit

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def choose(
        self, messages: Sequence[Message], offered: Sequence[Evidence], within_s: float | None
    ) -> Choice | None:
        """Choose; see :class:`~assistant.choosing.choice.Chooser`."""
        if not self._circuit.allows():
            raise ModelLeftAlone
        prompt, shown = write_choose_prompt(messages, offered, self._budget)
        seconds = self._most_s if within_s is None else min(self._most_s, within_s)
        try:
            told = self._model.fill(ChosenNumbers, prompt.system, prompt.user, seconds)
        except ModelError as error:
            self._circuit.failed(error.retry_s)
            log.warning("%s", error)
            raise
        self._circuit.succeeded()
        choice = _chosen(told, shown, self.name)
        if choice is None and told.statements:
            log.warning("the language model chose what it wasn't offered: its choice is left aside")
        return choice


def _chosen(told: ChosenNumbers, shown: Sequence[Evidence], name: str) -> Choice | None:
    """The statements of the numbers told; None where one was offered to nobody, or where none is told."""
    numbers = list(dict.fromkeys(told.statements))
    if len(told.statements) > _MOST_NUMBERS or not all(1 <= n <= len(shown) for n in numbers):
        return None
    items = tuple(shown[n - 1] for n in numbers)
    if told.status == "outside":
        return None if items else Choice("outside", (), name)
    if told.status == "not_said":
        return Choice("not_said", tuple(item for item in items if item.is_gap)[:MOST_CHOSEN], name)
    return Choice("answered", items[:MOST_CHOSEN], name) if items else None
