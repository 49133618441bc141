"""The lists that are open at a place of a document, and the lead-ins that stand over their next item."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.formats.parts import Item

# Lead-ins in lead-ins: the outer ones are left out beyond so many words.
_LEAD_WORDS = 80


@dataclass(slots=True)
class Lead:
    """A lead-in: its text, how deep it stands (-1 over the outermost list), its page, whether it was told."""

    text: str
    depth: int
    page: int | None
    is_told: bool = False


@dataclass(slots=True)
class _Open:
    """A list: how deep its format says it stands, the kind of its marks, the number of its last item."""

    key: tuple[int, str]
    last: tuple[int, ...]


@dataclass(slots=True)
class OpenLists:
    """The open lists, from the outermost in, and their lead-ins.

    Attributes:
        leads: the lead-ins, from the outermost in.
        is_over: whether a text interrupted the lists: only the next number of one resumes it.
        goes_on: whether the last item, which had no mark, says that another follows (« … ; »).
    """

    leads: list[Lead] = field(default_factory=list)
    is_over: bool = False
    goes_on: bool = False
    _open: list[_Open] = field(default_factory=list)

    @property
    def are_bare(self) -> bool:
        """Whether the items of the innermost list have no marks."""
        return bool(self._open) and self._open[-1].key[1] == ""

    @property
    def hold_items(self) -> bool:
        """Whether some list has begun."""
        return bool(self._open)

    def resume(self, item: Item) -> bool:
        """Whether an item goes on a list that a text interrupted: its number is the next one."""
        return any(
            opened.key == (item.depth, item.mark) and follows(item.number, opened.last)
            for opened in self._open
        )

    def holds(self, item: Item) -> bool:
        """Whether the list of an item is open."""
        return any(opened.key == (item.depth, item.mark) for opened in self._open)

    def leave(self) -> None:
        """End the innermost list: the one around it goes on."""
        self._open.pop()

    def enter(self, item: Item) -> int:
        """Take an item; give how deep it stands, by its list in its format, then by its mark."""
        self.is_over = False
        key = (item.depth, item.mark)
        place = next((place for place, opened in enumerate(self._open) if opened.key == key), None)
        if place is None:
            self._open = [opened for opened in self._open if opened.key[0] <= item.depth]
            self._open.append(_Open(key, item.number))
        else:
            del self._open[place + 1 :]
            self._open[place].last = item.number
        return len(self._open) - 1

    def standing(self) -> list[Lead]:
        """The lead-ins that stand over the next item, without the outer ones of too many words."""
        kept: list[Lead] = []
        words = 0
        for lead in reversed(self.leads):
            words += len(lead.text.split())
            if kept and words > _LEAD_WORDS:
                break
            kept.append(lead)
        return kept[::-1]

    def close(self, depth: int) -> list[Lead]:
        """Drop the lead-ins at a depth and below; give them."""
        kept = [lead for lead in self.leads if lead.depth < depth]
        closed = self.leads[len(kept) :]
        self.leads = kept
        return closed


def follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a number comes right after another: « 3° » or « 2° bis » after « 2° », « 3° » after it."""
    if not number or not last:
        return False
    nexts = [(*last[:-1], last[-1] + 1), (*last, 1)]
    if len(last) > 1:
        nexts.append((*last[:-2], last[-2] + 1))
    return number in nexts
