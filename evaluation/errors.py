"""Errors of the evaluation; their text is one French line that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_KINDS = {
    "missing": "champ obligatoire absent",
    "extra_forbidden": "champ inconnu",
    "json_invalid": "JSON mal formé",
}
_FIELD_CHARS = 60


class TestSetError(AssistantError):
    """A test set can't be read."""

    __test__ = False


class CaseError(AssistantError):
    """A question file is malformed, or refers to what doesn't exist; one line a problem."""


class TargetGone(AssistantError):
    """The server measured no longer answers."""


class RunFileError(AssistantError):
    """A file of results, or the baseline, can't be read."""


class BrowserMissing(AssistantError):
    """No browser to measure pages with is found on this machine."""


class GateClosed(AssistantError):
    """A run falls under the accepted figures, or breaks an invariant."""


class ProcessLost(AssistantError):
    """A process that measured died without a result."""


class FoldError(AssistantError):
    """The file of folds is malformed, or a fiche is in none of them or in several; one line a problem."""


class FoldLeak(AssistantError):
    """A fold has read what it must not know: a measure of it would mean nothing."""


class FoldStale(AssistantError):
    """What was trained for a fold is missing, or was made from other files than today's."""


class ModelFileError(AssistantError):
    """The file of the language model for tests and measures can't be had."""


def field_in_french(detail: ErrorDetails, whole: str) -> str:
    """Say in one short French line which field pydantic refused, and why, without what it held.

    Args:
        detail: one error.
        whole: what to name when the value as a whole is refused.
    """
    # The name of a field that isn't expected comes from outside: it may be long, on several lines.
    place = " ".join(".".join(str(part) for part in detail["loc"]).split())[:_FIELD_CHARS] or whole
    told = detail.get("ctx", {})
    reason = told.get("error") if detail["type"] == "value_error" else None
    if detail["type"] == "literal_error":
        names = str(told["expected"]).replace("'", "").replace(" or ", ", ")
        reason = f"valeur inconnue, à choisir parmi {names}"
    return f"champ « {place} » : {reason or _KINDS.get(detail['type'], 'valeur incorrecte')}"
