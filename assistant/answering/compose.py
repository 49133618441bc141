"""Compose the extractive reply: which sentences answer, with which citations, or that none does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from assistant.answering.abstain import figures_not_given, not_found, not_published, which_scheme
from assistant.answering.cite import cite
from assistant.answering.ended import ended_first, is_closed
from assistant.answering.page_lists import told_together, with_the_whole_list
from assistant.checking.verify import figures
from assistant.choosing.asked_first import asked_first
from assistant.choosing.enough import LEAST, adds
from assistant.choosing.evidence import NEARLY_AS_GOOD, Evidence, backing, date_fit
from assistant.choosing.for_whom import is_for_others
from assistant.choosing.gaps import FITTED, Gap, find_gap
from assistant.choosing.rows import is_other_row
from assistant.choosing.support import Confidence
from assistant.eligibility.amount_words import amount_words
from assistant.lines import Line, line, quoted
from assistant.markers import marked
from assistant.messages import comparisons, next_steps, reserves
from assistant.reading.french.dates import stated_dates
from assistant.reading.intents import INTENT_SECTIONS, Intent
from assistant.reading.understand import Question
from assistant.reply import Citation, Reply
from assistant.search.hits import RetrievedChunk
from corpus.fiches.catalogue import Catalogue
from corpus.labels import FUNDER_LABELS, State
from ingest.chunk import Chunk

MAX_SENTENCES, MAX_LISTED = 5, 10
# How many sentences come first, and how many are shown even if less likely than the best.
BEST, AT_LEAST = 3, 5
_YEAR_LENGTH = 4
_SAME, _MUCH_THE_SAME = 0.75, 0.5
# How far behind the best, in logits, a sentence is shown no more.
FAR = 6.2
# How far behind the best, in logits, a sentence is nearly as likely.
_NEAR = 1.0
# How far before the best of the likeliest scheme, in logits, another one answers far better.
_FAR_BETTER = 1.5
# How far behind what isn't known, in logits, a page answers all the same, with how many of the words asked.
_NEAR_AS_GAP, _SAME_WORDS = 3.5, 0.5
# How far behind, in logits, the newer of two rules goes first.
_NEAR_AS_NEWER = 5.0
_EACH_SECTION = 2
# "Is maintenance covered?" is answered by what is excluded as well as by what is covered.
_SECTIONS_OF = {Intent.COVERED: 2}
# What is asked of an aid by whoever would have it.
_SOUGHT = frozenset({Intent.LIST, Intent.ELIGIBLE, Intent.HOW})
# Sections whose sentences say what a scheme is for, in a list of schemes.
_TELLING_SECTIONS = frozenset({"Objet", "Dépenses éligibles", "Bénéficiaires"})
_PURPOSE = frozenset({"Objet", "Dépenses éligibles"})
_RULE_SECTIONS = frozenset(
    {"Bénéficiaires", "Dépenses éligibles", "Dépenses exclues", "Montant", "Calendrier", "Démarche", "Cumul"}
)


def compose(
    question: Question,
    hits: Sequence[RetrievedChunk],
    evidence: Sequence[Evidence],
    support: Confidence,
    catalogue: Catalogue,
    today_year: int,
    near: Sequence[str] = (),
    gap_weights: Mapping[str, float] = FITTED,
    parts: Sequence[Sequence[Evidence]] = (),
) -> Reply:
    """Write the reply to a question from weighed evidence.

    Every sentence is a source's own, with its marker; what the program adds is a caution on the
    age of a rule, and whom to ask.
    """
    if not support.is_enough and support.is_worth_asking and near:
        return which_scheme([catalogue.scheme(name).label for name in near], near)
    if not support.is_enough:
        return not_found(question, hits, support, catalogue)
    usable = [item for item in evidence if may_answer(question, item)]
    if not usable:
        return not_found(question, hits, support, catalogue)
    return answer(question, usable, catalogue, today_year, gap_weights, parts)


def answer(
    question: Question,
    usable: Sequence[Evidence],
    catalogue: Catalogue,
    today_year: int,
    gap_weights: Mapping[str, float] = FITTED,
    parts: Sequence[Sequence[Evidence]] = (),
) -> Reply:
    """Write the answer that the sentences on a subject make, one at least, best first."""
    gap = find_gap(question, usable, today_year, gap_weights)
    of_parts = _best_of_each(question, parts, usable)
    if (
        gap is not None
        and gap.is_answer
        and not (_a_page_tells(gap, usable) or _another_tells(gap, of_parts))
    ):
        return not_published(question, gap.items, usable, catalogue)
    if missing := figures_not_given(question, usable):
        return not_published(question, (), usable, catalogue, missing)
    answers = [item for item in usable if not item.is_gap]
    of_answers = [item for item in of_parts if not item.is_gap]
    if question.is_list:
        kept = one_each(question, answers, _paid(question, catalogue))
    else:
        kept = with_the_whole_list(select(question, answers, of_answers), answers)
    gaps = [item for item in of_parts if item.is_gap]
    if gap is not None and gap.is_worth_saying and not question.is_list:
        gaps = list({item.sentence.text: item for item in (gap.items[0], *gaps)}.values())
    kept = [*kept, *gaps]
    return written(question, kept, catalogue, today_year)


def written(
    question: Question,
    kept: Sequence[Evidence],
    catalogue: Catalogue,
    today_year: int,
    *,
    by_document: bool = False,
) -> Reply:
    """Write the answer that chosen sentences make, in their order.

    Args:
        question: the question.
        kept: the sentences, one at least.
        catalogue: the schemes.
        today_year: to say that a rule is old.
        by_document: whether each sentence is told under the name of its scheme, as in a list.
    """
    citations = [cite(number, item, catalogue) for number, item in enumerate(kept, 1)]
    if by_document or question.is_list:
        lines = _listed(citations, catalogue, {item.hit.chunk.document_id: item.hit.chunk for item in kept})
    else:
        lines = told_together(citations)
    schemes = tuple(dict.fromkeys(c.scheme_id for c in citations if c.scheme_id))
    cautions = _cautions(kept, citations, catalogue, today_year)
    all_closed = bool(schemes) and all(catalogue.scheme(n).status.state is State.CLOSED for n in schemes)
    # Whoever looks for an aid is told first that it's closed.
    names_a_closed_one = question.is_list and any(is_closed(name, catalogue) for name in question.schemes)
    closed_first = bool(question.intents & _SOUGHT) and (all_closed or names_a_closed_one)
    lines = [*cautions, *lines] if closed_first else [*lines, *cautions]
    return Reply(
        status="answered",
        lines=tuple(lines),
        citations=tuple(citations),
        schemes=schemes,
        follow_ups=_follow_ups(kept, catalogue),
    )


def _another_tells(gap: Gap, of_parts: Sequence[Evidence]) -> bool:
    """Whether another of the things asked is answered by another fiche than the one that doesn't say."""
    own = {None, *(item.hit.chunk.scheme_id for item in gap.items)}
    return any(not item.is_gap and item.hit.chunk.scheme_id not in own for item in of_parts)


