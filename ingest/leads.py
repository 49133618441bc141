"""List items with their lead-in: « Sont aidés : » and « les haies ; » make « Sont aidés : les haies »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from ingest.cut import cut_sentences
from ingest.formats.line_forms import is_unfinished
from ingest.formats.parts import Heading, Item, Paragraph, Part, Row
from ingest.formats.table_rows import row_text
from ingest.item_groups import grouped, listed
from ingest.open_lists import Lead, OpenLists

# What stands by itself needs no lead-in of more words; a line of so few before a list is one.
_SHORT_LEAD_WORDS = 15
# What ends the last item of a list.
_ENDS = frozenset({".", "!", "…"})


@dataclass(frozen=True, slots=True)
class Told:
    """A block of text ready to be cut into sentences: ``statements`` stand as they are, in order."""

    statements: tuple[str, ...]
    is_item: bool
    page: int | None


def told_parts(parts: Iterable[Part]) -> Iterator[Told | Heading]:
    """Give the parts as blocks of statements, each item with its lead-in, headings as they are.

    Every sentence of every part is in some statement.
    """
    teller = _Teller()
    for part, following in pairwise(chain(parts, [None])):
        if part is not None:
            yield from teller.tell(part, following)
    yield from teller.end()


class _Teller:
    """Goes through the parts, with the lists open and the items that wait to be told together."""

    def __init__(self) -> None:
        self._lists = OpenLists()
        self._waiting: list[Item] = []
        self._depth_of_waiting = 0
        self._last: Item | None = None

    def tell(self, part: Part, following: Part | None) -> Iterator[Told | Heading]:
        """Take one part, knowing the next; give what is complete with it."""
        if isinstance(part, Paragraph) and _leads_to(part, following):
            part = replace(part, text=f"{part.text.rstrip()} :")
        if isinstance(part, Item):
            yield from self._item(part, following)
        elif isinstance(part, Paragraph) and self._is_bare_item(part):
            yield from self._item(Item(part.text, mark="", page=part.page), following)
            self._lists.goes_on = part.text.rstrip().endswith((";", ","))
        elif isinstance(part, Heading):
            yield from self.end()
            yield part
            # A long one would drown its items, which are searched under it as it is.
            is_short = len(part.text.split()) <= _SHORT_LEAD_WORDS
            if part.text.endswith(":") and is_short and isinstance(following, Item):
                self._lists.leads.append(Lead(part.text, -1, part.page, is_told=True))
        elif isinstance(part, Row):
            yield from self._flush()
            yield from self._row(part)
        else:
            yield from self._flush()
            yield from self._paragraph(part)

    def end(self) -> Iterator[Told | Heading]:
        """Give what still waits; no list is open any more."""
        yield from self._flush()
        yield from _alone(self._lists.leads)
        self._lists = OpenLists()

    def _is_bare_item(self, part: Paragraph) -> bool:
        """Whether a paragraph goes on a list whose marks were lost: after a lead-in or « … ; »."""
        lists = self._lists
        if lists.is_over or not lists.leads:
            return False
        text = part.text.rstrip()
        if text.endswith((";", ",")) or (lists.are_bare and lists.goes_on):
            return True
        return lists.are_bare and len(cut_sentences(text)) == 1

    def _item(self, item: Item, following: Part | None) -> Iterator[Told | Heading]:
        is_other = self._is_other_bullet(item)
        ending = self._last.text.rstrip()[-1:] if self._last else ""
        if (self._lists.is_over and not self._lists.resume(item)) or (is_other and ending in _ENDS):
            yield from self.end()
        elif is_other and self._last and ending in {";", ","}:
            # The list goes on, whatever its signs.
            item = replace(item, mark=self._last.mark)
        self._last = item
        depth = self._lists.enter(item)
        if self._waiting and self._depth_of_waiting != depth:
            above = self._lead_of_waiting() if depth > self._depth_of_waiting else None
            yield from self._flush()
            if above is not None:
                self._lists.leads.append(above)
        sentences = cut_sentences(item.text)
        if sentences and sentences[-1].endswith(":"):
            yield from self._flush()
            yield from _alone(self._lists.close(depth))
            if len(sentences) > 1:
                yield from self._led(sentences[:-1], item.page, is_item=True)
                if isinstance(following, Item) and _key(following) == _key(item):
                    # What was glued to the last item of a list leads to another list.
                    yield from self.end()
                    depth = -1
            self._lists.leads.append(Lead(sentences[-1], depth, item.page))
            return
        yield from _alone(self._lists.close(depth))
        self._depth_of_waiting = depth
        self._waiting.append(item)
        if item.mark == "" and item.text.rstrip().endswith("."):
            yield from self._end_of_bare(depth)

    def _end_of_bare(self, depth: int) -> Iterator[Told | Heading]:
        """End a list whose marks were lost; the list that it stands in goes on."""
        yield from self._flush()
        if depth > 0:
            yield from _alone(self._lists.close(depth - 1))
            self._lists.leave()
        else:
            self._lists.is_over = True

    def _is_other_bullet(self, item: Item) -> bool:
        """Whether an item has another sign than the one before it, of a list that isn't open."""
        last = self._last
        if last is None or item.number or last.number or not item.mark or not last.mark:
            return False
        is_beside = item.depth == last.depth and self._lists.holds(last)
        return is_beside and item.mark != last.mark and not self._lists.holds(item)

    def _lead_of_waiting(self) -> Lead | None:
        """The last item that waits, when it's a name for the items under it: « Travaux », then its list."""
        item = self._waiting[-1]
        if item.text.rstrip().endswith((".", ";", ",", "!", "?", "…")):
            return None
        self._waiting.pop()
        return Lead(f"{item.text.rstrip()} :", self._depth_of_waiting, item.page)

    def _row(self, row: Row) -> Iterator[Told | Heading]:
        leads = [] if self._lists.is_over else self._lists.leads
        text = row_text(row)
        if not text:
            return
        if leads and len(leads[-1].text.split()) <= _SHORT_LEAD_WORDS:
            yield from _alone(leads[:-1])
            leads[-1].is_told = True
            text = f"{leads[-1].text} {text}"
        elif leads:
            yield from _alone(self._lists.close(-1))
        yield Told((text,), is_item=True, page=row.page)

    def _paragraph(self, part: Paragraph) -> Iterator[Told | Heading]:
        lists = self._lists
        sentences = cut_sentences(part.text)
        if not sentences:
            return
        waits = bool(lists.leads) and not lists.is_over and not lists.leads[-1].is_told
        lead = sentences.pop() if sentences[-1].endswith(":") else ""
        if lead and not sentences and waits:
            # A lead-in to a lead-in: both stand over what follows.
            lists.leads[-1].is_told = True
            lead = f"{lists.leads[-1].text} {lead}"
        elif sentences and waits:
            yield from self._led(sentences, part.page, is_item=lists.hold_items)
        elif sentences:
            yield Told(tuple(sentences), is_item=False, page=part.page)
        if lead:
            yield from self.end()
            self._lists.leads.append(Lead(lead, -1, part.page))
        elif waits and lists.hold_items and part.text.rstrip().endswith((";", ",")):
            # What an item led to: its list goes on.
            yield from _alone(lists.close(lists.leads[-1].depth))
        elif not lists.hold_items:
            yield from self.end()
        else:
            lists.is_over = True

    def _led(self, sentences: Sequence[str], page: int | None, *, is_item: bool) -> Iterator[Told | Heading]:
        """Sentences, the first with the lead-ins that stand above it, unless it stands without a long one."""
        leads, first = self._lists.leads, sentences[0]
        stands = len(sentences) > 1 and first[0].isupper()
        if stands and sum(len(lead.text.split()) for lead in leads) > _SHORT_LEAD_WORDS:
            yield from _alone(leads)
        else:
            standing = self._lists.standing()
            yield from _alone(leads[: len(leads) - len(standing)])
            for lead in standing:
                lead.is_told = True
            first = " ".join([*(lead.text for lead in standing), first])
        yield Told((first, *sentences[1:]), is_item=is_item, page=page)

    def _flush(self) -> Iterator[Told | Heading]:
        """Tell the items that wait: short ones together, else each with its lead-in."""
        waiting, self._waiting = self._waiting, []
        lead = " ".join(lead.text for lead in self._lists.standing())
        for group in grouped(lead, waiting) if waiting else ():
            sentences = [listed(group)] if len(group) > 1 else cut_sentences(group[0].text)
            if sentences:
                yield from self._led(sentences, group[0].page, is_item=True)


def _leads_to(part: Paragraph, following: Part | None) -> bool:
    """Whether a short line without an end leads to the list that begins after it, though it has no colon."""
    text = part.text.rstrip()
    return (
        isinstance(following, Item)
        and following.number[-1:] in {(), (1,)}
        and is_unfinished(text)
        and not text[:1].islower()
        and len(text.split()) <= _SHORT_LEAD_WORDS
        and len(cut_sentences(text)) == 1
    )


def _key(item: Item) -> tuple[int, str]:
    return item.depth, item.mark


def _alone(leads: Iterable[Lead]) -> Iterator[Told]:
    """Lead-ins that nothing was told with, by themselves."""
    for lead in leads:
        if not lead.is_told:
            lead.is_told = True
            yield Told((lead.text,), is_item=lead.depth >= 0, page=lead.page)
