"""Compose the extractive reply: which sentences answer, with which citations, or that none does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.evidence import Evidence, coverage, date_fit, form_fit, stated_dates
from assistant.reply import Citation, CitedSource, Reply
from assistant.retrieve import RetrievedChunk
from assistant.understand import INTENT_SECTIONS, Intent, Question, find_intents
from assistant.verify import unsupported
from corpus.catalogue import Catalogue
from corpus.folding import fold
from corpus.labels import State
from corpus.source import Source
from ingest.lexical import analyse

MAX_SENTENCES = 4
_KEEP = 0.72
_SAME = 0.6
_TOP_PASSAGES = 3

# Support below which no answer is given. Coverage is the share of the question's weighted words that
# the best passages hold, similarity that of the nearest passage. A named scheme is support in itself.
SIMILARITY_WEIGHT = 0.8
MIN_SUPPORT = 0.80
MIN_COVERAGE = 0.45
MIN_COVERAGE_NAMED = 0.25
MIN_COVERAGE_CARRIED = 0.60

_PRECISE = frozenset({Intent.HOW_MUCH, Intent.WHEN, Intent.HOW, Intent.EXCLUDED, Intent.CUMULATE})
_RULE_SECTIONS = frozenset(
    {"Bénéficiaires", "Dépenses éligibles", "Dépenses exclues", "Montant", "Calendrier", "Démarche", "Cumul"}
)
# A fiche without any of these sections only tells what wasn't found.
_TELLING = frozenset({"Objet", "Bénéficiaires", "Dépenses éligibles", "Montant"})
# One common word ("pain") is thin support, a name ("Isbergues") isn't.
_ONE_COMMON_WORD = 0.5
_PROPER_NAME = re.compile(r"(?<=\s)(?:[dl]['’])?[A-ZÀ-ÖØ-Þ]\w{2,}")
_RATE_WORDS = re.compile(r"\btaux\b|\bpourcentage")
_NOW_WORDS = re.compile(r"\bencore\b|\btoujours\b|\bactuel|\baujourd|\bprochain|\bcette annee|\ben ce moment")
_RELATED = 2
MIN_COVERAGE_NEAR, MIN_SIMILARITY_NEAR = 0.45, 0.10


@dataclass(frozen=True, slots=True)
class Support:
    """How well the passages support an answer: the features of the decision to abstain."""

    coverage: float
    similarity: float
    named: bool
    carried: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether to answer at all."""
        if self.carried:
            return self.coverage >= MIN_COVERAGE_CARRIED
        if self.named:
            return self.coverage >= MIN_COVERAGE_NAMED
        enough = self.coverage + SIMILARITY_WEIGHT * self.similarity >= MIN_SUPPORT
        return enough and self.coverage >= MIN_COVERAGE


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
    if len(weights) == 1 and not question.schemes and not _PROPER_NAME.search(question.text):
        return Support(coverage(weights, texts) * _ONE_COMMON_WORD, similarity, named=False)
    # A follow-up that only says what is asked ("et jusqu’à quand ?") has no words left to cover.
    covered = coverage(weights, texts) if weights or not question.carried else 1.0
    return Support(covered, similarity, named=bool(question.schemes), carried=question.carried)


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


def find_gaps(question: Question, evidence: Sequence[Evidence], today_year: int) -> list[Evidence]:
    """Return what the fiche says isn't known, when that is the answer.

    It is when the best sentence says so, or when the question asks for something precise (an
    amount, a date, a procedure) that no sentence of the right section gives, while one says that
    it wasn't found.
    """
    own = [item for item in evidence if _is_subject(item, question, evidence[0])]
    gaps = [item for item in own if item.is_gap]
    if evidence[0].is_gap and gaps and _is_asked(gaps[0], question):
        return gaps[:1] if len(gaps) == 1 or gaps[1].score < _KEEP * gaps[0].score else gaps[:2]
    if gaps and not any(item.sentence.section in _TELLING for item in own):
        return gaps[:2]
    asked = [item for item in gaps if find_intents(item.sentence.text) & question.intents & _PRECISE]
    given = [
        item
        for item in own
        if any(_gives(intent, question, item, today_year) for intent in question.intents & _PRECISE)
    ]
    # "What does membership cost?": an amount for something else doesn't answer it.
    stems = set(analyse(question.content)) - set(analyse(question.names))
    if given and _most_shared(stems, asked) <= _most_shared(stems, given):
        return []
    return asked[:2]


def _most_shared(stems: set[str], items: Sequence[Evidence]) -> int:
    """Return how many of the stems the sentence that has most of them holds."""
    return max((len(stems & item.stems) for item in items), default=0)


def _is_asked(gap: Evidence, question: Question) -> bool:
    """Whether what isn't known is what is asked: "no amount found" doesn't answer "which aid for a hall"."""
    about = find_intents(gap.sentence.text)
    return not about or bool(about & question.intents)


def _is_subject(item: Evidence, question: Question, best: Evidence) -> bool:
    """Whether a sentence is about the subject: the first scheme named, else the best document."""
    if question.schemes:
        return item.hit.chunk.scheme_id == question.schemes[0]
    return item.hit.chunk.document_id == best.hit.chunk.document_id


def _gives(intent: Intent, question: Question, item: Evidence, today_year: int) -> bool:
    """Whether a sentence gives what a precise intent asks for: the rate, the amount, the year meant."""
    if item.is_gap or item.sentence.section not in INTENT_SECTIONS[intent][:1]:
        return False
    folded = fold(question.text)
    if intent is Intent.HOW_MUCH:
        wants_rate, has_rate = bool(_RATE_WORDS.search(folded)), "%" in item.sentence.text
        return has_rate if wants_rate else form_fit(question, item.sentence) > 0
    if intent is Intent.WHEN:
        asked = stated_dates(question.text) or ({str(today_year)} if _NOW_WORDS.search(folded) else set())
        return not asked or date_fit(question, item.hit, item.sentence, asked) > 0
    return True


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
        if len(kept) == MAX_SENTENCES or item.score < _KEEP * best.score:
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
