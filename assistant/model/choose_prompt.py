"""Write the prompt that has a language model choose: statements numbered, fenced as data, within a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.choosing.evidence import Evidence
from assistant.model.prompt import TEMPLATES, Prompt, as_data, fence_of, tokens
from assistant.reply import Message

_CHOOSE = TEMPLATES.get_template("choose.jinja")
SPEAKERS = {"user": "Mairie", "assistant": "Assistant"}
QUESTION_LABEL = "Dernière question : "
# Messages before the last one that are shown, and characters of each, of the question and of a statement.
_BEFORE, _MOST_BEFORE, _MOST_QUESTION, _MOST_STATEMENT = 4, 300, 1000, 500
# No choice is left with fewer.
_LEAST = 6


@dataclass(frozen=True, slots=True)
class _Numbered:
    n: int
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class _Document:
    title: str
    statements: tuple[_Numbered, ...]


def write_choose_prompt(
    messages: Sequence[Message], offered: Sequence[Evidence], budget: int
) -> tuple[Prompt, tuple[Evidence, ...]]:
    """Write the prompt.

    Args:
        messages: the conversation, the question last.
        offered: the statements, those of one document together.
        budget: most tokens, estimated from the characters.

    Returns:
        The prompt, and the statements that it shows: the first has number 1. The least likely are left out
        where not all fit.
    """
    system = str(_CHOOSE.module.system())  # type: ignore[attr-defined]
    *earlier, last = messages
    question = _question(last.content)
    before = [f"{SPEAKERS[message.role]} : {_before(message.content)}" for message in earlier[-_BEFORE:]]
    likeliest = sorted(offered, key=lambda item: -item.logit)
    kept = len(offered)
    while True:
        least = set(map(id, likeliest[:kept]))
        shown = tuple(item for item in offered if id(item) in least)
        prompt = Prompt(system, _user(shown, before, question))
        if kept <= _LEAST or tokens(prompt.system + prompt.user) <= budget:
            return prompt, shown
        kept = max(_LEAST, kept - 3)


def shown_turns(turns: Sequence[str]) -> tuple[str, ...]:
    """The user's messages of a conversation as a prompt shows them, the question last.

    Args:
        turns: what the user says, the question last; each but the last had a reply.
    """
    *earlier, last = turns
    # A message of four is the user's, the next one ours.
    return (*map(_before, earlier[-(_BEFORE // 2) :]), _question(last))


def _question(text: str) -> str:
    return as_data(text)[:_MOST_QUESTION]


def _before(text: str) -> str:
    return as_data(text)[:_MOST_BEFORE]


def _user(shown: Sequence[Evidence], before: Sequence[str], question: str) -> str:
    numbered = [
        (item.hit.chunk, _Numbered(n, as_data(item.sentence.section), _cut(as_data(item.sentence.text))))
        for n, item in enumerate(shown, 1)
    ]
    documents = []
    for _, pairs in groupby(numbered, key=lambda pair: pair[0].document_id):
        own = list(pairs)
        documents.append(_Document(as_data(own[0][0].label), tuple(item for _, item in own)))
    told = "\n".join((*(item.text for _, item in numbered), *before, question))
    return str(_CHOOSE.module.user(fence_of(told), documents, before, QUESTION_LABEL + question))  # type: ignore[attr-defined]


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_STATEMENT else f"{text[:_MOST_STATEMENT]}…"
