"""How right a drafted fiche is: its typed fields against those that its document tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.french.folding import words


@dataclass(frozen=True, slots=True)
class DraftScore:
    """The items of a draft, told right from wrong.

    Attributes:
        document: the document's name.
        kept_aside: whether it was kept aside while the drafting was made.
        right: items drafted that were expected.
        wrong: items drafted that weren't.
        lost: items expected that weren't drafted.
    """

    document: str
    kept_aside: bool
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of what was drafted that is right; 1 when nothing was."""
        drafted = len(self.right) + len(self.wrong)
        return len(self.right) / drafted if drafted else 1.0

    @property
    def recall(self) -> float:
        """The share of what was expected that was drafted; 1 when nothing was."""
        expected = len(self.right) + len(self.lost)
        return len(self.right) / expected if expected else 1.0


def score_draft(
    document: str,
    *,
    kept_aside: bool,
    drafted: Iterable[str],
    expected: Iterable[str],
    asked: Iterable[str],
    stated: Mapping[str, str],
) -> DraftScore:
    """Compare a draft with what is expected.

    Args:
        document: its name.
        kept_aside: whether it was kept aside while the drafting was made.
        drafted: the items drafted, without the conditions to check by hand.
        expected: those expected.
        asked: the words of each condition drafted.
        stated: by its name, a part of the words of each condition expected; one drafted may be several.
    """
    own, wanted = set(drafted), set(expected)
    texts = [" ".join(words(text)) for text in asked]
    parts = {name: " ".join(words(part)) for name, part in stated.items()}
    held = {name for name, part in parts.items() if any(part in text for text in texts)}
    idle = [f"check « {text[:60]} »" for text in texts if not any(part in text for part in parts.values())]
    return DraftScore(
        document,
        kept_aside,
        right=(*sorted(own & wanted), *(f"check {name}" for name in sorted(held))),
        wrong=(*sorted(own - wanted), *idle),
        lost=(*sorted(wanted - own), *(f"check {name}" for name in sorted(set(parts) - held))),
    )


def overall(scores: Iterable[DraftScore], name: str) -> DraftScore:
    """Several scores as one: each item counts the same."""
    every = tuple(scores)
    return DraftScore(
        name,
        any(score.kept_aside for score in every),
        right=tuple(item for score in every for item in score.right),
        wrong=tuple(item for score in every for item in score.wrong),
        lost=tuple(item for score in every for item in score.lost),
    )
