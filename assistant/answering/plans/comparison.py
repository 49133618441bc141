"""The plan of schemes compared: what sets them apart, then each in its column, or what is asked of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answering.abstain import figures_not_given
from assistant.answering.amount_step import on_taxes
from assistant.answering.calendar import with_dates_to_note
from assistant.answering.compose import follow_ups_on, may_answer
from assistant.answering.knowledge import Knowledge
from assistant.answering.past_pages import with_past_pages
from assistant.answering.place_reply import place_reply, with_code_note
from assistant.answering.plans.compared_amounts import MOST_RULES, highest
from assistant.answering.plans.compared_aspects import asks_for_most, precisely_asked
from assistant.answering.plans.compared_cells import form_of, listed, set_apart, sums_of, table
from assistant.answering.plans.compared_side import Side, make_side
from assistant.answering.plans.compared_verdicts import ComparedVerdicts, beside_names, judged
from assistant.answering.plans.compared_windows import which_is_open
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.answering.verdict_step import with_place_notes
from assistant.eligibility.citations import CitationBook
from assistant.lines import Line, line
from assistant.messages import comparisons, next_steps
from assistant.reading.applicant import Applicant
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.labels import FUNDER_LABELS
from ingest.lexical import analyse

MOST_COMPARED = 3
# Under this probability, the trained reader is sure that nothing is compared.
_LEAST = 0.05
# How many sentences tell schemes apart beside a table.
_MOST_APART = 2
# What is answered by amounts and dates, whatever else sets schemes apart.
_SETTLED = frozenset({Intent.HOW_MUCH, Intent.WHEN})


def answer_comparison(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of a question that compares schemes with a plan of its own; leave any other."""
    if turn.understood.is_comparison:
        turn = replace(turn, question=_without_unnamed_pages(turn, knowledge))
    question = turn.understood
    if (
        not _compares(question, knowledge.names.find(question.search_text))
        or turn.choice
        or turn.unless_told
        or not turn.support.is_enough
    ):
        return turn
    usable = [item for item in turn.evidence if may_answer(question, item)]
    if not usable or figures_not_given(question, usable):
        return turn
    known = [name for name in question.subjects if name in knowledge.catalogue]
    applicant = beside_names(knowledge, turn, applicant_of(knowledge, turn, known), known)
    book = CitationBook(knowledge.territory)
    verdicts = judged(knowledge, turn, applicant, book)
    if verdicts.schemes and applicant.unsettled is not None:
        reply = place_reply(applicant.unsettled, verdicts.schemes)
    else:
        reply = _with_notes(knowledge, turn, _reply(knowledge, turn, applicant, verdicts, book))
        reply = with_place_notes(reply, applicant, knowledge.territory)
    return replace(turn, applicant=applicant).ended(reply)


def _without_unnamed_pages(turn: Turn, knowledge: Knowledge) -> Question:
    """The question without the pages beside fiches whose title holds none of its words: it means none."""
    question = turn.understood
    asked = set(analyse(question.text))
    titles = {item.hit.chunk.subject_id: item.hit.chunk.title for item in turn.evidence}
    kept = tuple(
        name
        for name in question.subjects
        if name in knowledge.catalogue or asked & set(analyse(titles.get(name, "")))
    )
    beside_fiches = any(name in knowledge.catalogue for name in kept)
    return replace(question, subjects=kept) if beside_fiches else question


def _with_notes(knowledge: Knowledge, turn: Turn, reply: Reply) -> Reply:
    """The reply with what goes with any other: what is past, dates to note, how a code was read."""
    given, on = turn.request.commune, knowledge.today()
    reply = with_past_pages(reply, (item.hit.chunk for item in turn.evidence), on)
    reply = with_dates_to_note(reply, knowledge.catalogue, on)
    return with_code_note(reply, knowledge.eligibility.chosen(given).clash if given else None)


def _compares(question: Question, named: Collection[str]) -> bool:
    """Whether a question compares schemes: it's read so, or two are named; "on hésite" alone doesn't."""
    is_read = question.read is None or question.read.acts["compare"] >= _LEAST
    return question.is_comparison and (is_read or len(set(named) & set(question.subjects)) > 1)