def _a_page_tells(gap: Gap, usable: Sequence[Evidence]) -> bool:
    """Whether another page is nearly as likely to answer as what isn't known, in the words asked."""
    least, own = gap.items[0].logit - _NEAR_AS_GAP, gap.items[0].hit.chunk.document_id
    pages = (
        item
        for item in usable
        if item.hit.chunk.scheme_id is None and item.hit.chunk.document_id != own and not item.is_gap
    )
    return any(item.logit >= least and item.shared >= _SAME_WORDS for item in pages)


def _listed(citations: Sequence[Citation], catalogue: Catalogue, pages: Mapping[str, Chunk]) -> list[Line]:
    """One line a scheme: its name, who pays, then its sentences; one a page, by its title."""
    told: dict[str, list[Citation]] = {}
    for citation in citations:
        told.setdefault(citation.document_id, []).append(citation)
    listed = []
    for document, own in told.items():
        if is_closed(own[0].scheme_id, catalogue):
            own = ended_first(own, lambda citation: citation.section)
        text = " ".join(quoted(citation.quote, citation.n) for citation in own)
        if (name := own[0].scheme_id) is not None:
            scheme = catalogue.scheme(name)
            text = comparisons.headed_by_scheme(scheme.label, FUNDER_LABELS[scheme.funder], text)
        else:
            text = comparisons.headed_by_page(pages[document].label, text)
        listed.append(line("item", text))
    return [line("heading", comparisons.MAY_SERVE), *listed] if len(listed) > 1 else listed


