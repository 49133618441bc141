"""The plan of aids taken together: what the sources say of it, the shared limit, what is left to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.all_aids import RULES, Budget, rates_added, room_line, totals
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
from assistant.answering.plans.left_to_check import most_telling
from assistant.answering.plans.owners import Owned, owners_apart
from assistant.answering.plans.rules_told import is_said_by, main_rules, more_rules, tells_of_a_place
from assistant.answering.plans.together import Told, exclusion, permission
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.answering.verdict_step import with_place_notes
from assistant.choosing.enough import adds
from assistant.choosing.evidence import Evidence
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import costs_told
from assistant.eligibility.facts import Facts
from assistant.eligibility.funding_rules import rules_for
from assistant.eligibility.passages import StatedBy
from assistant.eligibility.rule_passages import stating
from assistant.lines import Line, LineKind, line, quoted
from assistant.messages import french, next_steps, plans, verdicts
from assistant.reading.french.figures import RATE, read_figures
from assistant.reading.french.plain_text import plain_text
from assistant.reading.intents import Intent
from assistant.reply import Reply, ReplyStatus
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import OPENING_SECTION, STORY_SECTIONS, Fiche

# How many sentences an aid is told by alone, and how many conditions are left to check of all.
_MOST_ALONE, _MOST_CONDITIONS = 2, 3
# How many rules of several aids stand beside the answer, and the lines that tell a rule.
_MOST_RULES = 2
_TELLING = frozenset({"statement", "amount", "unknown"})
_SEVERAL = 2


def answer_combination(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of a question about aids taken together with a plan of its own; leave any other."""
    question = turn.understood
    named = question.schemes if question.carried else knowledge.names.find(question.text)
    applicant = applicant_of(knowledge, turn, named)
    cost = _budget(applicant.facts)
    called = question.schemes if question.carried else knowledge.names.called(question.text)
    if not combines(question, named, called, turn.evidence, cost_told=cost is not None):
        return turn
    chosen = combined(question, named, turn.about.ranked, knowledge.catalogue)
    if len(chosen.schemes) < _SEVERAL and _is_about_a_page(knowledge, turn):
        return turn  # how a page's own aid adds up is said there
    is_sure = turn.support.is_enough or chosen.are_told or cost is not None
    if not (is_sure or len(chosen.schemes) > 1):
        return turn
    book = CitationBook(knowledge.territory)
    applicant = applicant_of(knowledge, turn, chosen.schemes)
    case = make_case(knowledge, turn, chosen, applicant, cost, book)
    if len(case.told) == 1 and not case.plans and case.evidence and case.evidence[0].is_gap:
        return turn  # that it isn't known of one aid is said as of any other question
    reply = _reply(case, knowledge, book)
    if not any(told.citations for told in reply.lines):
        return turn
    return replace(turn, applicant=applicant).ended(with_place_notes(reply, applicant, knowledge.territory))


def _is_about_a_page(knowledge: Knowledge, turn: Turn) -> bool:
    """Whether what a question is likeliest about is told by no fiche."""
    first = next(iter(turn.about.ranked), None)
    return first is not None and first.scheme_id not in knowledge.catalogue


def _budget(facts: Facts) -> Budget | None:
    """What the project costs and has, as told; the most where its cost is between two."""
    cost = max(costs_told(facts), default=None)
    if cost is None or facts.cost is None:
        return None
    return Budget(cost, facts.cost.terms, facts.granted)


