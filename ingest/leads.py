"""List items with their lead-in: « Sont aidés : » and « les haies ; » make « Sont aidés : les haies »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.cut import cut_sentences
from ingest.formats.parts import Heading, Item, Paragraph, Part, Row
from ingest.formats.table_rows import row_text

# A list with its lead-in is one statement up to so many words: whoever asks for it wants it whole.
_WHOLE_LIST_WORDS = 90
# Of a longer list, items of so few words are told together up to so many.
_PACKED_ITEM_WORDS, _PACKED_WORDS = 12, 60
# Without a lead-in, only items of so few words are told together.
_SHORT_ITEM_WORDS = 7
# Lead-ins in lead-ins: the outer ones are left out beyond so many words.
_LEAD_WORDS = 45
_SHORT_LEAD_WORDS = 15


@dataclass(frozen=True, slots=True)
class Told:
    """A block of text ready to be cut into sentences: ``statements`` stand as they are, in order."""

    statements: tuple[str, ...]
    is_item: bool
    page: int | None


@dataclass(slots=True)
class _Lead:
    """A lead-in that waits for items: its text, how deep it stands, whether an item took it."""

    text: str
    depth: int
    page: int | None
    is_used: bool = False


@dataclass(slots=True)
class _Lists:
    """The lists that are open: marks from the outermost list in, and their lead-ins."""

    leads: list[_Lead] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    is_over: bool = False


def told_parts(parts: Iterable[Part]) -> Iterator[Told | Heading]:
    """Give the parts as blocks of statements, each item with its lead-in, headings as they are."""
    teller = _Teller()
    for part in parts:
        yield from teller.tell(part)
    yield from teller.end()


class _Teller:
    """Goes through the parts, with the lists open and the items that wait to be told together."""

    def __init__(self) -> None:
        self._lists = _Lists()
        self._waiting: list[Item] = []
        self._depth_of_waiting = 0

    def tell(self, part: Part) -> Iterator[Told | Heading]:
        """Take one part; give what is complete with it."""
        if isinstance(part, Item):
            yield from self._item(part)
            return
        if isinstance(part, Paragraph) and self._is_bare_item(part):
            yield from self._item(Item(part.text, mark="", page=part.page))
            return
        yield from self._flush()
        if isinstance(part, Heading):
            yield from self._close(-1)
            self._lists = _Lists()
            yield part
        elif isinstance(part, Row):
            yield from self._row(part)
        else:
            yield from self._paragraph(part)

    def end(self) -> Iterator[Told | Heading]:
        """Give what still waits."""
        yield from self._flush()
        yield from self._close(-1)

    def _is_bare_item(self, part: Paragraph) -> bool:
        """Whether a paragraph goes on a list whose marks were lost: after a lead-in or « … ; »."""
        if self._lists.is_over or not self._lists.leads:
            return False
        text = part.text.rstrip()
        begun = bool(self._lists.marks) and self._lists.marks[-1][1] == ""
        return text.endswith((";", ",")) or (begun and len(cut_sentences(text)) == 1)

    def _item(self, item: Item) -> Iterator[Told]:
        depth = self._depth(item)
        if self._waiting and self._depth_of_waiting != depth:
            above = self._lead_of_waiting() if depth > self._depth_of_waiting else None
            yield from self._flush()
            if above is not None:
                self._lists.leads.append(above)
        yield from self._close(depth)
        sentences = cut_sentences(item.text)
        if sentences and sentences[-1].endswith(":"):
            yield from self._flush()
            if len(sentences) > 1:
                yield Told(self._led(sentences[:-1]), is_item=True, page=item.page)
            self._lists.leads.append(_Lead(sentences[-1], depth, item.page))
            return
        self._depth_of_waiting = depth
        self._waiting.append(item)
        if item.mark == "" and item.text.rstrip().endswith("."):
            yield from self._flush()
            self._lists.is_over = True

    def _lead_of_waiting(self) -> _Lead | None:
        """The last item that waits, when it's a name for the items under it: « Travaux », then its list."""
        item = self._waiting[-1]
        if item.text.rstrip().endswith((".", ";", ",", "!", "?", "…")):
            return None
        self._waiting.pop()
        return _Lead(f"{item.text.rstrip()} :", self._depth_of_waiting, item.page)

    def _depth(self, item: Item) -> int:
        """How deep an item stands: by its list in its format, then by its mark where a new one is deeper."""
        lists = self._lists
        if lists.is_over:
            known = (item.depth, item.mark) in lists.marks
            if item.is_first or item.mark in {"-", ""} or not known:
                self._lists = lists = _Lists()
            lists.is_over = False
        key = (item.depth, item.mark)
        if key in lists.marks:
            del lists.marks[lists.marks.index(key) + 1 :]
        else:
            lists.marks = [mark for mark in lists.marks if mark[0] <= item.depth]
            lists.marks.append(key)
        return len(lists.marks) - 1

    def _row(self, row: Row) -> Iterator[Told]:
        text = row_text(row)
        if not text:
            return
        leads = [] if self._lists.is_over else self._lists.leads
        short = leads and len(leads[-1].text.split()) <= _SHORT_LEAD_WORDS
        if leads and short:
            leads[-1].is_used = True
            text = f"{leads[-1].text} {text}"
        elif leads:
            yield from self._close(-1)
        yield Told((text,), is_item=True, page=row.page)

    def _paragraph(self, part: Paragraph) -> Iterator[Told]:
        sentences = cut_sentences(part.text)
        if not sentences:
            return
        if self._lists.leads and not self._lists.is_over and not self._lists.marks:
            sentences = [*self._led(sentences[:1]), *sentences[1:]]
        elif self._lists.leads and not self._lists.is_over and not self._lists.leads[-1].is_used:
            yield from self._close(self._lists.leads[-1].depth)
        lead = sentences.pop() if sentences[-1].endswith(":") else ""
        if sentences:
            yield Told(tuple(sentences), is_item=False, page=part.page)
        if lead:
            yield from self._close(-1)
            self._lists = _Lists([_Lead(lead, -1, part.page)])
        else:
            if not self._lists.marks:
                self._lists = _Lists()
            self._lists.is_over = True

    def _led(self, sentences: Sequence[str]) -> tuple[str, ...]:
        """Sentences, the first with the lead-ins that stand above it, unless it stands without a long one."""
        stands = len(sentences) > 1 and sentences[0][0].isupper()
        if stands and sum(len(lead.text.split()) for lead in self._lists.leads) > _SHORT_LEAD_WORDS:
            return tuple(sentences)
        lead = self._lead()
        return (f"{lead} {sentences[0]}" if lead else sentences[0], *sentences[1:])

    def _lead(self) -> str:
        """The lead-ins that stand above, used."""
        for lead in self._lists.leads:
            lead.is_used = True
        return " ".join(self._leads())

    def _leads(self) -> list[str]:
        """The lead-ins that stand above, without the outer ones of too many words."""
        kept: list[str] = []
        words = 0
        for lead in reversed(self._lists.leads):
            words += len(lead.text.split())
            if kept and words > _LEAD_WORDS:
                break
            kept.append(lead.text)
        return kept[::-1]

    def _close(self, depth: int) -> Iterator[Told]:
        """Drop the lead-ins at a depth and below; one that led to nothing is told by itself."""
        kept = [lead for lead in self._lists.leads if lead.depth < depth]
        for lead in self._lists.leads[len(kept) :]:
            if not lead.is_used:
                yield Told((lead.text,), is_item=lead.depth >= 0, page=lead.page)
        self._lists.leads = kept

    def _flush(self) -> Iterator[Told]:
        """Tell the items that wait: short ones together, else each with its lead-in."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        lead = " ".join(self._leads())
        for group in _groups(lead, waiting):
            page = group[0].page
            if len(group) > 1:
                yield Told((_listed(self._lead(), [item.text for item in group]),), is_item=True, page=page)
            elif sentences := cut_sentences(group[0].text):
                yield Told(self._led(sentences), is_item=True, page=page)


def _groups(lead: str, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
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


def _listed(lead: str, texts: Sequence[str]) -> str:
    """Items in one sentence, after their lead-in."""
    whole = " ; ".join(text.rstrip(" ;,.\u00a0") for text in texts)
    end = "." if texts[-1].rstrip().endswith(".") else ""
    return f"{lead} {whole}{end}".strip()
