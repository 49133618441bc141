"""Verify a reply before it leaves: drop the lines that nothing supports, and the citations left over."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.checking.blocks import last_block, remaining
from assistant.checking.verify import Verifier, is_verbatim
from assistant.eligibility.citations import is_table
from assistant.markers import markers, renumbered
from assistant.reply import Citation, Reply
from assistant.search.hits import RetrievedChunk
from corpus.fiches.catalogue import Catalogue

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VerifyStep:
    """Verifies replies."""

    verifier: Verifier
    catalogue: Catalogue

    def apply(self, reply: Reply, said: Sequence[str], hits: Sequence[RetrievedChunk] = ()) -> Reply:
        """Return the reply without what its passages don't support; unchanged when all is supported.

        What remains has every marker lead to a citation, and every citation come from a marker or from a
        criterion of a verdict, numbered from 1. When nothing sourced remains, it says so and whom to ask.

        Args:
            reply: the reply as composed.
            said: what the user brought: their messages, the names of the places they mean.
            hits: the passages found, in which quotes of other documents than the fiches must stand.
        """
        quoted = [citation for citation in reply.citations if self._is_quoted(citation, hits)]
        check = self.verifier.check(quoted, said, reply.schemes)
        lines = reply.answer.splitlines()
        failed: dict[int, set[str]] = {
            place: lacking for place, line in enumerate(lines) if (lacking := check.unsupported(line))
        }
        for lacking in failed.values():
            log.warning("line dropped, nothing supports %s", ", ".join(sorted(lacking)))
        places = remaining(lines, failed)
        kept = [lines[place] for place in places]
        cites = any(markers(line) for line in kept)
        if (failed and not cites and (reply.status == "answered" or markers(reply.answer))) or not any(kept):
            return _nothing_left(reply, len(failed))
        changes: dict[str, object] = {"dropped": len(failed)}
        if reply.choices and failed and set(last_block(lines)).isdisjoint(places):
            kept.append(messages.CHECK_THE_FICHE)
            changes |= {"status": "answered", "choices": ()}
        return _with(reply, kept, quoted, changes)

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


def _with(
    reply: Reply, lines: Sequence[str], quoted: Sequence[Citation], changes: Mapping[str, object]
) -> Reply:
    """The reply with these lines, and of the citations those that a line or a criterion refers to."""
    used = {number for line in lines for number in markers(line)}
    used |= {item.citation for shape in reply.eligibility for item in shape.criteria if item.citation}
    kept = [citation for citation in quoted if citation.n in used]
    numbers = {citation.n: place for place, citation in enumerate(kept, 1)}
    shapes = tuple(
        shape.model_copy(
            update={
                "criteria": tuple(
                    item.model_copy(update={"citation": numbers.get(item.citation or 0)})
                    for item in shape.criteria
                )
            }
        )
        for shape in reply.eligibility
    )
    return reply.model_copy(
        update={
            "answer": "\n".join(renumbered(line, numbers) for line in lines),
            "citations": tuple(citation.model_copy(update={"n": numbers[citation.n]}) for citation in kept),
            "eligibility": shapes,
            **changes,
        }
    )


def _nothing_left(reply: Reply, dropped: int) -> Reply:
    """Say that no answer was found, and whom to ask."""
    return Reply(
        status="unanswerable",
        answer="\n".join((messages.NOT_FOUND, messages.WHOM_TO_ASK)),
        schemes=reply.schemes,
        dropped=dropped,
    )
