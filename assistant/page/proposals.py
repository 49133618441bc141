"""Questions that can be asked with one click, as HTML: to start with, and after an answer."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.page import texts
from assistant.page.markup import keep_together
from assistant.page.turns import Turns


def starters_html() -> str:
    """Questions to start with, under the name of their theme."""
    return "".join(
        f"<h3>{escape(theme)}</h3>{_buttons(questions)}" for theme, questions in texts.EXAMPLES.items()
    )


def proposals_html(turns: Turns) -> str:
    """What can be asked after the last turn; empty when there is nothing to propose."""
    offered = turns[-1].proposals if turns else ()
    if not offered:
        return ""
    reply = turns[-1].reply
    is_choice = reply is not None and bool(reply.choices)
    return f"<h3>{texts.CHOICES if is_choice else texts.FOLLOW_UPS}</h3>{_buttons(offered)}"


def _buttons(questions: Iterable[str]) -> str:
    buttons = "".join(
        f'<button type="button" data-question="{escape(question)}">{escape(keep_together(question))}</button>'
        for question in questions
    )
    return f'<div class="proposals">{buttons}</div>'
