"""What a model can do: the ways in which it fills a shape, and how long that takes, found by asking it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import ModelError
from assistant.model.calls import CalledModel, Method

_SYSTEM = "Tu donnes un objet JSON, rien d’autre."
_USER = "Donne « total » : combien font deux et trois ?"


class _Sum(BaseModel):
    """Le résultat d’une addition."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    total: int = Field(description="Le total")


@dataclass(frozen=True, slots=True)
class Ability:
    """What a model was seen to do.

    Attributes:
        methods: the ways in which it fills a shape, each with the seconds that it took.
        problem: why it fills none, when it fills none.
    """

    methods: dict[Method, float]
    problem: ModelError | None


def ability_of(model: CalledModel, within_s: float) -> Ability:
    """Ask a model to fill a small shape in each way, for ``within_s`` seconds each at most."""
    methods: dict[Method, float] = {}
    problem: ModelError | None = None
    for method in get_args(Method):
        started = time.perf_counter()
        try:
            model.by(method).fill(_Sum, _SYSTEM, _USER, within_s)
            methods[method] = time.perf_counter() - started
        except ModelError as error:
            problem = problem or error
    return Ability(methods, None if methods else problem)
