"""Compose the reply that another's choice makes: the same words, markers and cautions as for our own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.abstain import not_found, not_published, out_of_scope_reply
from assistant.answering.compose import written
from assistant.choosing.choice import Choice
from assistant.choosing.evidence import Evidence
from assistant.choosing.support import Confidence
from assistant.reading.scope import OutOfScope
from assistant.reading.understand import Question
from assistant.reply import Reply
from assistant.search.hits import RetrievedChunk
from corpus.fiches.catalogue import Catalogue


def compose_choice(
    choice: Choice,
    question: Question,
    hits: Sequence[RetrievedChunk],
    evidence: Sequence[Evidence],
    support: Confidence,
    catalogue: Catalogue,
    today_year: int,
) -> Reply:
    """Write the reply to a question from a choice.

    Args:
        choice: which statements answer, or why none does.
        question: the question.
        hits: its passages, best first.
        evidence: the sentences weighed, best first: what else is known, where the answer isn't.
        support: how well they support an answer.
        catalogue: the schemes.
        today_year: to say that a rule is old.
    """
    if choice.status == "outside":
        return out_of_scope_reply(OutOfScope.OTHER)
    gaps = [item for item in choice.statements if item.is_gap]
    told = [item for item in choice.statements if not item.is_gap]
    if told:
        about = {item.hit.chunk.subject_id for item in told}
        unnamed = len(about) > 1 and not about <= set(question.schemes)
        return written(question, [*told, *gaps], catalogue, today_year, by_document=unnamed)
    if gaps or (evidence and support.is_enough):
        return not_published(question, gaps, evidence, catalogue)
    return not_found(question, hits, support, catalogue)
