"""Compose the extractive reply: which sentences answer, with which citations, or that none does."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import messages
from assistant.evidence import NEARLY_AS_GOOD, Evidence, date_fit, form_fit
from assistant.gaps import find_gaps
from assistant.reply import Citation, CitedSource, Reply
from assistant.retrieve import RetrievedChunk
from assistant.support import Support
from assistant.understand import Intent, Question
from assistant.verify import unsupported
from corpus.catalogue import Catalogue
from corpus.labels import State
from corpus.source import Source
from ingest.lexical import analyse

MAX_SENTENCES = 4
_SAME = 0.6

_RULE_SECTIONS = frozenset(
    {"Bénéficiaires", "Dépenses éligibles", "Dépenses exclues", "Montant", "Calendrier", "Démarche", "Cumul"}
)
_RELATED = 2
MIN_COVERAGE_NEAR, MIN_SIMILARITY_NEAR = 0.45, 0.10


def compose(
    question: Question,
    hits: Sequence[RetrievedChunk],
    evidence: Sequence[Evidence],
    support: Support,
    catalogue: Catalogue,
    today_year: int,
) -> Reply:
    """Write the reply to a question from weighed evidence.

    Every sentence is a source's own, with its marker; what the program adds is a caution on the
    age of a rule, and whom to ask.
    """
    if not support.is_enough:
        return _abstain(question, hits, support, catalogue)
    usable = [item for item in evidence if _may_answer(question, item)]
    if not usable:
        return _abstain(question, hits, support, catalogue)
    gaps = find_gaps(question, usable, today_year)
    if gaps:
        return _not_published(question, gaps, usable, catalogue)
    kept = select(question, [item for item in usable if not item.is_gap])
    citations = [cite(number, item, catalogue) for number, item in enumerate(kept, 1)]
    lines = [f"{item.sentence.text} [{number}]" for number, item in enumerate(kept, 1)]
    caution = _caution(kept, citations, catalogue, today_year)
    if caution:
        lines.append(caution)
    safe = [line for line in lines if not unsupported(line, citations, (question.text,))]
    schemes = tuple(dict.fromkeys(c.scheme_id for c in citations if c.scheme_id))
    return Reply(
        status="answered",
        answer="\n".join(safe),
        citations=tuple(citations),
        schemes=schemes,
        follow_ups=_follow_ups(kept, catalogue),
    )


def _may_answer(question: Question, item: Evidence) -> bool:
    """Whether a sentence may answer at all.

    Of the schemes that the question names, only their own fiches. Where it names none and asks for an
    amount, a sentence must hold one and speak of the same thing, or say that it wasn't found.
    """
    if question.schemes:
        return _is_named(item, question)
    if Intent.HOW_MUCH not in question.intents or item.is_gap:
        return True
    return form_fit(question, item.sentence) > 0 and bool(item.stems & set(analyse(question.content)))


def select(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Choose the sentences of the reply: the best, and those nearly as good that add something.

    They come from one document, or from the schemes that the question names. Where the question
    states a date that the best sentence bears, the others must bear it too.
    """
    if Intent.DIFFERENCE in question.intents and len(question.schemes) > 1:
        return _side_by_side(question, evidence)
    best = evidence[0]
    dated = date_fit(question, best.hit, best.sentence) > 0
    kept = [best]
    for item in evidence[1:]:
        if len(kept) == MAX_SENTENCES or item.score < NEARLY_AS_GOOD * best.score:
            break
        if item.hit.chunk.document_id != best.hit.chunk.document_id and not _is_named(item, question):
            continue
        if dated and not date_fit(question, item.hit, item.sentence):
            continue
        if not _stays_on(question, best, item):
            continue
        if any(_overlap(item.stems, other.stems) > _SAME for other in kept):
            continue
        kept.append(item)
    return kept


