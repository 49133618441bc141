"""The answer that a model and the computed reply make together: nothing is lost, nothing said twice."""

from __future__ import annotations

import logging

from assistant.checking.sentence import CheckedSentence
from assistant.checking.verify import Verifier
from assistant.lines import Line, line
from assistant.markers import without_markers
from assistant.reply import Reply
from ingest.lexical import analyse

log = logging.getLogger(__name__)
# Share of the words of a line that what is shown must hold for the line to be said already.
_SAID, _REPEATED = 0.7, 0.95


class Draft:
    """An answer being made.

    Its lines keep the numbers of the computed reply; they are shown under those of the new one, which are
    given as the citations come.

    Attributes:
        seen: sentences that the model wrote.
        kept: those of them that are supported.
        failed: whether the model broke off.
    """

    def __init__(self, computed: Reply, verifier: Verifier) -> None:
        """Start from a reply computed without the model."""
        self.seen = self.kept = 0
        self.failed = False
        self._computed, self._verifier = computed, verifier
        quotes = [place for place, told in enumerate(computed.lines) if told.kind == "statement"]
        # What stands before the first quote is ours: the note on the language, the verdict and its reasons.
        self._head = min(quotes, default=0)
        self._left = dict(enumerate(computed.lines))
        self._shown: list[Line] = []
        self._numbers: dict[int, int] = {}
        self._stems: set[str] = set()

    @property
    def survives(self) -> bool:
        """Whether enough of the model's sentences may be shown."""
        return not self.failed and self.kept > 0 and 2 * self.kept >= self.seen

    def opening(self) -> list[Line]:
        """What the computed reply says first, before any quote."""
        return [self._show(self._left.pop(place)) for place in range(self._head)]

    def take(self, checked: CheckedSentence) -> list[Line]:
        """Show a sentence of the model, or the computed line for the same passage, or nothing."""
        said = line("statement", checked.sentence)
        self.seen += 1
        if checked.problem is None:
            self.kept += 1
            return [] if self._is_said(said, _REPEATED) else [self._show(said)]
        log.info("sentence struck out: %s", checked.problem)
        for place, told in self._left.items():
            is_same = told.kind == "statement" and set(said.citations) & set(told.citations)
            if is_same and not self._is_said(told, _SAID):
                return [self._show(self._left.pop(place))]
        return []

    def closing(self) -> list[Line]:
        """What is still to be shown: our own lines, and the quotes that the model's sentences don't say."""
        shown = [self._show(told) for told in self._left.values() if not self._is_covered(told)]
        self._left = {}
        return shown

    def reply(self, name: str) -> Reply:
        """The whole reply; ``name`` is the model's, named when a sentence of it is shown."""
        for item in (item for shape in self._computed.eligibility for item in shape.criteria):
            if item.citation:
                self._numbers.setdefault(item.citation, len(self._numbers) + 1)
        drafted = self._computed.model_copy(
            update={
                "lines": tuple(self._shown),
                "generator": name if self.kept else self._computed.generator,
                "model_sentences": self.seen,
                "model_struck": self.seen - self.kept,
            }
        )
        return drafted.numbered(self._numbers)

    def _is_covered(self, told: Line) -> bool:
        """Whether a line quotes what the model's sentences already say."""
        return told.kind == "statement" and self.survives and self._is_said(told, _SAID)

    def _is_said(self, told: Line, share: float) -> bool:
        """Whether what is shown already holds the claims of a line, and most of its words."""
        stems = set(analyse(without_markers(told.text, " ")))
        shown = [other.text for other in self._shown]
        return len(stems & self._stems) >= share * len(stems) and not self._verifier.lacking(told.text, shown)

    def _show(self, told: Line) -> Line:
        for old in told.citations:
            self._numbers.setdefault(old, len(self._numbers) + 1)
        self._shown.append(told)
        self._stems |= set(analyse(without_markers(told.text, " ")))
        return told.under(self._numbers)
