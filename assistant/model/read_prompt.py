"""Write the prompt that has a language model read: conversation, and what it may be about, fenced as data."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model.choose_prompt import SPEAKERS
from assistant.model.prompt import TEMPLATES, Prompt, as_data, fence_of, tokens
from assistant.reading.reading import Candidate
from assistant.reply import Message

_READ = TEMPLATES.get_template("read.jinja")
# Messages before the last one that are shown, and characters of each and of the last.
BEFORE, _MOST_BEFORE, _MOST_LAST = 4, 300, 1000
# No list is left with fewer.
_LEAST = 4


def write_read_prompt(
    messages: Sequence[Message], candidates: Sequence[Candidate], budget: int
) -> tuple[Prompt, tuple[str, ...]]:
    """Write the prompt.

    Args:
        messages: the conversation, the message to read last.
        candidates: what it may be about, the likeliest first.
        budget: most tokens, estimated from the characters.

    Returns:
        The prompt, and the ids that it shows: the last candidates are left out where not all fit.
    """
    system = str(_READ.module.system())  # type: ignore[attr-defined]
    *earlier, last = messages
    told = as_data(last.content)[:_MOST_LAST]
    before = [
        f"{SPEAKERS[message.role]} : {as_data(message.content)[:_MOST_BEFORE]}"
        for message in earlier[-BEFORE:]
    ]
    shown = [Candidate(as_data(item.id), as_data(item.label)) for item in candidates if _is_plain(item.id)]
    while True:
        data = "\n".join((*(f"{item.id} {item.label}" for item in shown), *before, told))
        user = str(_READ.module.user(fence_of(data), shown, before, told))  # type: ignore[attr-defined]
        if len(shown) <= _LEAST or tokens(system + user) <= budget:
            return Prompt(system, user), tuple(item.id for item in shown)
        shown = shown[:-1]


def _is_plain(name: str) -> bool:
    """Whether an id can be shown as it is; another couldn't be told back."""
    return as_data(name) == name
