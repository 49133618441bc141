"""What the engine understands of an utterance, told in the words of the labels.

It takes the engine's own steps up to the subject. What the engine can't tell apart stays None, and
counts as wrong: a message about the assistant itself, works that have begun, a need that no word asks for.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.engine import Engine
from assistant.answering.knowledge import Knowledge
from assistant.answering.steps import ANSWER, run
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.choosing.support import Confidence
from assistant.reading.applicant import Applicant
from assistant.reading.asked_kinds import kinds_asked, tells_any
from assistant.reading.intents import Intent, find_intents
from assistant.reply import ChatRequest, Message
from evaluation.questions.acts import Act, Aspect
from evaluation.runs.engine_facts import stated_facts
from evaluation.runs.reads import Reading

# Understanding, what is decided without a search, and the subject: nothing is written.
STEPS = ANSWER[: [step.name for step in ANSWER].index("retrieve") + 1]
# What is asked of a scheme, the narrowest first: "combien de communes" is a count before an amount.
_ASPECTS: tuple[tuple[Intent, Aspect], ...] = (
    (Intent.EXCLUDED, "excluded"),
    (Intent.EXAMPLES, "examples"),
    (Intent.COUNT, "examples"),
    (Intent.CUMULATE, "cumul"),
    (Intent.HOW_MUCH, "amount"),
    (Intent.WHEN, "when"),
    (Intent.COVERED, "covered"),
    (Intent.HOW, "how"),
    (Intent.WHO, "who"),
    (Intent.ELIGIBLE, "who"),
    (Intent.WHAT, "what"),
)
# Answers that only the engine's kinds of questions on a contact and on a beginning call for.
_A_CONTACT, _A_BEGINNING = "Contact : aides@exemple.fr", "Créée et ouverte"
_A_DELAY = "le délai"


class EngineReading:
    """Reads with the engine as it is."""

    name = "l’assistant"

    def __init__(self, engine: Engine) -> None:
        """Read with ``engine``."""
        self._engine = engine

    def read(self, text: str, before: Sequence[str]) -> Reading:
        """Read a message; each one before it is answered first, as it is for a person.

        Raises:
            IngestError: there is no usable index.
        """
        messages: tuple[Message, ...] = ()
        for said in before:
            messages = (*messages, Message(role="user", content=said))
            reply = self._engine.reply(ChatRequest(messages=messages))
            messages = (*messages, Message.of_reply(reply))
        request = ChatRequest(messages=(*messages, Message(role="user", content=text)))
        knowledge = self._engine.knowledge
        turn = run(STEPS, knowledge, Turn(request=request, started=time.perf_counter()))
        # The last message, with the question that it may answer: what it says without those before.
        about = [name for name, _ in _subjects(turn)[:1]]
        said_now = applicant_of(knowledge, replace(turn, messages=turn.messages[-2:]), about)
        return Reading(
            act=_act(knowledge, turn, said_now),
            aspect=_aspect(knowledge, turn),
            subjects=_subjects(turn),
            facts=stated_facts(knowledge, turn, said_now),
        )


def _subjects(turn: Turn) -> tuple[tuple[str, float], ...]:
    """The schemes that the engine would answer about, then the others by their likelihood."""
    if turn.is_over or is_foreign(turn.support):
        return ()
    shares = {item.scheme_id: item.likelihood for item in turn.about.ranked}
    order = dict.fromkeys((*turn.understood.subjects, *shares))
    return tuple((name, shares.get(name, 0.0)) for name in order)


def is_foreign(support: Confidence) -> bool:
    """Whether the engine says that a message isn't its subject, having searched: as its refusals do."""
    return not (support.is_enough or support.named or support.carried or support.on_subject)


def _own_words(knowledge: Knowledge, turn: Turn) -> str:
    """The last message without its places, whatever it follows on from."""
    return knowledge.places.message(turn.messages[-1]).content


def _act(knowledge: Knowledge, turn: Turn, said_now: Applicant) -> Act | None:
    asked_now = find_intents(_own_words(knowledge, turn))
    if turn.is_over:
        return _act_of_ended(turn, said_now)
    if is_foreign(turn.support):
        return "out_of_scope"
    if not asked_now and (turn.understood.answers_us or (len(turn.users) > 1 and said_now.said_now)):
        return "give_fact"
    return _act_of_question(knowledge, turn, said_now)


def _act_of_ended(turn: Turn, said_now: Applicant) -> Act | None:
    """What a message does that was settled without a search: refused, or met with "which need?"."""
    intents = turn.understood.intents
    if turn.reply is not None and turn.reply.status == "out_of_scope":
        return "out_of_scope"
    if Intent.EXAMPLES in intents:
        return "commune_record"
    if Intent.LIST in intents or (intents and said_now.named):
        return "commune_overview"
    if Intent.ELIGIBLE in intents:
        return "check_eligibility"
    if intents:
        return None
    return "give_fact" if said_now.named else "social"


def _act_of_question(knowledge: Knowledge, turn: Turn, said_now: Applicant) -> Act | None:
    """What a message does that the engine would answer, by what it looks for first."""
    question = turn.understood
    intents = question.intents
    known = said_now.facts.applicant_is_known or said_now.unsettled is not None
    is_one_named = len(question.schemes) == 1
    wants_contact = tells_any(kinds_asked(_own_words(knowledge, turn)), _A_CONTACT)
    rules: tuple[tuple[bool, Act], ...] = (
        (Intent.DIFFERENCE in intents, "compare"),
        (Intent.CUMULATE in intents and not is_one_named, "combine"),
        (Intent.EXAMPLES in intents and bool(said_now.named), "commune_record"),
        (Intent.ELIGIBLE in intents and (known or question.speaks_of_us), "check_eligibility"),
        (Intent.LIST in intents and not question.schemes, "find_schemes"),
        (wants_contact and not question.schemes, "contact"),
        (bool(intents or question.schemes), "ask_scheme"),
    )
    return next((act for holds, act in rules if holds), None)


def _aspect(knowledge: Knowledge, turn: Turn) -> Aspect | None:
    """What is asked of a scheme: by the kinds of answers looked for, then by the classes of wording."""
    kinds = kinds_asked(_own_words(knowledge, turn))
    if any(kind.figure.startswith(_A_DELAY) for kind in kinds):
        return "delay"
    if tells_any(kinds, _A_CONTACT):
        return "contact"
    if tells_any(kinds, _A_BEGINNING):
        return "history"
    intents = turn.understood.intents
    return next((aspect for intent, aspect in _ASPECTS if intent in intents), None)
