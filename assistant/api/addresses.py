"""Addresses with the prefix under which a reverse proxy publishes the application, and without it."""

from __future__ import annotations

from starlette.types import Scope


def prefix_of(scope: Scope) -> str:
    """The prefix of every address of a visitor, as ``/aides``; empty without one."""
    prefix: str = scope.get("root_path", "")
    return prefix


def own_path(scope: Scope) -> str:
    """The address asked for as our routes write it: without the prefix."""
    path: str = scope["path"]
    prefix = prefix_of(scope)
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path


PAGE_HOME = "assistant.page_home"
"""Of a scope: the path, below the page's own, of all that it asks for; set where several workers serve."""
