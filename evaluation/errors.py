"""Errors of the evaluation; their text is one French line that says what to do."""

from __future__ import annotations

from assistant.errors import AssistantError


class TestSetError(AssistantError):
    """A test set can't be read."""

    __test__ = False
