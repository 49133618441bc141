"""Items of a list that are told together: a short list whole, short items of a longer one, others alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.cut import cut_sentences
from ingest.formats.parts import Item

# A list with its lead-in is one statement up to so many words: whoever asks for it wants it whole.
_WHOLE_LIST_WORDS = 90
# Of a longer list, items of so few words are told together up to so many.
_PACKED_ITEM_WORDS, _PACKED_WORDS = 12, 60
# Without a lead-in, only items of so few words are told together.
_SHORT_ITEM_WORDS = 7


def grouped(lead: str, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Items that are told together: a whole list that is short, else short items of it, else one by one."""
    sizes = [len(item.text.split()) for item in items]
    before = len(lead.split())
    single = all(len(cut_sentences(item.text)) == 1 for item in items)
    if lead and single and before + sum(sizes) <= _WHOLE_LIST_WORDS:
        yield items
        return
    most = _PACKED_ITEM_WORDS if lead else _SHORT_ITEM_WORDS
    group: list[Item] = []
    words = before
    for item, size in zip(items, sizes, strict=True):
        is_short = (
            single and size <= most and (bool(lead) or not item.text.rstrip().endswith((".", "!", "?")))
        )
        if group and (not is_short or words + size > _PACKED_WORDS):
            yield group
            group, words = [], before
        if not is_short:
            yield [item]
            continue
        group.append(item)
        words += size
    if group:
        yield group


def listed(items: Sequence[Item]) -> str:
    """Items in one sentence."""
    whole = " ; ".join(item.text.rstrip(" ;,.\u00a0") for item in items)
    return f"{whole}." if items[-1].text.rstrip().endswith(".") else whole
