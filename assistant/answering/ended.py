"""What is told of an aid that is closed: that it ended before what it was, and nothing of what it gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import STORY_SECTIONS
from corpus.labels import State

_Told = TypeVar("_Told")
_WHEN = "Calendrier"


def is_closed(name: str | None, catalogue: Catalogue) -> bool:
    """Whether a scheme is known and closed."""
    return name is not None and name in catalogue and catalogue.scheme(name).status.state is State.CLOSED


def ended_first(told: Sequence[_Told], section_of: Callable[[_Told], str]) -> list[_Told]:
    """Sentences on a closed aid, those of its calendar first, without its figures and examples."""
    kept = [item for item in told if section_of(item) not in STORY_SECTIONS] or list(told)
    return sorted(kept, key=lambda item: section_of(item) != _WHEN)
