"""The chat page: Gradio components and what happens when a question is sent or a conversation comes back."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any

import gradio as gr
from pydantic import ValidationError

from assistant.answering.interface import AnswerEngine
from assistant.api.guards.whole_text import mended
from assistant.api.problems import problem_of, validation_problem
from assistant.eligibility.commune_view import CommuneView
from assistant.errors import AssistantError
from assistant.page import texts
from assistant.page.commune_panel import PLAIN, build_panel, commune_coded
from assistant.page.composer import composer_html
from assistant.page.kept import kept_html, read_kept, restored_html, room_in
from assistant.page.markup import conversation_html
from assistant.page.proposals import proposals_html, starters_html
from assistant.page.turns import PageTurn, Turns, messages_for
from assistant.reply import ChatRequest
from ingest.errors import IngestError

log = logging.getLogger(__name__)

_KEPT_SECONDS = 3600
_AT_ONCE = 16
_PACE_S = 0.1
# Gradio's browser side applies each difference to the update before it, in place: when updates come before
# the receipt of the question, the first loses what the next ones don't repeat. The panel is closed again for
# this long, in seconds, and no longer, since it may be opened meanwhile.
_REPEATED_FOR_S = 1.0

HEADER = (
    f'<div class="masthead"><p class="audience">{escape(texts.PAGE_AUDIENCE)}</p>'
    f"<h1>{escape(texts.PAGE_TITLE)}</h1>"
    f'<p class="limits">{escape(texts.PAGE_LIMITS)}</p></div>'
)
WELCOME = f"<h2>{escape(texts.EXAMPLES_HEADING)}</h2><p>{escape(texts.EXAMPLES_LEAD)}</p>"
_ELSEWHERE = (*texts.PLAIN_PAGES[1:], ("mentions-legales", texts.LEGAL_TITLE))
_LINKS = " · ".join(f'<a href="{path}">{escape(name)}</a>' for path, name in _ELSEWHERE)
FOOT = f"<p>{escape(texts.PAGE_FOOT)}</p><p>{_LINKS}</p>"

Update = dict[Any, Any]


def build_page(engine: AnswerEngine, max_body_bytes: int) -> gr.Blocks:
    """Build the page; ``engine`` answers its questions, whose requests hold ``max_body_bytes`` at most."""
    with gr.Blocks(title=texts.PAGE_TITLE, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(HEADER, elem_id="header", **PLAIN)
        panel = build_panel(engine.eligibility, _KEPT_SECONDS)
        conversation = gr.HTML("", elem_id="conversation", **PLAIN)
        gr.HTML(WELCOME, elem_id="welcome", **PLAIN)
        following = gr.HTML("", elem_id="next", **PLAIN)
        gr.HTML(composer_html(room_in(max_body_bytes)), elem_id="composer", **PLAIN)
        gr.HTML(starters_html(), elem_id="starters", **PLAIN)
        reset = gr.Button(texts.NEW_CONVERSATION, elem_id="reset", size="sm")
        gr.HTML(FOOT, elem_id="foot", **PLAIN)
        # What passes between the page's script and the server: see ``composer.js``.
        to_keep = gr.HTML("", elem_id="kept", **PLAIN)
        asked, kept, number = (gr.Textbox(visible=False) for _ in range(3))
        ask = gr.Button("", elem_id="ask", visible="hidden")

        def show(turns: Turns) -> Update:
            return {conversation: conversation_html(turns), following: proposals_html(turns)}

        def respond(question: str, kept_text: str, number: str) -> Iterator[Update]:
            started = time.monotonic()
            conversation_kept = read_kept(kept_text)
            before = conversation_kept.shown()
            commune = commune_coded(engine.eligibility, conversation_kept.commune)
            for turn in paced(answering(engine, before, question, commune)):
                update = show((*before, turn))
                if time.monotonic() - started < _REPEATED_FOR_S:
                    update[panel.frame] = gr.update(open=False)
                if turn.is_over:
                    update[to_keep] = kept_html(number, before, turn)
                yield update

        def restore(kept_text: str) -> Update:
            conversation_kept = read_kept(kept_text)
            turns = conversation_kept.shown()
            panel_now = panel.restore(conversation_kept.commune, not turns)
            return {**panel_now, **(show(turns) if turns else {}), to_keep: restored_html(turns)}

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        running = ask.click(
            respond,
            [asked, kept, number],
            [conversation, following, to_keep, panel.frame],
            js="() => assistantPage.take()",
            trigger_mode="multiple",  # the script asks one question at a time: no click of its own is dropped
            concurrency_limit=_AT_ONCE,
            concurrency_id="answers",
            **quiet,
        )
        page.load(
            restore,
            kept,
            [conversation, following, to_keep, *panel.changed],
            js="() => assistantPage.restored()",
            queue=False,
            **quiet,
        )
        drawn = [conversation, following]
        reset.click(lambda: show(()), None, drawn, cancels=[running], queue=False, **quiet)
    return page


def paced(turns: Iterable[PageTurn], clock: Callable[[], float] = time.monotonic) -> Iterator[PageTurn]:
    """Pass on a turn that fills, less often than it does: the first, the last, and some between.

    The browser draws the whole conversation again each time: faster than this, it falls behind.
    """
    shown = -math.inf
    for turn in turns:
        if turn.is_over or clock() - shown >= _PACE_S:
            yield turn
            shown = clock()


def answering(
    engine: AnswerEngine, before: Turns, asked: str, commune: CommuneView | None = None
) -> Iterator[PageTurn]:
    """Yield the new turn as it fills; an error ends it with a French sentence, never a traceback."""
    turn = PageTurn(mended(asked).strip(), commune=commune.label if commune else None)
    yield turn
    if not turn.question:
        yield turn.failed(texts.EMPTY_QUESTION)
        return
    try:
        request = ChatRequest(
            messages=messages_for(before, turn.question),
            commune=f"insee:{commune.insee}" if commune else None,
            stream=True,
        )
        for event in engine.stream(request):
            known, turn = turn, turn.after(event)
            if turn is not known:
                yield turn
    except ValidationError as error:
        yield turn.failed(validation_problem(error.errors()).detail)
    except (AssistantError, IngestError) as error:
        yield turn.failed(problem_of(error).detail)
    except Exception as error:
        problem = problem_of(error)
        log.exception("incident %s on the chat page", problem.incident)
        yield turn.failed(problem.detail)
