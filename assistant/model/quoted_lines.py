"""Find the lines of a computed answer that quote a passage word for word."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.checking.verify import is_verbatim
from assistant.markers import markers, without_markers
from assistant.reply import Reply

_AROUND = " \u00a0-•*"


def quoted_places(reply: Reply, lines: Sequence[str]) -> list[int]:
    """The places of the lines that quote a passage; the others are ours: verdict, cautions, our question."""
    bodies = [without_markers(line).strip(_AROUND) for line in lines]
    quotes = [citation.quote for citation in reply.citations]
    return [
        place
        for place, body in enumerate(bodies)
        if markers(lines[place]) and any(is_verbatim(body, quote) for quote in quotes)
    ]
