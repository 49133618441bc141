"""The note of a conversation, or of one of its answers: from replies that were just computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.eligibility import verdict_words
from assistant.eligibility.service import EligibilityService
from assistant.lines import LISTED_KINDS, TABLE_KINDS, Line, LineKind
from assistant.page import texts
from assistant.page.plain.note import words
from assistant.page.plain.note.content import (
    Block,
    Bullets,
    Note,
    Paragraph,
    Section,
    SourceBook,
    Table,
)
from assistant.page.plain.note.parts import age, conditions, fiche_address, left_open, seems
from assistant.page.turns import PageTurn
from assistant.reply import Reply
from corpus.french.dates import french_date

_TOLD, _VERDICT, _AMOUNT, _CONFIRM, _NEXT, _ASKED = "told", "verdict", "amount", "confirm", "next", "asked"
_PLACES: dict[LineKind, str] = {
    "verdict": _VERDICT,
    "reason": _VERDICT,
    "amount": _AMOUNT,
    "caution": _CONFIRM,
    "unknown": _CONFIRM,
    "advice": _NEXT,
    "question": _ASKED,
    "condition": _ASKED,
}


@dataclass(slots=True)
class _Gathered:
    """What the answers say together of what comes next: each thing once."""

    service: EligibilityService
    book: SourceBook = field(default_factory=SourceBook)
    communes: dict[str, None] = field(default_factory=dict)
    aged: set[str] = field(default_factory=set)
    steps: dict[str, None] = field(default_factory=dict)
    fiches: dict[str, None] = field(default_factory=dict)


def conversation_note(
    turns: Sequence[PageTurn], service: EligibilityService, on: date, root: str, *, is_cut: bool = False
) -> Note:
    """Make the note of the answered turns of a conversation; courtesies are left out where there is more.

    Args:
        turns: as just computed.
        service: knows the schemes and the communes.
        on: the day.
        root: the whole address of the root of the site, with its last slash.
        is_cut: whether the oldest turns were left out.
    """
    told = [turn for turn in turns if turn.reply is not None and turn.reply.status != "conversation"]
    told = told or [turn for turn in turns if turn.reply is not None]
    all_told = _Gathered(service)
    sections = [
        section
        for n, turn in enumerate(told, 1)
        for section in _turn(turn, words.numbered_question(turn.question, n, len(told)), all_told)
    ]
    said = (words.ASKED_BY, *((words.OLDEST_LEFT_OUT,) if is_cut else ()))
    sections.insert(0, Section("", tuple(Paragraph(text, Paragraph.SMALL) for text in said)))
    steps = (
        *all_told.steps,
        *(fiche_address(service.catalogue.scheme(name), root) for name in all_told.fiches),
    )
    if steps:
        sections.append(Section(words.NEXT, (Bullets(tuple(steps)),)))
    return Note(
        title=words.TITLE,
        facts=(
            (words.DATE, french_date(on.isoformat())),
            (words.COMMUNE, ", ".join(all_told.communes) or words.NO_COMMUNE),
            (words.SUBJECT, words.subject_of(len(told))),
        ),
        sections=tuple(sections),
        sources=all_told.book.sources,
        name=f"note-conseil-{on.isoformat()}",
    )


def _turn(turn: PageTurn, title: str, told: _Gathered) -> Iterator[Section]:
    """A question and what is answered: the verdict, the amounts, the rest, what is left to confirm."""
    reply = turn.reply
    assert reply is not None
    asked_for = (Paragraph(words.FOR.format(commune=turn.commune), Paragraph.SMALL),) if turn.commune else ()
    yield Section(title, asked_for)
    _gather(turn, reply, told)
    placed = _placed(reply)
    for step in placed[_NEXT]:
        told.steps.setdefault(_text(step, reply, told.book))
    answer = [*_blocks(placed[_TOLD], reply, told.book), *_writer(reply)]
    if not answer and not placed[_VERDICT] and not placed[_AMOUNT]:
        answer = _blocks(placed[_CONFIRM], reply, told.book)  # nothing else is answered
        placed[_CONFIRM] = []
    parts = (
        (words.VERDICT, _verdicts(placed[_VERDICT], reply, told)),
        (words.AMOUNTS, _blocks(placed[_AMOUNT], reply, told.book)),
        (words.ANSWER, answer),
        (words.TO_CONFIRM, _to_confirm(placed, reply, told)),
    )
    for heading, blocks in parts:
        if blocks:
            yield Section(heading, tuple(blocks), level=3)


def _gather(turn: PageTurn, reply: Reply, told: _Gathered) -> None:
    """Note which communes and which schemes an answer is about."""
    communes = told.service.territory.communes
    examined = [
        communes[item.commune].label
        for item in reply.eligibility
        if item.commune and item.commune in communes
    ]
    for label in [turn.commune] if turn.commune else examined:
        told.communes.setdefault(label)
    cited = [item.scheme_id for item in reply.citations if item.scheme_id]
    examined_schemes = [item.scheme_id for item in reply.eligibility]
    for name in (*examined_schemes, *cited):
        if name in told.service.catalogue:
            told.fiches.setdefault(name)


def _placed(reply: Reply) -> dict[str, list[Line]]:
    """The lines by where they go; what introduces lines goes with the first of them."""
    placed: dict[str, list[Line]] = {name: [] for name in (_TOLD, *dict.fromkeys(_PLACES.values()))}
    waiting: list[Line] = []
    for line in reply.lines:
        if not line.text.strip():
            continue
        if line.kind == "heading":
            waiting.append(line)
            continue
        place = _PLACES.get(line.kind, _TOLD)
        is_gathered = place in {_ASKED, _CONFIRM, _NEXT}  # under a heading of the note's own
        placed[place] += [line] if is_gathered else [*waiting, line]
        waiting = []
    return placed


def _verdicts(lines: Sequence[Line], reply: Reply, told: _Gathered) -> list[Block]:
    """The verdict as the answer says it, then the conditions of each scheme that was examined."""
    has_conditions = any(item.criteria for item in reply.eligibility)
    kept = [line for line in lines if line.kind != "reason" or not has_conditions]
    blocks = [
        Paragraph(block.text, Paragraph.VERDICT) if isinstance(block, Paragraph) else block
        for block in _blocks(kept, reply, told.book)
    ]
    says_so = any(line.kind == "verdict" for line in lines)
    citations = {item.n: item for item in reply.citations}
    for item in reply.eligibility:
        if item.scheme_id not in told.service.catalogue:
            continue
        name = told.service.catalogue.scheme(item.scheme_id).label
        if not says_so or len(reply.eligibility) > 1:
            blocks.append(Paragraph(seems(item, name), Paragraph.VERDICT))
        if item.criteria:
            blocks.append(conditions(item, name, lambda n: told.book.cited(f"[{n}]", citations) if n else ""))
    return blocks


def _to_confirm(placed: dict[str, list[Line]], reply: Reply, told: _Gathered) -> list[Block]:
    """Cautions, what isn't known, conditions still open, questions asked back, the year of what is known."""
    items = [_text(line, reply, told.book) for line in placed[_CONFIRM]]
    catalogue = told.service.catalogue
    known = [item for item in reply.eligibility if item.scheme_id in catalogue]
    for item in known:
        name = catalogue.scheme(item.scheme_id).label
        items += left_open(item, name)
        if item.availability.state != "open" and not any(line.kind == "caution" for line in placed[_CONFIRM]):
            items.append(f"{verdict_words.availability_words(item.availability)}.")
    if not any(item.criteria for item in known):
        items += [words.LEFT_OPEN.format(question=_text(line, reply, told.book)) for line in placed[_ASKED]]
    cited = [item.scheme_id for item in reply.citations if item.scheme_id]
    for name in dict.fromkeys((*(item.scheme_id for item in known), *cited)):
        if name in catalogue and name not in told.aged:
            told.aged.add(name)
            items.append(age(catalogue.scheme(name)))
    return [Bullets(tuple(dict.fromkeys(items)))] if items else []