def _reply(
    knowledge: Knowledge, turn: Turn, applicant: Applicant, verdicts: ComparedVerdicts, book: CitationBook
) -> Reply:
    """Write the lines of a comparison: what answers, the schemes one by one, where to go on."""
    question = turn.understood
    sides = [
        make_side(name, knowledge, turn, applicant, book, is_refused=name in verdicts.refused)
        for name in question.subjects[:MOST_COMPARED]
    ]
    asked = precisely_asked(question)
    told_cost = applicant.facts.cost is not None
    lines = list(verdicts.lines)
    if Intent.HOW_MUCH in asked or told_cost:
        lines += _highest(sides, is_asked=told_cost or asks_for_most(question.text))
        lines += [told for side in sides for told in sums_of(side)] if asked else []
    calendars = [side.calendar for side in sides if side.calendar is not None]
    if Intent.WHEN in asked and len(calendars) > 1:
        lines.append(which_is_open(calendars))
    if not asked & _SETTLED:
        lines += set_apart(sides, book, _MOST_APART if not lines else 1)
    if asked:
        lacks = any(told.kind == "unknown" for told in lines)
        lines += [told for side in sides for told in listed(side, asked, book, lacks_are_said=lacks)]
    else:
        lines.append(line("heading", _difference(sides)))
        lines += table(sides, book, amounts_first=told_cost, with_best=not question.is_plain)
    pays = Intent.HOW_MUCH in asked or not asked
    lines += _on_amounts(sides, applicant, book) if pays else []
    lines += [*_to_go_on(sides, asked), *verdicts.back]
    shown = {citation.section for citation in book.citations}
    return Reply(
        status="answered",
        lines=tuple(lines),
        citations=book.citations,
        schemes=tuple(side.own.name for side in sides if side.fiche is not None),
        eligibility=verdicts.shapes,
        asked=verdicts.ask.shape if verdicts.ask else None,
        choices=verdicts.ask.choices if verdicts.ask else (),
        follow_ups=follow_ups_on(question.subjects[0], shown, knowledge.catalogue),
        estimates=tuple(
            shape
            for side in sides
            if pays and side.paid is not None and not side.is_refused
            for item in side.paid.told[:MOST_RULES]
            for shape in item.shapes
        ),
    )


def _highest(sides: Sequence[Side], *, is_asked: bool) -> list[Line]:
    """Which scheme goes highest of those that who asks may have, where they are several."""
    left = [side.paid for side in sides if side.paid is not None and not side.is_refused]
    has_pages = any(side.paid is None for side in sides)
    return highest(left, is_asked=is_asked) if len(left) > 1 and not has_pages else []


def _difference(sides: Sequence[Side]) -> str:
    """What sets the schemes apart by their types: who pays, the form of the help."""
    known = [side for side in sides if side.fiche is not None]
    kinds = [
        (side.fiche.scheme.label, form_of(side), FUNDER_LABELS[side.fiche.scheme.funder])
        for side in known
        if side.fiche is not None
    ]
    return comparisons.set_apart(kinds) if kinds else comparisons.DISTINCT


def _on_amounts(sides: Sequence[Side], applicant: Applicant, book: CitationBook) -> list[Line]:
    """What goes with the amounts: why there is no sum, what it depends on, the taxes."""
    left = [side.paid for side in sides if side.paid is not None and not side.is_refused]
    notes = list(dict.fromkeys(note for item in left for note in item.notes))
    taxes = on_taxes(applicant.facts, [told for item in left for told in item.told], book)
    return [*notes, line("note", taxes)] if taxes else notes


def _to_go_on(sides: Sequence[Side], asked: frozenset[Intent]) -> list[Line]:
    """Which schemes are closed and where to ask for the others, where no table tells."""
    if not asked:
        return []
    over = [side for side in sides if side.calendar is not None and side.calendar.is_over]
    notes = [
        line("caution", side.calendar.text)
        for side in over
        if side.calendar is not None and Intent.WHEN not in asked
    ]
    left = [side for side in sides if side.fiche is not None and side not in over and not side.is_refused]
    funders = dict.fromkeys(side.fiche.scheme.funder for side in left if side.fiche is not None)
    return [*notes, line("advice", next_steps.next_steps(tuple(funders)))] if funders else notes