def may_answer(question: Question, item: Evidence) -> bool:
    """Whether a sentence may answer at all: of the schemes that the question is about, only their fiches.

    What only announces what follows ("Les taux sont les suivants :") answers nothing.
    """
    if item.sentence.text.endswith(":"):
        return False
    return not question.subjects or item.hit.chunk.subject_id in question.subjects


def _best_of_each(
    question: Question, parts: Sequence[Sequence[Evidence]], usable: Sequence[Evidence]
) -> list[Evidence]:
    """The sentence that best answers each of the things asked, as it was weighed for the whole message."""
    whole = {(item.hit.chunk.id, item.position): item for item in usable}
    best = (next((item for item in part if may_answer(question, item)), None) for part in parts)
    found = (whole.get((item.hit.chunk.id, item.position)) for item in best if item is not None)
    return list({id(item): item for item in found if item is not None}.values())


def select(
    question: Question,
    evidence: Sequence[Evidence],
    of_parts: Sequence[Evidence] = (),
    least: float = LEAST,
) -> list[Evidence]:
    """Choose the sentences of the reply: the best, the best of each section asked for, those nearly as good.

    Before the latter come those of ``of_parts``, one for each of the things asked.
    Where the question states a month that some sentence bears, only those that bear it may answer. Each must
    be as likely to add something as ``least``, but for those of ``of_parts`` and the best of each subject.
    """
    if question.is_list:
        return one_each(question, evidence)
    dates = stated_dates(question.text)
    months = {day for day in dates if len(day) > _YEAR_LENGTH}
    of_then = [item for item in evidence if months and date_fit(question, item.hit, item.sentence, months)]
    dated = bool(of_then)
    evidence = [*of_then, *(item for item in evidence if item not in of_then)]
    best = _stating_most(of_then or evidence)
    if not dates:
        best = _newer(best, evidence, same=Intent.HOW_MUCH in question.intents)
    kept = [best]
    first = [item for name in question.schemes or question.subjects for item in _first_of(name, evidence)]
    asked = _of_sections_asked(question, evidence)
    for item in (*of_parts, *first, *evidence[:BEST], *asked, *evidence[BEST:]):
        if len(kept) == MAX_SENTENCES + len(of_parts):
            break
        if any(item is other or _overlap(item.stems, other.stems) > _SAME for other in kept):
            continue
        if dated and not date_fit(question, item.hit, item.sentence, months):
            continue
        if not _goes_with(best, item, question) or is_for_others(item.sentence.text, question):
            continue
        is_near = item.logit >= best.logit - FAR and item in evidence[:AT_LEAST]
        is_wanted = item in of_parts or item in first or item in asked or is_near
        if not is_wanted and item.score < NEARLY_AS_GOOD:
            continue
        if not (item in of_parts or item in first or adds(question, kept, item, least)):
            continue
        kept.append(item)
    # After the best, what states the rule before what tells its story.
    return _in_order(question, [best, *sorted(kept[1:], key=lambda item: -item.typed)], evidence)