def _writer(reply: Reply) -> list[Block]:
    """Who worded or chose the sentences, where a language model did."""
    if reply.generator == "extractive":
        return []
    said = texts.WRITTEN_BY if reply.model_sentences else texts.CHOSEN_BY
    return [Paragraph(said.format(generator=reply.generator), Paragraph.SMALL)]


def _text(line: Line, reply: Reply, book: SourceBook) -> str:
    """What a line says, under the numbers of its sources."""
    return book.cited(line.body, {item.n: item for item in reply.citations})


def _blocks(lines: Sequence[Line], reply: Reply, book: SourceBook) -> list[Block]:
    """The lines as paragraphs, lists and tables, in their order."""
    citations = {item.n: item for item in reply.citations}
    blocks: list[Block] = []
    for line in lines:
        last = blocks[-1] if blocks else None
        if line.kind in TABLE_KINDS:
            cells = tuple(book.cited(cell, citations) for cell in line.cells)
            if isinstance(last, Table) and line.kind == "table_row":
                blocks[-1] = Table(last.caption, last.head, (*last.rows, cells))
            else:
                blocks.append(Table("", cells, ()))
        elif line.kind in LISTED_KINDS:
            text = _text(line, reply, book)
            if isinstance(last, Bullets):
                blocks[-1] = Bullets((*last.items, text))
            else:
                blocks.append(Bullets((text,)))
        else:
            blocks.append(Paragraph(_text(line, reply, book)))
    return blocks
