"""What a model was offered to choose from, read in its prompt: turns, a question, numbered statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from pydantic import BaseModel, ConfigDict

from assistant.model.choose_prompt import QUESTION_LABEL, SPEAKERS, shown_turns

_STATEMENT = re.compile(r"(\d{1,3})\. \((.*)")
_TITLE = re.compile(r"« (.*) »")
_KEY_CHARS = 12


class Statement(BaseModel):
    """A statement offered: its number, its document, its section, itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int
    document: str
    section: str
    text: str


class Offer(BaseModel):
    """What is to be chosen from.

    Attributes:
        id: made of all the rest; says nothing of the case that it comes from.
        turns: the messages before the question, each with who speaks, as the model sees them.
        question: the last message.
        statements: numbered from 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    turns: tuple[str, ...]
    question: str
    statements: tuple[Statement, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """What the user says, as far as it's shown, the question last: what replies say may change."""
        said = tuple(turn for turn in self.turns if turn.startswith(SPEAKERS["user"]))
        return (*(turn.partition(" : ")[2] for turn in said), self.question)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The statements, each as its document and its text: the same offer whatever its order."""
        return frozenset((item.document, item.text) for item in self.statements)


def read_offer(prompt: str) -> Offer:
    """Read an offer in the user's part of a prompt that has a model choose."""
    fenced, _, rest = prompt.partition("</")
    statements: list[Statement] = []
    document = ""
    for line in fenced.split("\n"):
        if found := _STATEMENT.fullmatch(line):
            section, text = _section(found[2])
            statements.append(Statement(n=int(found[1]), document=document, section=section, text=text))
        elif title := _TITLE.fullmatch(line):
            document = title[1]
    _, _, conversation = rest.partition("\n")
    lines = conversation.split("\n")[1:]
    last = max(place for place, line in enumerate(lines) if line.startswith(QUESTION_LABEL))
    turns, question = tuple(lines[:last]), lines[last].removeprefix(QUESTION_LABEL)
    told = "\n".join((*turns, question, *(f"{item.document}\t{item.text}" for item in statements)))
    name = sha256(told.encode()).hexdigest()[:_KEY_CHARS]
    return Offer(id=name, turns=turns, question=question, statements=tuple(statements))


def asked_by(turns: Sequence[str]) -> tuple[str, ...]:
    """The turns of a case as :attr:`Offer.asked` shows them."""
    return shown_turns(turns)


def _section(text: str) -> tuple[str, str]:
    """Cut ``section) statement``, the section's own parentheses in pairs."""
    depth = 1
    for place, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return text[:place], text[place + 2 :]
    section, _, rest = text.partition(") ")
    return section, rest
