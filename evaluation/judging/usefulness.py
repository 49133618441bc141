"""How well an answer serves whoever reads it: what it opens with, keeps to, adds up and ends with.

Read from the lines of a reply and their kinds, never from its text as a whole. Those that answer are of a
kind of ``ANSWERING``: a heading, a note, a caution, a question back answer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.lines import Line, LineKind
from assistant.markers import without_markers
from assistant.reading.acts import Aspect
from assistant.reply import Reply
from corpus.french.folding import words
from evaluation.judging.cited import Cited, cited_of
from evaluation.questions.cases import Case
from evaluation.questions.facts import Fact, dates, states

Pair = tuple[float, float]

ANSWERING: frozenset[LineKind] = frozenset(
    {"statement", "amount", "item", "table_row", "verdict", "reason", "unknown", "advice"}
)
# A line of one of these states something of a scheme: without a source, it bears on nothing.
_STATING: frozenset[LineKind] = frozenset({"statement", "amount", "item", "table_row"})
# Of these, the ones that cite are judged by what they cite.
_CITING: frozenset[LineKind] = _STATING | {"reason", "caution", "condition", "unknown", "advice", "verdict"}
# Where an amount worked out must stand: among the first lines that answer.
OPENING_LINES = 3
# Sections of a fiche that tell what was done, and words of headings of other documents that do.
_HISTORY_SECTIONS = frozenset({"Exemples", "Chiffres clés"})
_HISTORY_WORDS = frozenset({"historique", "histoire", "bilan", "exemple", "exemples"})
_ASKING_HISTORY: frozenset[Aspect | None] = frozenset({"history", "examples", "when", "delay"})
_ADDRESS = re.compile(
    r"""https?://\S
    | \bwww\.\w
    | [\w.+-]{1,64}+@[\w-]{1,63}+\.\w
    | (?<![\w.-])[a-z0-9-]{1,63}+\.(?:[a-z0-9-]{1,63}+\.){0,3}(?:fr|eu|com|org|net)\b
    | (?<!\d)(?:0|\+33[ .\u00a0\u202f]?)[1-9](?:[ .\u00a0\u202f-]?\d{2}){4}(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def usefulness(case: Case, reply: Reply, on: date) -> dict[str, Pair]:
    """Score how well a reply serves; a measure that doesn't apply is absent.

    Args:
        case: what is expected.
        reply: what was given.
        on: the day of the measure: dates before it are past.
    """
    pairs: dict[str, Pair] = {}
    if reply.status != "answered" and reply.status in case.status:
        return pairs  # a right refusal, or a right question back, is no answer to weigh
    answering = [line for line in reply.lines if line.kind in ANSWERING and line.text.strip()]
    if "answered" in case.status and case.first:
        pairs["first_line"] = _one(reply.status == "answered" and _opens_with_a_fact(case, answering))
    if case.next:
        pairs["next_step"] = _one(any(_ADDRESS.search(line.text) for line in reply.lines))
    if case.estimate:
        right = sum(_is_estimated(case, reply, answering, scheme) for scheme in case.estimate)
        pairs["estimate_right"] = (float(right), float(len(case.estimate)))
    if case.plan:
        pairs["plan_right"] = _one(_is_planned(case, reply))
    if case.gold and reply.status == "answered":
        pairs |= _by_line(case, reply, on)
    return pairs


def word_count(reply: Reply) -> int:
    """The number of words that a reply has its reader read, markers and marks of tables left out."""
    return sum(len(words(without_markers(part))) for line in reply.lines for part in line.parts)


def _opens_with_a_fact(case: Case, answering: Sequence[Line]) -> bool:
    """Whether the first line that answers states an expected fact.

    Where the question calls for a verdict, the line of the verdict opens rightly, and the next counts too.
    """
    opening = answering[: 2 if case.verdicts and answering and answering[0].kind == "verdict" else 1]
    return any(_states(line, fact) for line in opening for fact in case.first)


def _is_estimated(case: Case, reply: Reply, answering: Sequence[Line], scheme: str) -> bool:
    """Whether the first lines state what a scheme may pay at most; for 0 €, a verdict against serves too."""
    amount = case.estimate[scheme].amount_max
    due = Fact(kind="amount", values=(amount,))
    refused = any(e.scheme_id == scheme and e.verdict == "not_eligible" for e in reply.eligibility)
    return any(_states(line, due) for line in answering[:OPENING_LINES]) or (not amount and refused)


def _is_planned(case: Case, reply: Reply) -> bool:
    """Whether a reply states both totals of the plan and is about every scheme of it."""
    if case.plan is None:
        return False
    due = [Fact(kind="amount", values=(total,)) for total in (case.plan.public_max, case.plan.own_min)]
    stated = all(any(_states(line, fact) for line in reply.lines) for fact in due)
    return stated and set(case.plan.schemes) <= set(reply.schemes)


def _by_line(case: Case, reply: Reply, on: date) -> dict[str, Pair]:
    """Of the lines that state something, those that bear on the question and those that only tell history."""
    by_number = {citation.n: cited_of(citation) for citation in reply.citations}
    judged = [
        line
        for line in reply.lines
        if line.text.strip() and line.kind in (_CITING if line.citations else _STATING)
    ]
    sources = [
        (line, [source for number in line.citations if (source := by_number.get(number)) is not None])
        for line in judged
    ]
    pairs: dict[str, Pair] = {}
    if sources:
        allowed = (*case.gold, *case.also)
        bearing = sum(any(source.is_among(allowed) for source in own) for _, own in sources)
        pairs["lines_on_point"] = (float(bearing), float(len(sources)))
    stating = [(line, own) for line, own in sources if line.kind in _STATING]
    if stating and case.aspect not in _ASKING_HISTORY:
        old = sum(_only_tells_history(case, line, own, on) for line, own in stating)
        pairs["history_lines"] = (float(old), float(len(stating)))
    return pairs


def _only_tells_history(case: Case, line: Line, cited: Sequence[Cited], on: date) -> bool:
    """Whether a line tells what was and nothing that was asked.

    It states no expected fact and cites no passage that answers, and either all that it cites tells
    history, or it holds dates and all of them are past.
    """
    asked = any(_states(line, fact) for fact in (*case.facts, *case.gold_first))
    if asked or any(source.is_among(case.gold) for source in cited):
        return False
    told = dates(without_markers(line.text))
    today = on.isoformat()
    is_past = bool(told) and all(day < today[: len(day)] for day in told)
    return is_past or (bool(cited) and all(_tells_history(source.section) for source in cited))


def _tells_history(section: str) -> bool:
    return section in _HISTORY_SECTIONS or bool(_HISTORY_WORDS & set(words(section)))


def _states(line: Line, fact: Fact) -> bool:
    return states(without_markers(line.text), fact)


def _one(is_right: bool) -> Pair:
    return (1.0 if is_right else 0.0, 1.0)
