"""The packages that only some commands need, by extra: looked for before anything slow is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from importlib.util import find_spec
from types import MappingProxyType
from typing import ParamSpec, TypeVar

from assistant.errors import MissingPackage

Given = ParamSpec("Given")
Result = TypeVar("Result")

MODULES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "evaluate": ("ir_measures", "scipy", "sklearn"),
        "dev": ("playwright",),
        "mcp": ("mcp",),
        "train": ("onnx",),
    }
)
"""What is imported of each extra; those that a search to compare with needs are looked for by that search."""


def needs(*extras: str) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Make a command say which extra to install, rather than run without it.

    Args:
        extras: keys of :data:`MODULES`.
    """

    def decorate(command: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(command)
        def checked(*given: Given.args, **named: Given.kwargs) -> Result:
            for extra in extras:
                require(extra)
            return command(*given, **named)

        return checked

    return decorate


def require(extra: str) -> None:
    """Look for the packages of an extra, without importing them.

    Raises:
        MissingPackage: one isn't installed.
    """
    for module in MODULES[extra]:
        if find_spec(module) is None:
            raise MissingPackage(module, extra)
