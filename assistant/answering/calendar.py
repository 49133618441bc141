"""Say whether an aid can still be asked for, and when it last could, where that is what is asked."""

from __future__ import annotations

from datetime import date

from assistant.answering.verdict_reply import sentence_on
from assistant.eligibility.availability import Known, availability_on
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.deadlines import deadlines
from assistant.lines import Line, line
from assistant.messages import reserves
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Link, Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.labels import RelationKind, State

# From this probability on, when is asked, whatever the words.
_PLAINLY = 0.5
# The sections that tell of dates and of what isn't known of them.
_OF_DATES = frozenset({"Calendrier", "Ce que l’on ne sait pas"})


def with_calendar(
    reply: Reply, question: Question, catalogue: Catalogue, territory: Territory, on: date
) -> Reply:
    """The reply with what is known of the calendar of its one aid; unchanged where that isn't asked.

    It opens an answer; beside what the sources are known not to say it comes second. That an aid is closed
    is an answer, to whoever gets no other as well.

    Args:
        reply: the reply so far.
        question: the question.
        catalogue: the schemes.
        territory: gives the sources of what the reply cites.
        on: the day.
    """
    name = next(iter(question.subjects), "")
    if name not in catalogue or reply.schemes[:1] != (name,) or question.is_comparison or question.is_list:
        return reply
    if reply.citations and reply.citations[0].scheme_id != name:
        return reply  # a page answers
    fiche = catalogue.fiche(name)
    known = availability_on(fiche.scheme, on)
    finds_nothing = reply.status == "unanswerable" and not reply.citations
    is_asked = _asks_when(question) and reply.status in {"answered", "unanswerable"}
    if not (is_asked or (finds_nothing and known.state == "closed")):
        return reply
    stated = sentence_on(fiche, known.window.closes or known.window.opens) if known.window else None
    if known.window is not None and stated is None:
        return reply
    if known.window is None and known.state != "closed":
        return _without_a_date(reply, question, fiche.scheme)
    book = CitationBook(territory)
    numbers = {citation.n: book.add(citation) for citation in reply.citations}
    cited = [book.sentence(fiche, *stated)] if stated else []
    by = _successor(fiche.scheme)
    told = line("verdict", _text(known, fiche.scheme, catalogue.scheme(by).label if by else None), cited)
    rest = [item for item in reply.numbered(numbers).lines if not _says_the_same(item, told, known)]
    if question.intents == {Intent.WHEN}:
        of_dates = {item.n for item in book.citations if item.section in _OF_DATES}
        # Where no sentence gives the date, what answers best stands beside what the program says.
        first = None if cited else next((item for item in rest if item.kind == "statement"), None)
        rest = [
            item
            for item in rest
            if item is first or item.kind != "statement" or of_dates & set(item.citations)
        ]
    answers = reply.status == "answered" or known.state == "closed"
    if answers:
        lines = (told, *(item for item in rest if not (finds_nothing and item.kind in {"unknown", "note"})))
    else:
        place = next((at for at, item in enumerate(rest) if item.kind != "unknown"), len(rest))
        lines = (*rest[:place], told, *rest[place:])
    update = {"status": "answered" if answers else reply.status, "lines": lines, "citations": book.citations}
    schemes = tuple(dict.fromkeys((*reply.schemes, *([by] if by else []))))
    return reply.model_copy(update={**update, "schemes": schemes})


def with_past_window(reply: Reply, catalogue: Catalogue, territory: Territory, on: date) -> Reply:
    """The reply with when its one aid could last be asked for, where it tells an amount and no line says so.

    A sum is read as one that can be had: that the last known call is over goes with it.
    """
    name = next(iter(reply.schemes), "")
    places = [place for place, item in enumerate(reply.lines) if item.kind == "amount"]
    if not places or len(reply.schemes) != 1 or name not in catalogue:
        return reply
    fiche = catalogue.fiche(name)
    known = availability_on(fiche.scheme, on)
    window = known.window
    if window is None or window.closes is None or window.closes >= on:
        return reply
    said = next((item for item in reply.lines if item.kind == "caution" and known.text in item.text), None)
    if said is not None:  # it's told at once that the sum may no more be had
        rest = [item for item in reply.lines if item is not said]
        rest.insert(places[-1] + 1 - (reply.lines.index(said) < places[-1]), said)
        return reply.model_copy(update={"lines": tuple(rest)})
    stated = sentence_on(fiche, window.closes)
    if stated is None or any(known.text in item.text for item in reply.lines):
        return reply
    book = CitationBook(territory)
    numbers = {citation.n: book.add(citation) for citation in reply.citations}
    lines = list(reply.numbered(numbers).lines)
    lines.insert(places[-1] + 1, line("caution", known.text, (book.sentence(fiche, *stated),)))
    return reply.model_copy(update={"lines": tuple(lines), "citations": book.citations})


def with_dates_to_note(reply: Reply, catalogue: Catalogue, on: date) -> Reply:
    """The reply with a link to the dates to come of its first aid, for a calendar; unchanged without any."""
    name = next(iter(reply.schemes), "")
    if reply.status != "answered" or name not in catalogue or not deadlines(catalogue.scheme(name), on):
        return reply
    text = reserves.dates_to_note(catalogue.scheme(name).label)
    return reply.model_copy(update={"links": (*reply.links, Link(text=text, url=f"dispositifs/{name}.ics"))})


def _without_a_date(reply: Reply, question: Question, scheme: Scheme) -> Reply:
    """The answer to who asks a date, with that no source gives one, where none does.

    It opens the answer where nothing else is asked; else it comes after what answers the rest.
    """
    told_when = any(item.section in _OF_DATES for item in reply.citations)
    if reply.status != "answered" or told_when:
        return reply
    told = line("unknown", reserves.no_date(scheme.label))
    stating = [at for at, item in enumerate(reply.lines) if item.kind in {"statement", "amount", "item"}]
    place = 0 if question.intents == {Intent.WHEN} or not stating else stating[-1] + 1
    return reply.model_copy(update={"lines": (*reply.lines[:place], told, *reply.lines[place:])})


def _asks_when(question: Question) -> bool:
    """Whether what is asked is when."""
    plainly = question.read is not None and question.read.aspects["when"] >= _PLAINLY
    return Intent.WHEN in question.intents and (plainly or question.aspect in {None, "when"})


def _text(known: Known, scheme: Scheme, successor: str | None) -> str:
    if known.state != "closed" or scheme.status.state is not State.CLOSED:
        return known.text
    return reserves.no_longer_open(scheme.label, successor, known.text if known.window else None)


def _successor(scheme: Scheme) -> str | None:
    """The scheme that has replaced a closed one."""
    if scheme.status.state is not State.CLOSED:
        return None
    return next((link.scheme for link in scheme.relations if link.kind is RelationKind.REPLACED_BY), None)


def _says_the_same(item: Line, told: Line, known: Known) -> bool:
    """Whether a line only says again what the calendar does."""
    if item.kind == "caution" and item.text.startswith(reserves.CLOSED_OPENING):
        return known.state == "closed"
    same_sentence = item.kind == "statement" and bool(told.citations) and item.citations == told.citations
    return same_sentence or (item.kind in {"caution", "reason"} and known.text in item.text)
