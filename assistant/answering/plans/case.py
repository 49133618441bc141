"""What a question about aids taken together is made of: the aids, who asks for each, the cost, the limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.all_aids import RULES, Budget, Limit, national_limit
from assistant.answering.knowledge import Knowledge
from assistant.answering.plans.combined import Combined, have_one_owner, pays
from assistant.answering.plans.financing import Row
from assistant.answering.plans.owners import Owned, owned
from assistant.answering.plans.together import Told, shared_limit, told_of
from assistant.answering.told_sums import Asked, sums
from assistant.answering.turn import Turn
from assistant.choosing.evidence import Evidence, weigh
from assistant.eligibility.citations import CitationBook
from assistant.reading.applicant import Applicant
from assistant.reading.intents import Intent
from assistant.reading.understand import Question


@dataclass(frozen=True, slots=True)
class Case:
    """What a combination is made of.

    Attributes:
        question: the question.
        chosen: the aids taken together.
        told: what each fiche says of it.
        aids: each aid with who asks for it, and the verdict.
        evidence: the sentences of these fiches weighed as answers, best first.
        cost: what the project costs; None where it isn't told.
        limit: what all public aids may reach together; None where no source says.
        rows: the aids that may pay, each with its estimates.
    """

    question: Question
    chosen: Combined
    told: tuple[Told, ...]
    aids: tuple[Owned, ...]
    evidence: tuple[Evidence, ...]
    cost: Budget | None
    limit: Limit | None
    rows: tuple[Row, ...]

    @property
    def plans(self) -> bool:
        """Whether a table of amounts is due: a cost is told, and several aids or how much is asked."""
        asks = Intent.HOW_MUCH in self.question.intents or self.question.aspect == "amount"
        return self.cost is not None and bool(self.rows) and bool(len(self.aids) > 1 or asks)

    @property
    def has_one_owner(self) -> bool:
        """Whether one and the same applicant may ask for all the aids."""
        return have_one_owner([item.fiche.scheme for item in self.told])


def make_case(
    knowledge: Knowledge,
    turn: Turn,
    chosen: Combined,
    applicant: Applicant,
    cost: Budget | None,
    book: CitationBook,
) -> Case:
    """Gather what a question about aids taken together is made of.

    Args:
        knowledge: what every turn draws on.
        turn: the turn, its subject found.
        chosen: the aids taken together.
        applicant: what is known of who asks.
        cost: what the project costs; None where it isn't told.
        book: issues the numbers of the citations.
    """
    question, catalogue = turn.understood, knowledge.catalogue
    fiches = [catalogue.fiche(name) for name in chosen.schemes]
    told = tuple(told_of(fiche, set(chosen.schemes) - {fiche.scheme.id}, knowledge.names) for fiche in fiches)
    apart = not have_one_owner([fiche.scheme for fiche in fiches])
    aids = [
        owned(
            fiche,
            applicant.facts,
            knowledge.territory,
            knowledge.today(),
            book,
            has_other_owner=apart and chosen.are_told,
            is_told=chosen.are_told,
        )
        for fiche in fiches
    ]
    if not chosen.are_told:
        aids = [aid for aid in aids if not aid.is_refused]
        kept = {aid.fiche.scheme.id for aid in aids}
        told = tuple(item for item in told if item.fiche.scheme.id in kept)
    rows = tuple(
        _row(aid, knowledge, applicant.own_words or (question.text,), book)
        for aid in aids
        if not aid.is_refused and pays(aid.fiche.scheme)
    )
    return Case(
        question,
        chosen,
        told,
        tuple(aids),
        _weighed(knowledge, turn, chosen.schemes),
        cost,
        None if apart else _limit(knowledge, told, aids),
        rows,
    )


def _weighed(knowledge: Knowledge, turn: Turn, schemes: Sequence[str]) -> tuple[Evidence, ...]:
    """The sentences of these fiches and of the national rules, weighed as answers."""
    names = (*schemes, RULES)
    question = replace(turn.understood, schemes=tuple(schemes), subjects=names)
    hits = [hit for hit in knowledge.subjects.passages(question) if hit.chunk.subject_id in names]
    near = knowledge.asked.by_sentence(question.search_text, names)
    told, by = turn.weights or {}, knowledge.weights.sentences
    return tuple(weigh(question, hits, told, knowledge.embedder, near, knowledge.amounts, by))


def _limit(knowledge: Knowledge, told: Sequence[Told], aids: Sequence[Owned]) -> Limit | None:
    """What all public aids may reach: by the national rules for a local authority, else by the aids' own."""
    if (not aids or any(aid.is_public for aid in aids)) and RULES in knowledge.catalogue:
        return national_limit(knowledge.catalogue)
    for item in told:
        if (found := shared_limit(item)) is not None:
            return Limit(found[0], item.fiche, found[1])
    return None


def _row(aid: Owned, knowledge: Knowledge, words: tuple[str, ...], book: CitationBook) -> Row:
    asked = Asked(aid.fiche, aid.facts, knowledge.territory, knowledge.today(), words)
    found = sums(asked, book)
    return Row(aid, found.told, found.notes)