def _side_by_side(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """For a comparison: what each scheme is, then what tells them apart."""
    kept: list[Evidence] = []
    for title in ("Objet", "À ne pas confondre"):
        for scheme in question.schemes[:2]:
            own = (e for e in evidence if e.hit.chunk.scheme_id == scheme and e.sentence.section == title)
            kept += [item for item in [next(own, None)] if item is not None]
    return kept or list(evidence[:1])


def _stays_on(question: Question, best: Evidence, item: Evidence) -> bool:
    """Whether a further sentence gives more of what is asked, when the best one is of a section asked for."""
    if best.sentence.section not in question.sections:
        return True
    has_form = form_fit(question, item.sentence) > 0 or Intent.HOW_MUCH not in question.intents
    return has_form and item.sentence.section in question.sections


def _is_named(item: Evidence, question: Question) -> bool:
    return item.hit.chunk.scheme_id in question.schemes


def cite(number: int, item: Evidence, catalogue: Catalogue) -> Citation:
    """Make the citation of one sentence: its exact text, its section and its dated sources."""
    chunk = item.hit.chunk
    scheme_id = chunk.scheme_id if chunk.scheme_id in catalogue else None
    return Citation(
        n=number,
        scheme_id=scheme_id,
        scheme_name=catalogue.scheme(scheme_id).name if scheme_id else None,
        document_id=chunk.document_id,
        section=item.sentence.section or chunk.title,
        quote=item.sentence.text,
        sources=tuple(_cited_source(source) for source in chunk.sources if source.n in item.sentence.sources),
    )


def _cited_source(source: Source) -> CitedSource:
    return CitedSource(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        published=source.published,
        updated=source.updated,
        date_note=source.date_note,
    )


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(1, min(len(left), len(right)))


def _caution(
    kept: Sequence[Evidence],
    citations: Sequence[Citation],
    catalogue: Catalogue,
    today_year: int,
) -> str | None:
    """Say that the rule of the first sentence is old, or its scheme closed."""
    scheme_id = citations[0].scheme_id
    if scheme_id is None:
        return None
    scheme = catalogue.scheme(scheme_id)
    numbers = f"[{citations[0].n}]"
    if scheme.status.state is State.CLOSED:
        return messages.closed_caution(scheme.label, numbers)
    years = [source.year for source in kept[0].hit.chunk.sources if _backs(source, kept[0])]
    dated = [year for year in years if year is not None]
    states_a_rule = kept[0].sentence.section in _RULE_SECTIONS
    if scheme.status.state is State.OPEN or not states_a_rule or not dated or max(dated) >= today_year:
        return None
    return messages.age_caution(scheme.label, max(dated), numbers)


def _backs(source: Source, item: Evidence) -> bool:
    return source.n in item.sentence.sources


def _not_published(
    question: Question, gaps: Sequence[Evidence], evidence: Sequence[Evidence], catalogue: Catalogue
) -> Reply:
    """The sources are known not to say it: quote that finding, what they do say, and whom to ask."""
    document = gaps[0].hit.chunk.document_id
    known = [
        item
        for item in evidence
        if item.hit.chunk.document_id == document
        and not item.is_gap
        and item.sentence.section in question.sections
    ][:_RELATED]
    items = [*gaps, *known]
    citations = tuple(cite(number, item, catalogue) for number, item in enumerate(items, 1))
    label = gaps[0].hit.chunk.title
    if citations[0].scheme_id:
        label = catalogue.scheme(citations[0].scheme_id).label
    quoted = [f"{item.sentence.text} [{number}]" for number, item in enumerate(items, 1)]
    lines = [messages.not_published(label), *quoted[: len(gaps)]]
    if known:
        lines += [messages.WHAT_IS_KNOWN, *quoted[len(gaps) :]]
    lines.append(messages.WHOM_TO_ASK)
    schemes = tuple(dict.fromkeys(c.scheme_id for c in citations if c.scheme_id))
    return Reply(status="unanswerable", answer="\n".join(lines), citations=citations, schemes=schemes)


def _abstain(
    question: Question, hits: Sequence[RetrievedChunk], support: Support, catalogue: Catalogue
) -> Reply:
    lines = [messages.NOT_FOUND]
    near = list(question.schemes)
    is_near = support.coverage >= MIN_COVERAGE_NEAR and support.similarity >= MIN_SIMILARITY_NEAR
    if not near and hits and is_near and hits[0].chunk.scheme_id:
        near = [hits[0].chunk.scheme_id]
    if near:
        lines.append(messages.nearest([catalogue.scheme(name).label for name in near[:2]]))
    else:
        lines.append(messages.COVERAGE)
    lines.append(messages.WHOM_TO_ASK)
    return Reply(status="unanswerable", answer="\n".join(lines), schemes=tuple(near[:2]))


def _follow_ups(kept: Sequence[Evidence], catalogue: Catalogue) -> tuple[str, ...]:
    scheme_id = kept[0].hit.chunk.scheme_id
    if scheme_id is None or scheme_id not in catalogue:
        return ()
    fiche = catalogue.fiche(scheme_id)
    shown = {item.sentence.section for item in kept}
    questions = (
        messages.section_question(section.title, fiche.scheme.label)
        for section in fiche.sections
        if section.title not in shown
    )
    return tuple([question for question in questions if question][:3])
