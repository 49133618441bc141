"""Which statements are offered to what chooses: those of the subject, then of what else was found."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.choosing.evidence import Evidence

# How many statements of the subjects are offered, and how many of other schemes and pages.
OWN, OTHERS = 28, 14


def offered(own: Sequence[Evidence], others: Sequence[Evidence] = ()) -> list[Evidence]:
    """The statements to choose from: the likeliest, each once, those of one document together.

    Args:
        own: statements of what the question is about, best first.
        others: those of other schemes and pages, best first.
    """
    kept: dict[tuple[str, str], Evidence] = {}
    for item in (*own[:OWN], *others[:OTHERS]):
        kept.setdefault((item.hit.chunk.document_id, item.sentence.text), item)
    documents = {name: place for place, (name, _) in reversed(list(enumerate(kept)))}
    return sorted(kept.values(), key=lambda item: documents[item.hit.chunk.document_id])
