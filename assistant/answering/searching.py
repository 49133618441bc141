"""The steps of a turn that search: which passages, about which schemes, and what each sentence is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.choosing.elsewhere import departments_named, without_elsewhere, without_unknowns_elsewhere
from assistant.choosing.evidence import Evidence, weigh
from assistant.choosing.passages import WEIGHED, rank_passages
from assistant.choosing.rows import without_other_sizes
from assistant.reading.applicant import Applicant
from assistant.reading.asked_parts import asked_parts
from assistant.reading.intents import Intent
from assistant.reading.place_reader import PlaceReader
from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from assistant.search.led_subject import led
from assistant.search.subject import Subject
from corpus.french.folding import words
from ingest.lexical import analyse

# How many passages beside those of the subjects are offered to what chooses among all.
_OTHERS = 8


def find_subject(knowledge: Knowledge, turn: Turn) -> Turn:
    """Search the passages; settle what the question is about, and how well they support an answer.

    What it's about is told without the names of its places; the answer is searched for with them.
    """
    question, places = turn.understood, knowledge.places
    subject = knowledge.subjects.find(
        without_places(question, places),
        [places.without(message) for message in turn.messages],
        is_chosen=turn.request.scheme is not None,
        only_scheme=turn.request.scheme if turn.is_search else None,
        named=question,
    )
    subject = _as_read(subject, turn)
    stems = list(dict.fromkeys(analyse(question.search_text)))
    return turn.found(subject, knowledge.retriever.word_weights(stems), knowledge.weights.support)


def _as_read(subject: Subject, turn: Turn) -> Subject:
    """The subject, led by the reading of the turn; what was chosen, or the message names by itself, stays."""
    is_named = bool(subject.question.schemes) and not subject.question.carried
    if turn.reading is None or turn.is_search or turn.request.scheme is not None or is_named:
        return subject
    return led(subject, turn.reading.subjects)


def without_places(question: Question, places: PlaceReader) -> Question:
    """A question without the names of its places; one that they're the subject of stays as it is."""
    if Intent.EXAMPLES in question.intents:
        return question  # "Croix a reçu quoi ?"
    text, search_text = places.masked(question.text), places.masked(question.search_text)
    return replace(question, text=text, search_text=search_text) if words(search_text) else question


def weigh_sentences(knowledge: Knowledge, turn: Turn) -> Turn:
    """Weigh every sentence of the passages as an answer: of those about the subjects, of all for a search."""
    question, subject = turn.understood, turn.about
    hits, schemes = subject.hits, question.subjects
    if turn.is_search:
        hits = subject.found[:WEIGHED]
        schemes = tuple(dict.fromkeys(hit.chunk.scheme_id for hit in hits if hit.chunk.scheme_id is not None))
    near = knowledge.asked.by_sentence(question.search_text, schemes)
    words_told, by = turn.weights or {}, knowledge.weights.sentences
    found = weigh(
        question, hits, words_told, knowledge.embedder, near, knowledge.amounts, by, knowledge.headings
    )
    parts = () if turn.is_search else asked_parts(question)
    who = None if turn.is_search else applicant_of(knowledge, turn)
    own = _departments(knowledge, turn, who) if who else frozenset()
    population = who.facts.own_inhabitants if who else None
    said = " ".join(turn.users)

    def told(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
        if turn.is_search:
            return tuple(items)
        places, elsewhere = knowledge.place_names, knowledge.gazetteer.elsewhere
        near = without_unknowns_elsewhere(without_other_sizes(items, population), said, places)
        return tuple(without_elsewhere(near, own, knowledge.catalogue, places, elsewhere))

    return replace(
        turn,
        evidence=told(found),
        parts=tuple(told(_weighed_alone(knowledge, part, hits, schemes)) for part in parts),
    )


def _departments(knowledge: Knowledge, turn: Turn, who: Applicant) -> frozenset[str]:
    """The Départements that the question is about: named, or those of who asks; maybe none."""
    communes = who.communes or ((who.facts.commune,) if who.facts.commune else ())
    told = {commune.department for commune in communes}
    told |= {who.facts.department} if who.facts.department else set()
    return frozenset(told) and frozenset(told) | departments_named(
        turn.understood.text, knowledge.place_names
    )


def weigh_others(knowledge: Knowledge, turn: Turn) -> list[Evidence]:
    """Weigh the sentences of the passages found that aren't about the subjects, best first."""
    question, subject = turn.understood, turn.about
    own = {hit.chunk.id for hit in subject.hits}
    hits = [hit for hit in subject.found if hit.chunk.id not in own][:_OTHERS]
    schemes = tuple(dict.fromkeys(hit.chunk.scheme_id for hit in hits if hit.chunk.scheme_id is not None))
    return _weighed_alone(knowledge, question, hits, schemes)


def _weighed_alone(
    knowledge: Knowledge, part: Question, hits: Sequence[RetrievedChunk], schemes: tuple[str, ...]
) -> list[Evidence]:
    """The sentences of passages as answers to a question, or to one of the things that a message asks."""
    told = knowledge.retriever.word_weights(list(dict.fromkeys(analyse(part.text))))
    near = knowledge.asked.by_sentence(part.search_text, schemes)
    by = knowledge.weights.sentences
    return weigh(part, hits, told, knowledge.embedder, near, knowledge.amounts, by, knowledge.headings)


def weigh_of(knowledge: Knowledge, turn: Turn, names: Sequence[str]) -> list[Evidence]:
    """Weigh the sentences of some aids that the question may be about, best first."""
    question = replace(turn.understood, subjects=tuple(names))
    if set(names) == set(turn.understood.subjects):
        return list(turn.evidence)
    found = knowledge.subjects.passages(replace(question, schemes=question.subjects))
    hits = [hit for hit in found if hit.chunk.subject_id in names]
    return _weighed_alone(knowledge, question, hits, question.subjects)


def rank_found(knowledge: Knowledge, turn: Turn) -> Turn:
    """Order the passages as an answer would use them."""
    subject = turn.about
    ranked = rank_passages(subject.found, subject.ranked, turn.understood.subjects, turn.evidence)
    return replace(turn, ranked=tuple(ranked))