def _reply(case: Case, knowledge: Knowledge, book: CitationBook) -> Reply:
    """Write the lines of a combination, the one that answers first."""
    settled = _settled(case, knowledge, book)
    opening, status = (settled, "answered") if settled else _opening(case, knowledge, book)
    lines = list(opening)
    if case.plans and case.cost is not None:
        if not case.chosen.are_told:
            lines.append(line("heading", plans.AIDS_TO_LOOK_AT))
        alone = case.rows[0] if len(case.rows) == 1 and case.limit is not None else None
        if alone is not None:
            own = lines_alone(alone, case.cost, case.limit, book)
            is_told = case.chosen.are_told and alone.most is not None
            lines = [*own, *lines] if is_told else [*lines, *own]  # what is asked of one aid goes first
        else:
            lines += plan_lines(case.rows, case.cost, case.limit, book)
        lines += [note for row in case.rows for note in row.notes]
        lines.append(line("note", plans.PLAN_IS_AN_ESTIMATE))
    for told, aid in zip(case.told, case.aids, strict=True):
        lines += _of_aid(case, told, aid, knowledge, book)
    lines += _of_rules(case, lines, knowledge, book)
    said = {number for told in lines if told.kind in _TELLING for number in told.citations}
    conditions = most_telling([aid.conditions for aid in case.aids], _MOST_CONDITIONS, said)
    if conditions and not settled:
        lines += [line("heading", verdicts.TO_CHECK), *conditions]
    funders = dict.fromkeys(aid.fiche.scheme.funder for aid in case.aids)
    lines.append(
        line("advice", next_steps.confirm_with(list(funders)) if funders else next_steps.WHOM_TO_ASK)
    )
    return Reply(
        status=status,
        lines=_once(lines),
        citations=book.citations,
        schemes=case.chosen.schemes if case.chosen.are_told else tuple(a.fiche.scheme.id for a in case.aids),
        eligibility=tuple(aid.verdict.shape for aid in case.aids if aid.fiche.scheme.criteria),
    )


def _settled(case: Case, knowledge: Knowledge, book: CitationBook) -> list[Line]:
    """The line that says no or yes to aids taken together, by a source or by the rates told; none without."""
    excluded = exclusion(case.told, case.evidence, knowledge.catalogue, knowledge.names)
    if excluded is not None:
        return [line("statement", french.no_to(_quoted(excluded[0], excluded[1], book)))]
    if case.plans or not case.has_one_owner:
        return []
    rates = _rates_told(case, knowledge)
    if rates and case.limit is not None:
        return [rates_added(rates, case.limit, book)]
    allowed = permission(case.told, knowledge.names) if case.chosen.are_told else None
    return [line("statement", french.yes_to(_quoted(allowed[0], allowed[1], book)))] if allowed else []


def _opening(case: Case, knowledge: Knowledge, book: CitationBook) -> tuple[list[Line], ReplyStatus]:
    """The lines that answer, and the status: of aids told by name, that no rule was found is said first."""
    if not case.has_one_owner:
        return [owners_apart(case.aids, book)], "answered"
    limit = case.limit
    if case.plans and limit is not None and case.cost is not None:
        opening = [totals(case.cost, limit, book, _saying_the_same(case, knowledge, book))]
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
    cited = [_number_of(told, aid, knowledge, book) for told, aid in zip(case.told, case.aids, strict=True)]
    if limit is not None:
        cited += [limit.cited(book), *_saying_the_same(case, knowledge, book)]
    gaps = [stated for told in case.told for stated in told.gap] if case.chosen.are_told else []
    shared = plans.not_forbidden(labels, *(shares(limit) if limit else (None, None)))
    kind: LineKind = "unknown" if gaps else "statement"
    return [line(kind, shared, cited)], "unanswerable" if gaps else "answered"


def _rates_told(case: Case, knowledge: Knowledge) -> list[float]:
    """The rates that the question tells, in per cent, where it tells one for each aid that it names."""
    text = case.question.text
    told = [
        value
        for figure in read_figures(plain_text(text)).figures
        for value, unit in figure.readings
        if unit == RATE
    ]
    return told if len(told) == knowledge.names.times_called(text) >= _SEVERAL else []


def _best(case: Case, knowledge: Knowledge, book: CitationBook) -> list[Line]:
    """The sentences that best answer about one aid, or about the national rules alone."""
    own = {item.fiche.scheme.id for item in case.told} or {RULES}
    found = [item for item in case.evidence if item.hit.chunk.subject_id in own and not item.is_gap]
    found = [item for item in found if not tells_of_a_place(item.sentence.text, knowledge)] or found
    rules = {stated.sentence.text for _, stated in main_rules(case, knowledge)}
    found.sort(key=lambda item: item.sentence.text not in rules)
    kept: list[Evidence] = []
    for item in found[:AT_LEAST]:
        if len(kept) < _MOST_ALONE and (not kept or adds(case.question, kept, item)):
            kept.append(item)
    return [_cited(item, knowledge.catalogue, book) for item in kept]


