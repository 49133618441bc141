"""Every way not to answer: out of scope, not found, not published, or a question back to know which."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.cite import cite
from assistant.choosing.evidence import Evidence
from assistant.choosing.support import Confidence
from assistant.eligibility import words as say
from assistant.eligibility.citations import CitationBook
from assistant.lines import Line, line, quoted
from assistant.messages import asides, next_steps, places, questions, searches
from assistant.reading.asked_kinds import figures_untold
from assistant.reading.intents import Intent
from assistant.reading.scope import OutOfScope
from assistant.reading.understand import Question
from assistant.reply import Asked, Reply
from assistant.search.hits import RetrievedChunk
from corpus.communes.commune import Commune
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import WAY

# How many sentences show what the sources do say, beside what they don't.
_RELATED = 2
# Whoever looks for any aid is told whom to turn to, where a fiche says so.
# From what coverage and what similarity on the likeliest scheme is said to be the nearest subject.
MIN_COVERAGE_NEAR, MIN_SIMILARITY_NEAR = 0.45, 0.10


def out_of_scope_reply(reason: OutOfScope) -> Reply:
    """Say that a question is out of scope, and what can be asked."""
    lines = (line("note", asides.OUT_OF_SCOPE[reason.value]), line("note", searches.COVERAGE))
    return Reply(status="out_of_scope", lines=lines, follow_ups=asides.STARTERS)


def which_scheme(labels: Sequence[str], schemes: Sequence[str]) -> Reply:
    """Ask which of a few schemes is meant, when none is likely enough to be answered for."""
    choices = (*labels, questions.NONE_OF_THESE)
    return Reply(
        status="clarification",
        lines=(line("question", questions.WHICH_SCHEME), *(line("item", label) for label in labels)),
        schemes=tuple(schemes),
        asked=Asked(about="scheme", choices=choices),
        choices=choices,
    )


def which_need(communes: Sequence[Commune], territory: Territory) -> Reply:
    """Ask what the person needs help for: their message names no scheme and no need.

    Args:
        communes: those that the message names, said back with their population.
        territory: gives the sources of the populations.
    """
    book = CitationBook(territory)
    noted = [
        line(
            "note",
            places.commune_noted(place.label, say.number(place.population)),
            [book.population(place)],
        )
        for place in communes
    ]
    return Reply(
        status="clarification",
        lines=(*noted, line("question", questions.WHICH_NEED)),
        citations=book.citations,
        asked=Asked(about="need", choices=questions.NEEDS),
        choices=questions.NEEDS,
    )


def not_found(
    question: Question, hits: Sequence[RetrievedChunk], support: Confidence, catalogue: Catalogue
) -> Reply:
    """Say that no answer was found, what the nearest subject is, and whom to ask."""
    if support.is_foreign:
        return out_of_scope_reply(OutOfScope.OTHER)
    near = list(question.schemes)
    is_near = support.coverage >= MIN_COVERAGE_NEAR and support.similarity >= MIN_SIMILARITY_NEAR
    if not near and hits and is_near and hits[0].chunk.scheme_id:
        near = [hits[0].chunk.scheme_id]
    near = [name for name in near if catalogue.scheme(name).is_aid]  # how to apply is no subject to offer
    labels = [catalogue.scheme(name).label for name in near[:2]]
    beside = searches.nearest(labels) if labels else searches.COVERAGE
    return Reply(
        status="unanswerable",
        lines=(
            line("unknown", searches.NOT_FOUND),
            line("note", beside),
            _whom_to_ask(catalogue, near[0] if near else None),
        ),
        schemes=tuple(near[:2]),
    )


def nothing_left(reply: Reply, dropped: int) -> Reply:
    """Say that no answer was found, and whom to ask: a reply is left without a line that sources support.

    Args:
        reply: the reply as composed.
        dropped: how many of its lines nothing supports.
    """
    return Reply(
        status="unanswerable",
        lines=(line("unknown", searches.NOT_FOUND), line("advice", next_steps.WHOM_TO_ASK)),
        schemes=reply.schemes,
        dropped=dropped,
    )


def figures_not_given(question: Question, usable: Sequence[Evidence]) -> tuple[str, ...]:
    """Name the figures asked for, when the fiche of the one subject gives none of them; else empty."""
    own = [item.sentence.text for item in usable if not item.is_gap]
    return figures_untold(question.text, own) if own and len(question.subjects) == 1 else ()


def not_published(
    question: Question,
    gaps: Sequence[Evidence],
    evidence: Sequence[Evidence],
    catalogue: Catalogue,
    missing: Sequence[str] = (),
) -> Reply:
    """The sources don't say it: quote that finding, or say so; then what they do say, and whom to ask.

    Args:
        question: the question.
        gaps: the sentences that say it isn't known, best first; maybe none.
        evidence: the sentences weighed, best first.
        catalogue: the schemes.
        missing: French names of what the sources don't give, when no sentence says so.
    """
    chunk = (gaps or evidence)[0].hit.chunk
    looks_for_any = Intent.LIST in question.intents and not question.schemes
    known = [
        item
        for item in evidence
        if item.hit.chunk.document_id == chunk.document_id
        and not item.is_gap
        and (item.sentence.section in question.sections or (looks_for_any and item.sentence.section == WAY))
    ][:_RELATED]
    citations = tuple(cite(number, item, catalogue) for number, item in enumerate([*gaps, *known], 1))
    scheme = chunk.scheme_id if chunk.scheme_id in catalogue else None
    label = catalogue.scheme(scheme).label if scheme else chunk.title
    opening = searches.not_given(missing, label) if missing else searches.not_published(label)
    told = [quoted(citation.quote, citation.n) for citation in citations]
    # A sentence that says what isn't known is the answer: nothing is said before it.
    lines = [line("unknown", text) for text in told[: len(gaps)] or (opening,)]
    if known:
        lines.append(line("heading", searches.WHAT_IS_KNOWN))
        lines += [line("statement", text) for text in told[len(gaps) :]]
    return Reply(
        status="unanswerable",
        lines=(*lines, _whom_to_ask(catalogue, scheme)),
        citations=citations,
        schemes=(scheme,) if scheme else (),
    )


def _whom_to_ask(catalogue: Catalogue, scheme: str | None) -> Line:
    """Whom to ask of a scheme, by who pays; of none in particular, the Region or the State."""
    if scheme is None or scheme not in catalogue:
        return line("advice", next_steps.WHOM_TO_ASK)
    found = catalogue.scheme(scheme)
    return line("advice", next_steps.next_step(found.funder, found.desk))
