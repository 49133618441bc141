"""What a message takes from the conversation before it: the schemes, the question that it goes back to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.messages.questions import THIS_AID, WHICH_AID, WHICH_SCHEME
from assistant.reading.intents import find_intents
from assistant.reading.names import SchemeNames
from assistant.reading.topics import find_topics
from assistant.reply import Message
from corpus.french.folding import fold, words

_MAX_FOLLOW_UP_WORDS = 9
_LAST_WORDS = 600
_WORDS_OF_A_CHOICE = 6
_CHANGE = re.compile(
    r"\bparlons (?:plutot )?|\bchangeons de sujet|(?:^|[.!?;:]\s*)(?:\w+[ ,]+){0,2}plutot (?:du|de la|des|d')"
    r"|\bautre sujet|\brien a voir"
)
# "Non pas la date, excusez : …": what is taken back says nothing of what is asked.
_TAKEN_BACK = re.compile(
    r"\W*(?:(?:euh|ah|mais|oups) )?(?:non|pas|pardon|excuse\w*|rectif\w*)\b[^.?!:\d]{0,60}: "
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# The label that our replies put between guillemets.
_QUOTED = re.compile("«[\u00a0 ]([^«»]+?)[\u00a0 ]»")


def asked_before(messages: tuple[Message, ...]) -> str:
    """The user's message that our questions in a row go back to."""
    while len(messages) > 2 and answers_us(messages):
        messages = messages[:-2]
    return messages[-1].content


def chooses(text: str, before: Message) -> bool:
    """Whether a message is one of the schemes that our question proposed, or names it and little else."""
    if before.asked is not None:
        offered: Sequence[str] = before.asked.choices if before.asked.about == "scheme" else ()
    else:
        lines = before.content.splitlines()
        ours = [words(asked) for asked in (WHICH_SCHEME, WHICH_AID, THIS_AID)]
        asks_which = any(words(line) in ours for line in lines)
        offered = [line.removeprefix("- ") for line in lines] if asks_which else ()
    return bool(offered) and (
        fold(text) in {fold(choice) for choice in offered} or len(words(text)) <= _WORDS_OF_A_CHOICE
    )


def answers_us(messages: tuple[Message, ...]) -> bool:
    """Whether the message before is the assistant's and asks something, which this one doesn't ask back."""
    if len(messages) < 2 or messages[-2].role != "assistant" or "?" in messages[-1].content:
        return False
    before = messages[-2]
    if before.is_typed:
        return before.asked is not None
    return "?" in before.content[-_LAST_WORDS:]


def after_change(text: str) -> str:
    """What follows a change of mind ("parlons plutôt du gymnase"), when there is one and enough follows."""
    change = _CHANGE.search(fold(text)) or _TAKEN_BACK.match(fold(text))
    if change is None or len(fold(text)) != len(text) or not words(text[change.end() :]):
        return text
    return text[change.end() :].strip()


def of_another_year(text: str, before: Sequence[Message]) -> str:
    """The question before asked of another year, where a message says little else: "en 2024 plutôt"."""
    asked = next((message.content for message in reversed(before) if message.role == "user"), "")
    new, old = _YEAR.findall(text), _YEAR.findall(asked)
    is_short = len(words(text)) <= _WORDS_OF_A_CHOICE and not find_intents(text)
    return asked.replace(old[0], new[0]) if is_short and len(new) == 1 and len(old) == 1 else text


def carried_schemes(before: Sequence[Message], names: SchemeNames) -> tuple[tuple[str, ...], str]:
    """The schemes that the conversation is about: the last that the user named, else the last reply's own."""
    for message in reversed(before):
        if message.role == "user" and (found := names.find(message.content)):
            firm = names.firm(message.content)
            return tuple(name for name in found if name in firm) or found, names.words(message.content)
    for message in reversed(before):
        if message.asked is not None and (label := names.label(message.asked.scheme or "")):
            return (str(message.asked.scheme),), names.words(label)
        if message.role == "assistant" and (quoted := _QUOTED.findall(message.content)):
            return _named_by(message, quoted, names)
    return (), ""


def follows_on(text: str, earlier: Sequence[str], carried: Sequence[str], names: SchemeNames) -> bool:
    """Whether a message goes on with the subject: it brings no need of its own, or one of the same kind."""
    topics = find_topics(text)
    before = names.topics_of(carried) | frozenset(topic for turn in earlier for topic in find_topics(turn))
    if topics and before and not topics & before:
        return False
    folded = words(text)
    opens = bool(folded) and folded[0] in {"et", "mais", "donc", "sinon", "ok", "oui", "non", "on", "elle"}
    return opens or not topics or bool(topics & before) or len(folded) <= _MAX_FOLLOW_UP_WORDS


def _named_by(message: Message, quoted: Sequence[str], names: SchemeNames) -> tuple[tuple[str, ...], str]:
    """The scheme that a reply of ours puts between guillemets: one that it's about, where the client says which."""
    if message.schemes is None:
        return names.find(quoted[0])[:1], names.words(quoted[0])
    for label in quoted:
        if found := [name for name in names.find(label) if name in message.schemes]:
            return (found[0],), names.words(label)
    return (), ""
