"""Write the prompt of a language model: fixed rules, passages fenced as data, within a budget."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.eligibility.verdict_words import VERDICTS
from assistant.reply import Citation, Eligibility

# French text in the usual vocabularies: between 3.3 and 4 characters a token.
_CHARS_A_TOKEN = 3.3
_MOST_QUESTION = 1000
# What could close a fence or pass for a marker of ours.
_SIGNS = str.maketrans({"<": "(", ">": ")", "[": "(", "]": ")"})
_SPACES = re.compile(r"\s+")
TEMPLATES = Environment(  # noqa: S701 - plain text for a model, no HTML
    loader=PackageLoader("assistant.model", "prompts"), undefined=StrictUndefined
)
_ANSWER = TEMPLATES.get_template("answer.jinja")
_REWRITE = TEMPLATES.get_template("rewrite.jinja")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The two messages that a model is given."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class _Passage:
    n: int
    scheme: str
    text: str


def write_prompt(
    question: str, citations: Sequence[Citation], assessments: Sequence[Eligibility], budget: int
) -> Prompt:
    """Write the prompt for a question.

    Args:
        question: the user's last message.
        citations: the passages, best first; those that don't fit are left out, the first is always there.
        assessments: the computed verdicts, given as facts.
        budget: most tokens, estimated from the characters.
    """
    system = str(_ANSWER.module.system())  # type: ignore[attr-defined]
    facts = [f"{item.scheme_id} : {VERDICTS[item.verdict]}" for item in assessments[:3]]
    shown = as_data(question)[:_MOST_QUESTION]
    passages = [_Passage(c.n, as_data(c.scheme_name or ""), as_data(c.quote)) for c in citations]
    for many in range(len(passages), 0, -1):
        user = _user(passages[:many], facts, shown)
        if tokens(system + user) <= budget or many == 1:
            return Prompt(system, user)
    return Prompt(system, _user([], facts, shown))


def write_rewrite_prompt(question: str, before: Sequence[str]) -> Prompt:
    """Write the prompt that asks for a follow-up in full.

    Args:
        question: the user's last message.
        before: their messages before it, the oldest first.
    """
    shown = [as_data(message)[:_MOST_QUESTION] for message in (*before, question)]
    fence = fence_of("\n".join(shown))
    return Prompt(
        str(_REWRITE.module.system()),  # type: ignore[attr-defined]
        str(_REWRITE.module.user(fence, shown[:-1], shown[-1])),  # type: ignore[attr-defined]
    )


def tokens(text: str) -> int:
    """Estimate the tokens of a French text, rather too many than too few."""
    return ceil(len(text) / _CHARS_A_TOKEN)


def as_data(text: str) -> str:
    """A text that can't close a fence: no bracket, no invisible character, on one line."""
    seen = (char for char in text if char.isspace() or unicodedata.category(char)[0] != "C")
    return _SPACES.sub(" ", "".join(seen)).strip().translate(_SIGNS)


def _user(passages: Sequence[_Passage], facts: Sequence[str], question: str) -> str:
    data = "\n".join((*(p.text for p in passages), question))
    return str(_ANSWER.module.user(fence_of(data), passages, facts, question))  # type: ignore[attr-defined]


def fence_of(data: str) -> str:
    """A name for the fence around data that nobody who wrote the data could foresee."""
    return f"donnees-{sha256(data.encode()).hexdigest()[:8]}"
