"""Compose the extractive reply: which sentences answer, with which citations, or that none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.evidence import Evidence, coverage
from assistant.reply import Citation, CitedSource, Reply
from assistant.retrieve import RetrievedChunk
from assistant.understand import Intent, Question
from assistant.verify import unsupported
from corpus.catalogue import Catalogue
from corpus.labels import State
from corpus.source import Source

MAX_SENTENCES = 4
_KEEP = 0.72
_SAME = 0.6
_TOP_PASSAGES = 3

# Support below which no answer is given: the share of the question's weighted words that the best
# passages hold, and the similarity of the nearest one. A named scheme is support in itself.
MIN_COVERAGE = 0.55
MIN_SIMILARITY = 0.25
MIN_COVERAGE_NAMED = 0.30

_RULES = frozenset({Intent.HOW_MUCH, Intent.WHO, Intent.WHEN, Intent.HOW, Intent.COVERED, Intent.EXCLUDED})


@dataclass(frozen=True, slots=True)
class Support:
    """How well the passages support an answer: the features of the decision to abstain."""

    coverage: float
    similarity: float
    named: bool

    @property
    def is_enough(self) -> bool:
        """Whether to answer at all."""
        if self.named:
            return self.coverage >= MIN_COVERAGE_NAMED
        return self.coverage >= MIN_COVERAGE and self.similarity >= MIN_SIMILARITY


def measure_support(
    question: Question, hits: Sequence[RetrievedChunk], weights: Mapping[str, float]
) -> Support:
    """Measure the support that the best passages of one document give to a question."""
    if not hits:
        return Support(0.0, 0.0, named=False)
    document = hits[0].chunk.document_id
    best = [hit for hit in hits if hit.chunk.document_id == document][:_TOP_PASSAGES]
    texts = [hit.chunk.searched_text for hit in best]
    similarity = max((hit.similarity or 0.0) for hit in best)
    return Support(coverage(weights, texts), similarity, named=bool(question.schemes))


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
    if not support.is_enough or not evidence:
        return _abstain(question, hits, support, catalogue)
    kept = select(question, evidence)
    if kept[0].is_gap:
        return _not_published(kept, catalogue)
    kept = [item for item in kept if not item.is_gap or Intent.WHEN in question.intents]
    citations = [cite(number, item, catalogue) for number, item in enumerate(kept, 1)]
    lines = [f"{item.sentence.text} [{number}]" for number, item in enumerate(kept, 1)]
    caution = _caution(question, kept, citations, catalogue, today_year)
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


def select(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Choose the sentences of the reply: the best, and those nearly as good that add something.

    Sentences of other documents than the best one's are kept only for a named scheme.
    """
    best = evidence[0]
    kept = [best]
    for item in evidence[1:]:
        if len(kept) == MAX_SENTENCES or item.score < _KEEP * best.score:
            break
        chunk = item.hit.chunk
        is_elsewhere = chunk.document_id != best.hit.chunk.document_id
        if is_elsewhere and chunk.scheme_id not in question.schemes:
            continue
        if any(_overlap(item.stems, other.stems) > _SAME for other in kept):
            continue
        kept.append(item)
    return kept


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
    question: Question,
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
    asks_a_rule = bool(question.intents & _RULES) or not question.intents
    if scheme.status.state is State.OPEN or not asks_a_rule or not dated or max(dated) >= today_year:
        return None
    return messages.age_caution(scheme.label, max(dated), numbers)


def _backs(source: Source, item: Evidence) -> bool:
    return source.n in item.sentence.sources


def _not_published(kept: Sequence[Evidence], catalogue: Catalogue) -> Reply:
    """The sources are known not to say it: quote the fiche's own finding, and say whom to ask."""
    gaps = [item for item in kept if item.is_gap][:2]
    citations = tuple(cite(number, item, catalogue) for number, item in enumerate(gaps, 1))
    label = gaps[0].hit.chunk.title
    if citations[0].scheme_id:
        label = catalogue.scheme(citations[0].scheme_id).label
    lines = [messages.not_published(label)]
    lines += [f"{item.sentence.text} [{number}]" for number, item in enumerate(gaps, 1)]
    lines.append(messages.WHOM_TO_ASK)
    schemes = tuple(dict.fromkeys(c.scheme_id for c in citations if c.scheme_id))
    return Reply(status="unanswerable", answer="\n".join(lines), citations=citations, schemes=schemes)


def _abstain(
    question: Question, hits: Sequence[RetrievedChunk], support: Support, catalogue: Catalogue
) -> Reply:
    lines = [messages.NOT_FOUND]
    near = list(question.schemes)
    if not near and hits and support.coverage >= MIN_COVERAGE_NAMED and hits[0].chunk.scheme_id:
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
