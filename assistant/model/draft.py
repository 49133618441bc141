"""The answer that a model and the computed reply make together: nothing is lost, nothing said twice."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from assistant.checking.blocks import is_item
from assistant.checking.sentence import Judged
from assistant.checking.verify import Verifier
from assistant.markers import markers, renumbered, without_markers
from assistant.model.quoted_lines import quoted_places
from assistant.reply import Reply
from ingest.lexical import analyse

log = logging.getLogger(__name__)
# Share of the words of a line that what is shown must hold for the line to be said already.
_SAID, _REPEATED = 0.7, 0.95


class Draft:
    """An answer being made.

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
        self._lines = [line for line in computed.answer.splitlines() if line.strip()]
        self._quoted = quoted_places(computed, self._lines)
        # What stands before the first quote is ours: the note on the language, the verdict and its reasons.
        self._head = min(self._quoted, default=0)
        self._used: set[int] = set()
        self._shown: list[str] = []
        self._numbers: dict[int, int] = {}
        self._stems: set[str] = set()

    @property
    def survives(self) -> bool:
        """Whether enough of the model's sentences may be shown."""
        return not self.failed and self.kept > 0 and 2 * self.kept >= self.seen

    def opening(self) -> list[str]:
        """What the computed reply says first, but for the heading of a list."""
        places = [place for place in range(self._head) if not _is_heading(self._lines[place])]
        return [self._show(place) for place in places]

    def take(self, judged: Judged) -> list[str]:
        """Show a sentence of the model, or the computed line for the same passage, or nothing."""
        sentence = judged.sentence
        self.seen += 1
        if judged.problem is None:
            self.kept += 1
            return [] if self._is_said(sentence, _REPEATED) else [self._number(sentence)]
        log.info("sentence struck out: %s", judged.problem)
        wanted = set(markers(sentence))
        for place in self._quoted:
            line = self._lines[place]
            if place not in self._used and wanted & set(markers(line)) and not self._is_said(line, _SAID):
                return [] if is_item(line) else [self._show(place)]
        return []

    def closing(self) -> list[str]:
        """What is still to be shown: our own lines, and the quotes that the model's sentences don't say."""
        shown: list[str] = []
        rest = [place for place in range(len(self._lines)) if place not in self._used]
        quoted = set(self._quoted)
        for place in rest:
            line = self._lines[place]
            if _is_heading(line) and not self._leads(place, rest, quoted):
                continue
            if place in quoted and self.survives and self._is_said(line, _SAID):
                continue
            shown.append(self._show(place))
        return shown

    def reply(self, name: str) -> Reply:
        """The whole reply; ``name`` is the model's, named when a sentence of it is shown."""
        for item in (item for shape in self._computed.eligibility for item in shape.criteria):
            if item.citation:
                self._numbers.setdefault(item.citation, len(self._numbers) + 1)
        of = {citation.n: citation for citation in self._computed.citations}
        shapes = tuple(
            shape.model_copy(
                update={
                    "criteria": tuple(
                        item.model_copy(update={"citation": self._numbers.get(item.citation or 0)})
                        for item in shape.criteria
                    )
                }
            )
            for shape in self._computed.eligibility
        )
        cited = tuple(of[old].model_copy(update={"n": new}) for old, new in self._numbers.items())
        return self._computed.model_copy(
            update={
                "answer": "\n".join(self._shown),
                "citations": cited,
                "eligibility": shapes,
                "generator": name if self.kept else self._computed.generator,
                "model_sentences": self.seen,
                "model_struck": self.seen - self.kept,
            }
        )

    def _leads(self, place: int, rest: Iterable[int], quoted: Iterable[int]) -> bool:
        """Whether something under a heading is still to be shown."""
        after = place + 1
        return after in rest and not (
            after in quoted and self.survives and self._is_said(self._lines[after], _SAID)
        )

    def _is_said(self, line: str, share: float) -> bool:
        """Whether what is shown already holds the claims of a line, and most of its words."""
        stems = set(analyse(without_markers(line, " ")))
        return len(stems & self._stems) >= share * len(stems) and not self._verifier.lacking(
            line, self._shown
        )

    def _show(self, place: int) -> str:
        self._used.add(place)
        return self._number(self._lines[place])

    def _number(self, line: str) -> str:
        for old in markers(line):
            self._numbers.setdefault(old, len(self._numbers) + 1)
        self._shown.append(renumbered(line, self._numbers))
        self._stems |= set(analyse(without_markers(line, " ")))
        return self._shown[-1]


def _is_heading(line: str) -> bool:
    return line.rstrip(" \u00a0").endswith(":")
