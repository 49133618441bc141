"""Verify a reply before it leaves: which of its lines and citations its passages support."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checking.blocks import asked_back, remaining
from assistant.checking.verify import Verifier, is_verbatim
from assistant.eligibility.citations import is_table
from assistant.lines import Line
from assistant.reply import Citation, Reply
from assistant.search.hits import RetrievedChunk
from corpus.fiches.catalogue import Catalogue

log = logging.getLogger(__name__)
# The lines that may state sums worked out by the operations that they show.
_WORKED_OUT = frozenset({"amount", "table_row"})


@dataclass(frozen=True, slots=True)
class Verified:
    """What of a reply may be shown.

    Attributes:
        lines: the lines left.
        citations: the citations whose quote stands where it's said to; maybe more than the lines refer to.
        lacking: the lines that nothing supports, each with what nothing supports in it.
        lost_question: whether what was asked back is no more among the lines.
    """

    lines: tuple[Line, ...]
    citations: tuple[Citation, ...]
    lacking: tuple[tuple[Line, tuple[str, ...]], ...]
    lost_question: bool

    @property
    def dropped(self) -> int:
        """How many lines nothing supports."""
        return len(self.lacking)

    @property
    def cites(self) -> bool:
        """Whether a line left refers to a source."""
        return any(line.citations for line in self.lines)


@dataclass(frozen=True, slots=True)
class VerifyStep:
    """Verifies replies."""

    verifier: Verifier
    catalogue: Catalogue

    def check(self, reply: Reply, said: Sequence[str], hits: Sequence[RetrievedChunk] = ()) -> Verified:
        """Tell which lines and citations of a reply its passages support.

        Args:
            reply: the reply as composed.
            said: what the user brought: their messages, the names of the places they mean.
            hits: the passages found, in which quotes of other documents than the fiches must stand.
        """
        quoted = tuple(citation for citation in reply.citations if self._is_quoted(citation, hits))
        check = self.verifier.check(quoted, said, reply.schemes)
        unsupported = (
            tuple(sorted(check.unsupported(*line.parts, computed=line.kind in _WORKED_OUT)))
            for line in reply.lines
        )
        failed = {place: missing for place, missing in enumerate(unsupported) if missing}
        for missing in failed.values():
            log.warning("line dropped, nothing supports %s", ", ".join(missing))
        places = remaining(reply.lines, failed)
        asked = asked_back(reply.lines)
        return Verified(
            lines=tuple(reply.lines[place] for place in places),
            citations=quoted,
            lacking=tuple((reply.lines[place], missing) for place, missing in failed.items()),
            lost_question=bool(asked) and set(asked).isdisjoint(places),
        )

    def _is_quoted(self, citation: Citation, hits: Sequence[RetrievedChunk]) -> bool:
        """Whether a quote stands in the passage it's said to come from; a line of our tables is itself."""
        if not citation.quote.strip():
            return False
        if is_table(citation.document_id):
            return True
        if (
            citation.scheme_id in self.catalogue
            and citation.quote in self.catalogue.fiche(str(citation.scheme_id)).sentences
        ):
            return True
        chunks = (hit.chunk for hit in hits if hit.chunk.document_id == citation.document_id)
        return any(is_verbatim(citation.quote, chunk.text) for chunk in chunks)