def _of_aid(case: Case, told: Told, aid: Owned, knowledge: Knowledge, book: CitationBook) -> list[Line]:
    """What is said of one aid: a verdict against it; what it pays, where that is asked and no table tells."""
    lines = list(aid.verdict.lines) if aid.is_refused else []
    gaps = [line("unknown", _quoted(told.fiche, stated, book)) for stated in told.gap]
    if len(case.told) < _SEVERAL:
        own = [e for e in case.evidence if e.hit.chunk.subject_id == told.fiche.scheme.id and not e.is_gap]
        best = _bearing_on(case, aid, select(case.question, own) if case.plans and own else [], book)
        best = [item for item in best if not tells_of_a_place(item.sentence.text, knowledge)]
        lines += [_cited(item, knowledge.catalogue, book) for item in best[:_MOST_ALONE]]
        return [*lines, *gaps]
    asks = Intent.HOW_MUCH in case.question.intents or case.question.aspect == "amount"
    if asks and not case.plans and pays(told.fiche.scheme):
        lines += [line("statement", _quoted(told.fiche, item, book)) for item in _amount(aid, knowledge)]
    is_unsaid = case.chosen.are_told and (case.plans or not case.has_one_owner)
    return [*lines, *gaps] if is_unsaid else lines


def _of_rules(case: Case, above: Sequence[Line], knowledge: Knowledge, book: CitationBook) -> list[Line]:
    """The rules that decide, after the answer: that of each aid, then others that bear on the question."""
    numbers = {number for told in above for number in told.citations if told.kind in _TELLING}
    said = {item.quote for item in book.citations if item.n in numbers}
    main = [item for item in main_rules(case, knowledge) if item[1].sentence.text not in said]
    lines = [line("statement", _quoted(*item, book)) for item in main[:_MOST_RULES]]
    said |= {stated.sentence.text for _, stated in main}
    is_no = exclusion(case.told, case.evidence, knowledge.catalogue, knowledge.names) is not None
    most = (1 if case.plans else _MOST_RULES) - len(lines) - is_no
    return lines + [
        _cited(item, knowledge.catalogue, book) for item in more_rules(case, said, most, knowledge)
    ]


def _saying_the_same(case: Case, knowledge: Knowledge, book: CitationBook) -> list[int]:
    """The numbers of the rules of the aids that the limit of all public aids says."""
    return [
        book.sentence(fiche, stated.section, stated.sentence)
        for fiche, stated in main_rules(case, knowledge)
        if is_said_by(stated.sentence.text, case.limit)
    ]


def _number_of(told: Told, aid: Owned, knowledge: Knowledge, book: CitationBook) -> int:
    """The citation of an aid among others: what isn't known of them, how it adds up, else what it pays."""
    stated = (*told.gap, *told.statements, *_amount(aid, knowledge), *told.first)[0]
    return book.sentence(told.fiche, stated.section, stated.sentence)


def _bearing_on(case: Case, aid: Owned, best: Sequence[Evidence], book: CitationBook) -> Sequence[Evidence]:
    """Sentences on one aid; in a plan, neither what it is, nor what was done, nor the rule of a sum."""
    if not case.plans:
        return best
    rows = [row for row in case.rows if row.aid is aid and row.told == row.shown]
    numbers = {number for row in rows for told in row.told for number in told.cited}
    shown = {item.quote for item in book.citations if item.n in numbers}
    aside = {OPENING_SECTION, *STORY_SECTIONS}
    return [e for e in best if e.sentence.section not in aside and e.sentence.text not in shown]


def _amount(aid: Owned, knowledge: Knowledge) -> tuple[StatedBy, ...]:
    """The sentence that states most of what an aid pays; none where nothing is typed."""
    rules = rules_for(aid.fiche.scheme, aid.facts, knowledge.territory, knowledge.today()).paying
    return stating(aid.fiche, rules[0])[:1] if rules else ()


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
