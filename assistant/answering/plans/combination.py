"""The plan of aids taken together: what the sources say of it, the shared limit, what is left to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import messages
from assistant.answering.all_aids import CUMUL, RULES, Budget, room_line, totals
from assistant.answering.amount_rest import OBJECT, STORY_SECTIONS
from assistant.answering.cite import cite
from assistant.answering.compose import AT_LEAST, select
from assistant.answering.knowledge import Knowledge
from assistant.answering.plans.case import Case, make_case
from assistant.answering.plans.combined import (
    combined,
    combines,
    pays,
)
from assistant.answering.plans.financing import lines_alone, plan_lines, shares
from assistant.answering.plans.owners import Owned, owners_apart
from assistant.answering.plans.together import Told, exclusion
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.answering.verdict_step import with_place_notes
from assistant.choosing.evidence import Evidence
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import costs_told
from assistant.eligibility.facts import Facts
from assistant.eligibility.funding_rules import rules_for
from assistant.eligibility.passages import StatedBy
from assistant.eligibility.rule_passages import stating
from assistant.lines import Line, line, quoted
from assistant.reply import Reply, ReplyStatus
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche

# How many sentences an aid is told by, beside others and alone.
_MOST_EACH, _MOST_ALONE = 3, 6
_MOST_CONDITIONS = 6
_SEVERAL = 2


def answer_combination(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of a question about aids taken together with a plan of its own; leave any other."""
    question = turn.understood
    named = question.schemes if question.carried else knowledge.names.find(question.text)
    applicant = applicant_of(knowledge, turn, named)
    cost = _budget(applicant.facts)
    if not combines(question, named, turn.evidence, cost_told=cost is not None):
        return turn
    chosen = combined(question, named, turn.about.ranked, knowledge.catalogue)
    is_sure = turn.support.is_enough or chosen.are_told or cost is not None
    if not (is_sure or len(chosen.schemes) > 1):
        return turn
    book = CitationBook(knowledge.territory)
    case = make_case(knowledge, turn, chosen, applicant, cost, book)
    if len(case.told) == 1 and not case.plans and case.evidence and case.evidence[0].is_gap:
        return turn  # that it isn't known of one aid is said as of any other question
    reply = _reply(case, knowledge, book)
    if not any(told.citations for told in reply.lines):
        return turn
    return replace(turn, applicant=applicant).ended(with_place_notes(reply, applicant, knowledge.territory))


def _budget(facts: Facts) -> Budget | None:
    """What the project costs and has, as told; the most where its cost is between two."""
    cost = max(costs_told(facts), default=None)
    if cost is None or facts.cost is None:
        return None
    return Budget(cost, facts.cost.terms, facts.granted)


def _reply(case: Case, knowledge: Knowledge, book: CitationBook) -> Reply:
    """Write the lines of a combination, the one that answers first."""
    opening, status = _opening(case, knowledge, book)
    lines = list(opening)
    if case.plans and case.cost is not None:
        if not case.chosen.are_told:
            lines.append(line("heading", messages.AIDS_TO_LOOK_AT))
        alone = case.rows[0] if len(case.rows) == 1 and case.limit is not None else None
        if alone is not None:
            lines += lines_alone(alone, case.cost, case.limit, book)
        else:
            lines += plan_lines(case.rows, case.cost, case.limit, book)
        lines += [note for row in case.rows for note in row.notes]
        lines.append(line("note", messages.PLAN_IS_AN_ESTIMATE))
    for told, aid in zip(case.told, case.aids, strict=True):
        lines += _of_aid(case, told, aid, knowledge, book)
    lines += _of_rules(case, knowledge, book)
    conditions = [told for aid in case.aids for told in aid.conditions][:_MOST_CONDITIONS]
    if conditions:
        lines += [line("heading", messages.TO_CHECK), *conditions]
    lines.append(line("advice", messages.WHOM_TO_ASK))
    return Reply(
        status=status,
        lines=_once(lines),
        citations=book.citations,
        schemes=case.chosen.schemes if case.chosen.are_told else tuple(a.fiche.scheme.id for a in case.aids),
        eligibility=tuple(aid.verdict.shape for aid in case.aids if aid.fiche.scheme.criteria),
    )


