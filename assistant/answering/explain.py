"""Tell how a turn came to its reply: what was read, found, decided; a pure function of the turn."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from assistant.answering.turn import Turn
from assistant.choosing.gaps import FITTED, find_gap
from assistant.eligibility.facts import Facts, Range
from assistant.trace import (
    DecisionTrace,
    DroppedTrace,
    PassageTrace,
    ReadTrace,
    SchemeTrace,
    SentenceTrace,
    Trace,
)

# How many of each are told, best first.
MOST_SCHEMES, MOST_PASSAGES, MOST_SENTENCES = 8, 10, 15
_DIGITS = 4


def trace_of(turn: Turn, today_year: int, gap_weights: Mapping[str, float] = FITTED) -> Trace:
    """The trace of a turn that is over.

    Args:
        turn: the turn, with its reply.
        today_year: this year, as the reply was composed with it.
        gap_weights: likewise, what the measures of what isn't known weigh.
    """
    return Trace(
        read=_read(turn),
        schemes=_schemes(turn),
        passages=_passages(turn),
        sentences=_sentences(turn),
        decisions=_decisions(turn, today_year, gap_weights),
        dropped=tuple(DroppedTrace(text=line.text, lacking=lacking) for line, lacking in turn.dropped),
    )


def _read(turn: Turn) -> ReadTrace:
    question = turn.understood
    facts = turn.applicant.facts if turn.applicant else Facts()
    return ReadTrace(
        text=turn.messages[-1].content,
        searched=question.search_text,
        intents=tuple(sorted(question.intents)),
        named=question.schemes,
        carried=question.carried,
        by=turn.reading.by if turn.reading else "trained",
        answers_us=question.answers_us,
        commune=facts.commune.insee if facts.commune else turn.request.commune,
        facts=_told(facts),
    )


def _told(facts: Facts) -> dict[str, str]:
    """The facts by key, each as a short text."""
    ranges: Mapping[str, Range | None] = {
        "population": facts.population,
        "epci_population": facts.epci_population,
        "cost": facts.cost,
    }
    told = {name: _between(value) for name, value in ranges.items() if value is not None}
    if facts.beneficiary is not None:
        told["beneficiary"] = facts.beneficiary.value
    if facts.department is not None:
        told["department"] = facts.department
    if facts.project:
        told["project"] = ", ".join(sorted(topic.value for topic in facts.project))
    return told | {key: "true" if value else "false" for key, value in sorted(facts.claims.items())}


def _between(value: Range) -> str:
    if value.low == value.high:
        return f"{value.low:g}"
    return f"{value.low:g}..{'' if value.high == inf else format(value.high, 'g')}"


def _schemes(turn: Turn) -> tuple[SchemeTrace, ...]:
    if turn.subject is None:
        return ()
    subjects = turn.understood.subjects
    likely = {item.scheme_id: item.likelihood for item in turn.subject.ranked}
    shown = dict.fromkeys((*subjects, *list(likely)[:MOST_SCHEMES]))
    return tuple(
        SchemeTrace(
            scheme_id=name,
            likelihood=round(likely.get(name, 0.0), _DIGITS),
            is_subject=name in subjects,
        )
        for name in shown
    )


def _passages(turn: Turn) -> tuple[PassageTrace, ...]:
    found = turn.subject.found[:MOST_PASSAGES] if turn.subject else ()
    return tuple(
        PassageTrace(
            document_id=hit.chunk.document_id,
            section=" / ".join(title for title in hit.chunk.sections if title),
            score=round(hit.score, _DIGITS),
            similarity=None if hit.similarity is None else round(hit.similarity, _DIGITS),
            reasons={name: round(part, _DIGITS) for name, part in hit.reasons.items()},
        )
        for hit in found
    )


def _sentences(turn: Turn) -> tuple[SentenceTrace, ...]:
    told = {citation.quote for citation in turn.reply.citations} if turn.reply else set()
    return tuple(
        SentenceTrace(
            document_id=item.hit.chunk.document_id,
            section=item.sentence.section,
            text=item.sentence.text,
            score=round(item.score, _DIGITS),
            logit=round(item.logit, _DIGITS),
            is_told=item.sentence.text in told,
        )
        for item in turn.evidence[:MOST_SENTENCES]
    )


def _decisions(turn: Turn, today_year: int, gap_weights: Mapping[str, float]) -> tuple[DecisionTrace, ...]:
    """Whether to answer, by the threshold that settled it; whether it's known not to be published."""
    if turn.measured is None:
        return ()
    settled = turn.measured.deciding()
    decisions = [
        DecisionTrace(
            decision="answer",
            measure=settled.measure,
            value=round(settled.value, _DIGITS),
            threshold=settled.least,
            passed=settled.passed,
        )
    ]
    gap = find_gap(turn.understood, turn.evidence, today_year, gap_weights) if turn.evidence else None
    if settled.passed and gap is not None:
        decisions.append(
            DecisionTrace(
                decision="not_published",
                measure="likelihood",
                value=round(gap.likelihood, _DIGITS),
                threshold=gap.least,
                passed=gap.is_answer,
            )
        )
    return tuple(decisions)
