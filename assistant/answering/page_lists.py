"""Items of a page's list, told together under its heading, each with its own citation: "Pièces : …"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answering.under_heading import heading_told, is_sentence, told
from assistant.choosing.evidence import Evidence
from assistant.choosing.rows import is_row
from assistant.lines import Line, line, quoted, statement
from assistant.messages import french
from assistant.reply import Citation

# From how many items of a list on it's the list that answers; how many are told at most.
_ANSWERS, _MOST = 3, 10
# From how many items that follow each other on they are told under one heading.
_TOGETHER = 2
_BETWEEN_ITEMS = " ; "


def with_the_whole_list(kept: Sequence[Evidence], usable: Sequence[Evidence]) -> list[Evidence]:
    """The sentences chosen, with all the items of the list that the best is of, where several of them answer.

    A list of which some items are left out reads as whole: "Pièces à joindre" without one of them.

    Args:
        kept: the sentences chosen, one at least, best first.
        usable: all those that may answer.
    """
    best = kept[0]
    own = [item for item in usable if _is_of_list(item, best)]
    if sum(item in own for item in kept) < _ANSWERS or len(own) > _MOST:
        return list(kept)
    chunks = list(dict.fromkeys(item.hit.chunk.id for item in own))
    whole = sorted(own, key=lambda item: (chunks.index(item.hit.chunk.id), item.position))
    return [*whole, *(item for item in kept if item not in own)]


def told_together(citations: Sequence[Citation]) -> list[Line]:
    """One line a sentence; items of one list that follow each other are one line, under its heading."""
    lines: list[Line] = []
    for _, group in groupby(citations, key=_list_of):
        own = list(group)
        if len(own) < _TOGETHER or _list_of(own[0])[0] is None:
            lines += [statement(told(citation), citation.n) for citation in own]
            continue
        items = _BETWEEN_ITEMS.join(quoted(_bare(citation.quote), citation.n) for citation in own)
        lines.append(line("statement", french.under_heading(heading_told(own[0]), items)))
    return lines


def _is_of_list(item: Evidence, best: Evidence) -> bool:
    same = item.hit.chunk.document_id == best.hit.chunk.document_id
    same = same and item.sentence.section == best.sentence.section
    return same and _is_item(item.hit.chunk.scheme_id, item.sentence.text)


def _list_of(citation: Citation) -> tuple[str | None, str | int]:
    """The list that a citation is an item of, by its document and its heading; itself for any other."""
    if _is_item(citation.scheme_id, citation.quote) and told(citation) != citation.quote:
        return citation.document_id, citation.section
    return None, citation.n


def _is_item(scheme_id: str | None, text: str) -> bool:
    """Whether a text is an item of a page's list, rather than a sentence or a row of a table."""
    return scheme_id is None and not is_sentence(text) and not is_row(text)


def _bare(item: str) -> str:
    return item.rstrip(" ;.,\u00a0")
