"""Say that the last day of a page that is cited is over: its call is closed, its rule may have gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.lines import before_asked, line
from assistant.markers import marked
from assistant.messages import reserves
from assistant.reply import Reply
from corpus.watch.days import last_day
from ingest.chunk import Chunk


def with_past_pages(reply: Reply, chunks: Iterable[Chunk], on: date) -> Reply:
    """The reply with a caution on what it cites of pages that are of the past; else unchanged.

    Where nothing else is cited, whoever reads is told so first; else last, before what is asked back.

    Args:
        reply: the reply so far.
        chunks: the passages that it may cite.
        on: the day.
    """
    past = {chunk.document_id for chunk in chunks if is_past(chunk, on)}
    cited = [citation for citation in reply.citations if citation.document_id in past]
    if not cited:
        return reply
    nothing_else = len(cited) == len(reply.citations)
    alone = nothing_else and len({citation.document_id for citation in cited}) == 1
    numbers = [citation.n for citation in cited][: 1 if alone else None]
    told = line("caution", reserves.past_caution(marked(numbers), alone=alone))
    lines = (told, *reply.lines) if nothing_else else before_asked(reply.lines, told)
    return reply.model_copy(update={"lines": lines})


def is_past(chunk: Chunk, on: date) -> bool:
    """Whether the last day of a page is over."""
    days = [source.valid_until for source in chunk.sources if source.valid_until is not None]
    return bool(days) and max(map(last_day, days)) < on
