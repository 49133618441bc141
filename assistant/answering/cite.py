"""Make the citation of a sentence that answers: its exact text, its section, its dated sources."""

from __future__ import annotations

from assistant.choosing.evidence import Evidence, backing
from assistant.eligibility.citations import cited_source
from assistant.reply import Citation
from corpus.fiches.catalogue import Catalogue


def cite(number: int, item: Evidence, catalogue: Catalogue) -> Citation:
    """Make the citation of one sentence, under a number."""
    chunk = item.hit.chunk
    scheme_id = chunk.scheme_id if chunk.scheme_id in catalogue else None
    return Citation(
        n=number,
        scheme_id=scheme_id,
        scheme_name=catalogue.scheme(scheme_id).name if scheme_id else None,
        document_id=chunk.document_id,
        section=item.sentence.section or chunk.title,
        quote=item.sentence.text,
        sources=tuple(cited_source(source) for source in backing(item.hit, item.sentence)),
        page=item.sentence.page,
    )
