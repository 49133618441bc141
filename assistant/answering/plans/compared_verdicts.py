"""Say which of several schemes whoever asks may have, as far as the computed verdicts tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.answering.verdict_reply import VerdictText
from assistant.answering.verdict_step import asked_back, cited_question
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.next_question import Ask
from assistant.lines import Line, LineKind
from assistant.reading.applicant import Applicant
from assistant.reading.french.negation import denies
from assistant.reading.intents import Intent
from assistant.reading.names import SchemeNames
from assistant.reply import Eligibility, Message, Reply
from corpus.french.folding import fold

# What is told of a verdict beside others: itself and what decides it.
_CLAUSES = re.compile(r"[^.?!:;]+[.?!:;]*")
_OF_LABELS = ("label:", "laureate:")
_BRIEF: frozenset[LineKind] = frozenset({"verdict", "reason"})


@dataclass(frozen=True, slots=True)
class ComparedVerdicts:
    """The verdicts on the schemes compared.

    Attributes:
        schemes: the schemes that a verdict is due on.
        lines: what is said of them.
        shapes: the verdicts as they leave the program.
        refused: the schemes that whoever asks may not have.
        back: what is asked back, at the end.
        ask: the same as a question; None where nothing is.
    """

    schemes: tuple[str, ...]
    lines: tuple[Line, ...]
    shapes: tuple[Eligibility, ...]
    refused: frozenset[str]
    back: tuple[Line, ...] = ()
    ask: Ask | None = None


def judged(knowledge: Knowledge, turn: Turn, applicant: Applicant, book: CitationBook) -> ComparedVerdicts:
    """Work out the verdicts that a comparison calls for; those that leave a scheme open are told first.

    Where none is decided they are told, with a question back, to who asks for them alone.
    """
    question = turn.understood
    step = knowledge.verdicts
    known = tuple(name for name in question.subjects if name in knowledge.catalogue)
    base = Reply(status="answered", lines=(), schemes=known)
    if not step.schemes_for(question, applicant, base):
        return ComparedVerdicts((), (), (), frozenset())
    schemes = tuple(name for name in known if knowledge.catalogue.scheme(name).criteria)
    each = step.facts_of_each(applicant)
    best = {item.hit.chunk.subject_id: item.sentence.text for item in reversed(turn.evidence)}
    verdicts = [
        step.verdict(name, facts, book, against=denies(fold(best.get(name, ""))))
        for facts in each
        for name in schemes
    ]
    decided = any(item.shape.verdict != "undetermined" for item in verdicts)
    is_ours = any(facts.commune or facts.population for facts in each)
    told = verdicts if decided or is_ours or Intent.ELIGIBLE in question.intents else []
    lines = [part for item in sorted(told, key=_is_refusal) for part in _brief(item)]
    by_scheme = {name: [item for item in verdicts if item.shape.scheme_id == name] for name in schemes}
    refused = frozenset(name for name, own in by_scheme.items() if own and all(map(_is_refusal, own)))
    shapes = tuple(item.shape for item in verdicts)
    asks = Intent.ELIGIBLE in question.intents and not decided
    ask = asked_back(verdicts, question, applicant, several=False) if asks else None
    if ask is None:
        return ComparedVerdicts(schemes, tuple(lines), shapes, refused)
    case = next(item.case for item in verdicts if item.ask is ask)
    back = cited_question(ask, knowledge.catalogue.fiche(case.scheme.id), case, book)
    return ComparedVerdicts(schemes, tuple(lines), shapes, refused, tuple(back), ask)


def beside_names(
    knowledge: Knowledge, turn: Turn, applicant: Applicant, compared: Sequence[str]
) -> Applicant:
    """Who asks, without what the names of the schemes compared may have told: "protégé ou non protégé".

    The claims are those that the rest of the messages makes, with the labels but for one compared.
    """
    texts = [_without_clauses(message, knowledge.names, compared) for message in turn.messages]
    claims = applicant_of(knowledge, replace(turn, messages=tuple(texts)), compared).facts.claims
    is_label = bool(applicant.labels_named & set(compared))
    kept = {
        key: value
        for key, value in applicant.facts.claims.items()
        if ":" in key and not (is_label and key.startswith(_OF_LABELS))
    }
    kept |= {key: value for key, value in claims.items() if ":" not in key}
    return replace(applicant, facts=replace(applicant.facts, claims=MappingProxyType(kept)))


def _without_clauses(message: Message, names: SchemeNames, compared: Sequence[str]) -> Message:
    """A message without its clauses that name a scheme compared, where it's the person's."""
    if message.role != "user":
        return message
    kept = [part for part in _CLAUSES.findall(message.content) if not set(names.find(part)) & set(compared)]
    return message.model_copy(update={"content": "".join(kept) or "?"})


def _is_refusal(item: VerdictText) -> bool:
    return item.shape.verdict == "not_eligible"


def _brief(item: VerdictText) -> list[Line]:
    """A verdict with what decides it; an open one alone."""
    decided = item.shape.verdict != "undetermined"
    return [told for told in item.lines if told.kind == "verdict" or (decided and told.kind in _BRIEF)]