def _opening(case: Case, knowledge: Knowledge, book: CitationBook) -> tuple[list[Line], ReplyStatus]:
    """The lines that answer, and the status: of aids told by name, that no rule was found is said first."""
    excluded = exclusion(case.told, case.evidence, knowledge.catalogue, knowledge.names)
    if excluded is not None:
        return [line("statement", messages.no_to(_quoted(excluded[0], excluded[1], book)))], "answered"
    if not case.has_one_owner:
        return [owners_apart(case.aids, book)], "answered"
    limit = case.limit
    if case.plans and limit is not None and case.cost is not None:
        opening = [totals(case.cost, limit, book)]
        if case.cost.granted is not None:
            opening.append(room_line(case.cost, limit, book))
        return opening, "answered"
    if natures := [line("statement", _quoted(t.fiche, s, book)) for t in case.told for s in t.nature]:
        return natures, "answered"
    if len(case.told) < _SEVERAL:
        rule = (
            [line("statement", _quoted(limit.fiche, limit.stated, book))] if limit and not case.told else []
        )
        return [*rule, *_best(case, knowledge, book)], "answered"
    labels = [told.fiche.scheme.label for told in case.told]
    cited = [limit.cited(book)] if limit is not None else []
    if not case.chosen.are_told:  # a scheme that nobody named is named with a sentence of its own
        cited += [book.sentence(t.fiche, s.section, s.sentence) for t in case.told for s in t.first[:1]]
    shared = messages.not_forbidden(labels, *(shares(limit) if limit else (None, None)))
    gaps = [line("unknown", _quoted(told.fiche, stated, book)) for told in case.told for stated in told.gap]
    gaps = gaps if case.chosen.are_told else []
    return [*gaps, line("statement", shared, cited)], "unanswerable" if gaps else "answered"


def _best(case: Case, knowledge: Knowledge, book: CitationBook) -> list[Line]:
    """The sentences that best answer about one aid, or about the national rules alone."""
    own = {item.fiche.scheme.id for item in case.told} or {RULES}
    found = [item for item in case.evidence if item.hit.chunk.subject_id in own and not item.is_gap]
    return [_cited(item, knowledge.catalogue, book) for item in found[:_MOST_EACH]]


def _of_aid(case: Case, told: Told, aid: Owned, knowledge: Knowledge, book: CitationBook) -> list[Line]:
    """What is said of one aid: a verdict against it, how it adds up with others, what isn't known of that."""
    lines = list(aid.verdict.lines) if aid.is_refused else []
    statements = [line("statement", _quoted(told.fiche, stated, book)) for stated in told.statements]
    own = [e for e in case.evidence if e.hit.chunk.subject_id == told.fiche.scheme.id and not e.is_gap]
    has_row = case.plans and any(row.aid is aid and row.told for row in case.rows)
    if len(case.told) < _SEVERAL:
        best = _bearing_on(case, aid, select(case.question, own) if own else [], book)
        statements += [_cited(item, knowledge.catalogue, book) for item in best]
    elif not (told.nature or has_row):
        statements += [_cited(item, knowledge.catalogue, book) for item in own[:1]]
        if pays(told.fiche.scheme) and not told.cumul:
            statements += [
                line("statement", _quoted(told.fiche, item, book)) for item in _amount(aid, knowledge)
            ]
    lines += statements[: _MOST_EACH if len(case.told) > 1 else _MOST_ALONE]
    return [*lines, *(line("unknown", _quoted(told.fiche, stated, book)) for stated in told.gap)]


def _bearing_on(case: Case, aid: Owned, best: Sequence[Evidence], book: CitationBook) -> Sequence[Evidence]:
    """Sentences on one aid; in a plan, neither what it is, nor what was done, nor the rule of a sum."""
    if not case.plans:
        return best
    rows = [row for row in case.rows if row.aid is aid and row.told == row.shown]
    numbers = {number for row in rows for told in row.told for number in told.cited}
    shown = {item.quote for item in book.citations if item.n in numbers}
    aside = {OBJECT, *STORY_SECTIONS}
    return [e for e in best if e.sentence.section not in aside and e.sentence.text not in shown]


def _amount(aid: Owned, knowledge: Knowledge) -> tuple[StatedBy, ...]:
    """The sentence that states most of what an aid pays; none where nothing is typed."""
    rules = rules_for(aid.fiche.scheme, aid.facts, knowledge.territory, knowledge.today()).paying
    return stating(aid.fiche, rules[0])[:1] if rules else ()


def _of_rules(case: Case, knowledge: Knowledge, book: CitationBook) -> list[Line]:
    """What else of the national rules is among the best answers: an exception, the State's grants."""
    if case.limit is None or case.limit.fiche.scheme.id != RULES:
        return []
    known = [item for item in case.evidence if not item.is_gap][:AT_LEAST]
    rules = [e for e in known if e.hit.chunk.subject_id == RULES and e.sentence.section == CUMUL]
    rules = [e for e in rules if e.sentence.text != case.limit.stated.sentence.text]
    return [_cited(item, knowledge.catalogue, book) for item in rules[:1]]


def _cited(item: Evidence, catalogue: Catalogue, book: CitationBook) -> Line:
    """A sentence weighed as an answer, cited."""
    return line("statement", quoted(item.sentence.text, book.add(cite(1, item, catalogue))))


def _quoted(fiche: Fiche, stated: StatedBy, book: CitationBook) -> str:
    return quoted(stated.sentence.text, book.sentence(fiche, stated.section, stated.sentence))


def _once(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, without those that say again what one above says; a table is left whole."""
    said: set[str] = set()
    kept: list[Line] = []
    for told in lines:
        is_first_again = bool(kept) and told.kind == "statement" and told.citations == kept[0].citations
        if told.cells or not (is_first_again or told.said in said):
            kept.append(told)
        said.add(told.said)
    return tuple(kept)