def _in_order(question: Question, kept: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences chosen, what is asked first; of an aid that only a need is told for, what it's for."""
    document = kept[0].hit.chunk.document_id
    if _tells_only_a_need(question) and kept[0].sentence.section not in _PURPOSE:
        own = [item for item in evidence if item.hit.chunk.document_id == document]
        return _each_once([*_introducing(own), *kept])
    return asked_first(question, kept)


def _goes_with(best: Evidence, item: Evidence, question: Question) -> bool:
    """Whether a sentence may stand beside the best: of the same text, or of another that is asked about.

    Another row of its table may where the question names it as well.

    A page beside a fiche must be nearly as likely: its sentences are seldom written for who asks.
    """
    own, other = best.hit.chunk, item.hit.chunk
    if own.document_id == other.document_id:
        return not is_other_row(item.sentence.text, best.sentence.text, question.text)
    is_page_beside = other.scheme_id is None and own.scheme_id is not None
    return other.subject_id in question.subjects and not (is_page_beside and item.logit < best.logit - _NEAR)


def _stating_most(evidence: Sequence[Evidence]) -> Evidence:
    """The best sentence, or one nearly as likely that states more of the rule: rate and ceiling together."""
    near = [item for item in evidence if item.logit >= evidence[0].logit - _NEAR]
    return max(near, key=lambda item: item.typed)


def _newer(best: Evidence, evidence: Sequence[Evidence], *, same: bool) -> Evidence:
    """The best sentence, or one of the same section that states as much of a rule of a later year.

    Args:
        best: the best sentence.
        evidence: all of them.
        same: whether one that no typed rule holds may give way too, to one that says much the same.
    """
    year = max(stated_dates(best.sentence.text), default="")
    if not year or not (best.typed or same):
        return best
    newer = (
        item
        for item in evidence
        if item.logit >= best.logit - _NEAR_AS_NEWER
        and item.typed >= best.typed
        and (best.typed or _overlap(item.stems, best.stems) >= _MUCH_THE_SAME)
        and item.hit.chunk.document_id == best.hit.chunk.document_id
        and item.sentence.section == best.sentence.section
        and max(stated_dates(item.sentence.text), default="") > year
    )
    return next(newer, best)


def _first_of(scheme: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of a scheme that the question names."""
    found = next((item for item in evidence if item.hit.chunk.subject_id == scheme), None)
    return [found] if found else []


def _of_sections_asked(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """For each thing asked, the best sentences of its section that have the form of an answer."""
    found: list[Evidence] = []
    for intent in Intent:
        if intent not in question.intents or intent is Intent.LIST:
            continue
        for title in INTENT_SECTIONS[intent][: _SECTIONS_OF.get(intent, 1)]:
            own = [item for item in evidence if item.sentence.section == title]
            if intent is Intent.WHAT:
                own.sort(key=lambda item: item.position)  # what opens the section says what it is
            found += [item for item in own if _has_form(intent, item)][:_EACH_SECTION]
    if Intent.ELIGIBLE in question.intents:  # who asks whether they may wants to know how much, too
        found += [item for item in evidence if item.sentence.section == "Montant"][:_EACH_SECTION]
    return found


def _has_form(intent: Intent, item: Evidence) -> bool:
    return intent is not Intent.HOW_MUCH or bool(figures(item.sentence.text))


def _paid(question: Question, catalogue: Catalogue) -> frozenset[str]:
    """The sentences that state what the aids of a list pay, one an aid at most."""
    schemes = [name for name in question.subjects if name in catalogue] if question.is_list else []
    told = (amount_words(catalogue.fiche(name)) for name in schemes)
    return frozenset(amount.sentence.text for amount in told if amount is not None)


def one_each(question: Question, evidence: Sequence[Evidence], paid: Collection[str] = ()) -> list[Evidence]:
    """For a list: of each scheme, what it's for, and what it pays; of the likeliest, one more.

    Args:
        question: the question.
        evidence: the sentences, best first.
        paid: those that state what an aid pays.
    """
    kept: list[Evidence] = []
    for rank, scheme in enumerate(_likeliest_answer_first(question, evidence)):
        own = [item for item in evidence if item.hit.chunk.subject_id == scheme and not item.is_gap]
        chosen = _each_once([*_introducing(own), *own])[: 1 if rank else 2]
        kept += _each_once([*chosen, *(item for item in own if item.sentence.text in paid)])
    return kept[:MAX_LISTED] or list(evidence[:1])


def _tells_only_a_need(question: Question) -> bool:
    """Whether a message looks for an aid, and asks nothing more of it: who writes it may not know it."""
    return question.intents == {Intent.LIST} and not question.schemes


def _each_once(items: Iterable[Evidence]) -> list[Evidence]:
    return list({id(item): item for item in items}.values())


def _introducing(own: Sequence[Evidence]) -> list[Evidence]:
    """The sentence of an aid that tells what it's for, as the need is told; none where the aid has none.

    One on its object, unless another tells the need far better.
    """
    telling = [item for item in own if item.sentence.section in _TELLING_SECTIONS] or own
    of_object = [item for item in telling if item.sentence.section == "Objet"]
    is_nearer = bool(of_object) and telling[0].logit > of_object[0].logit + _FAR_BETTER
    return list(telling[:1] if is_nearer or not of_object else of_object[:1])


def _likeliest_answer_first(question: Question, evidence: Sequence[Evidence]) -> list[str]:
    """The schemes of a list; where something is asked of them, one that answers far better goes first."""
    schemes = list(question.subjects)
    if question.intents == {Intent.LIST} or question.schemes:
        return schemes
    best = {
        name: next((e.logit for e in evidence if e.hit.chunk.subject_id == name and not e.is_gap), 0.0)
        for name in schemes
    }
    first = max(schemes, key=lambda name: best[name], default="")
    if not first or best[first] < best[schemes[0]] + _FAR_BETTER:
        return schemes
    return [first, *(name for name in schemes if name != first)]


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(1, min(len(left), len(right)))


def _cautions(
    kept: Sequence[Evidence],
    citations: Sequence[Citation],
    catalogue: Catalogue,
    today_year: int,
) -> list[Line]:
    """Say which schemes cited are closed; where none is, that the rule of the first sentence is old."""
    first = {c.scheme_id: c for c in reversed(citations) if c.scheme_id is not None}
    closed = [
        line("caution", reserves.closed_caution(scheme.label, marked((citation.n,))))
        for name, citation in first.items()
        if (scheme := catalogue.scheme(name)).status.state is State.CLOSED
    ]
    if closed or citations[0].scheme_id is None:
        return closed
    scheme = catalogue.scheme(citations[0].scheme_id)
    years = [source.year for source in backing(kept[0].hit, kept[0].sentence)]
    dated = [year for year in years if year is not None]
    states_a_rule = kept[0].sentence.section in _RULE_SECTIONS
    if scheme.status.state is State.OPEN or not states_a_rule or not dated or max(dated) >= today_year:
        return []
    caution = reserves.age_caution(scheme.label, max(dated), marked((citations[0].n,)))
    return [line("caution", caution)]


def _follow_ups(kept: Sequence[Evidence], catalogue: Catalogue) -> tuple[str, ...]:
    scheme_id = kept[0].hit.chunk.scheme_id
    return follow_ups_on(scheme_id or "", {item.sentence.section for item in kept}, catalogue)


def follow_ups_on(scheme_id: str, shown: Collection[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Questions to go on with: on the sections of a fiche that an answer doesn't show; none for a page."""
    if scheme_id not in catalogue:
        return ()
    fiche = catalogue.fiche(scheme_id)
    questions = (
        next_steps.section_question(section.title, fiche.scheme.label)
        for section in fiche.sections
        if section.title not in shown
    )
    return tuple([question for question in questions if question][:3])
