"""The chat page: Gradio components and what happens when a question is sent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
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
from assistant.page.commune_panel import PLAIN, build_panel
from assistant.page.markup import conversation_html, keep_together
from assistant.page.turns import PageTurn, Turns, messages_for
from assistant.reply import ChatRequest
from ingest.errors import IngestError

log = logging.getLogger(__name__)

MAX_PROPOSALS = 10
_KEPT_SECONDS = 3600
_AT_ONCE = 16
# Gradio's browser side applies each difference to the update before it, in place: when updates come before
# the receipt of the question, the first loses what the next ones don't repeat. What opens a turn is repeated
# for this long, in seconds, and no longer, since it also clears what is being typed.
_REPEATED_FOR_S = 1.0

HEADER = (
    f'<div class="masthead"><p class="audience">{escape(texts.PAGE_AUDIENCE)}</p>'
    f"<h1>{escape(texts.PAGE_TITLE)}</h1>"
    f'<p class="limits">{escape(texts.PAGE_LIMITS)}</p></div>'
)
WELCOME = f"<h2>{escape(texts.EXAMPLES_HEADING)}</h2><p>{escape(texts.EXAMPLES_LEAD)}</p>"
FOOT = f'<p>{escape(texts.PAGE_FOOT)} <a href="mentions-legales">{escape(texts.LEGAL_TITLE)}</a></p>'

Update = dict[Any, Any]


def _starters(theme: str, questions: Sequence[str]) -> list[gr.Button]:
    """Questions to start with, under the name of their theme."""
    gr.HTML(f"<h3>{escape(theme)}</h3>", **PLAIN)
    with gr.Row(elem_classes="proposals"):
        return [gr.Button(text) for text in questions]


def build_page(engine: AnswerEngine) -> gr.Blocks:
    """Build the page; ``engine`` answers its questions."""
    with gr.Blocks(title=texts.PAGE_TITLE, analytics_enabled=False, fill_width=True) as page:
        turns = gr.State((), time_to_live=_KEPT_SECONDS)
        gr.HTML(HEADER, elem_id="header", **PLAIN)
        panel = build_panel(engine.eligibility, _KEPT_SECONDS)
        conversation = gr.HTML("", elem_id="conversation", **PLAIN)
        with gr.Column(elem_id="welcome") as welcome:
            gr.HTML(WELCOME, **PLAIN)
        with gr.Column(elem_id="next", visible=False) as next_questions:
            heading = gr.HTML("", **PLAIN)
            with gr.Row(elem_classes="proposals"):
                proposals = [gr.Button("", visible=False) for _ in range(MAX_PROPOSALS)]
        with gr.Row(elem_id="composer"):
            question = gr.Textbox(
                label=texts.QUESTION_LABEL,
                placeholder=texts.QUESTION_PLACEHOLDER,
                show_label=False,
                container=False,
                lines=1,
                max_lines=6,
                autofocus=True,
                scale=1,
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", lang="fr", spellcheck=True),
            )
            send = gr.Button(texts.SEND, variant="primary", elem_id="send", scale=0)
        with gr.Column(elem_id="starters") as starters:
            themes = [_starters(theme, questions) for theme, questions in texts.EXAMPLES.items()]
            examples = [button for theme in themes for button in theme]
        reset = gr.Button(texts.NEW_CONVERSATION, visible=False, elem_id="reset", size="sm")
        gr.HTML(FOOT, elem_id="foot", **PLAIN)

        def show(turns_now: Turns) -> Update:
            return {turns: turns_now, conversation: conversation_html(turns_now)}

        def open_turn() -> Update:
            return {
                question: gr.update(value=""),
                welcome: gr.update(visible=False),
                starters: gr.update(visible=False),
                next_questions: gr.update(visible=False),
                reset: gr.update(visible=True),
                panel.frame: gr.update(open=False),
            }

        def propose(turn: PageTurn) -> Update:
            offered = turn.proposals[:MAX_PROPOSALS]
            is_choice = turn.reply is not None and bool(turn.reply.choices)
            shown = list(offered) + [""] * (MAX_PROPOSALS - len(offered))
            title = texts.CHOICES if is_choice else texts.FOLLOW_UPS
            buttons = {
                button: gr.update(value=keep_together(text), visible=bool(text))
                for button, text in zip(proposals, shown, strict=True)
            }
            return {**buttons, heading: f"<h3>{title}</h3>", next_questions: gr.update(visible=bool(offered))}

        def respond(asked: str, before: Turns, commune: CommuneView | None) -> Iterator[Update]:
            started = time.monotonic()
            for turn in answering(engine, before, asked, commune):
                update = show((*before, turn))
                if time.monotonic() - started < _REPEATED_FOR_S:
                    update |= open_turn()
                if turn.is_over:
                    # In one update: a later one would overwrite what is typed as soon as the answer shows.
                    update |= propose(turn)
                    if turn.error is not None:
                        update[question] = gr.update(value=turn.question)
                yield update

        def forget() -> Update:
            return {
                **show(()),
                question: gr.update(value=""),
                welcome: gr.update(visible=True),
                starters: gr.update(visible=True),
                next_questions: gr.update(visible=False),
                reset: gr.update(visible=False),
            }

        changed = [
            turns,
            conversation,
            question,
            welcome,
            starters,
            next_questions,
            heading,
            reset,
            panel.frame,
            *proposals,
        ]
        triggers: list[tuple[Callable[..., Any], gr.components.Component]] = [
            (question.submit, question),
            (send.click, question),
            *((button.click, button) for button in (*examples, *proposals)),
        ]
        running = [
            trigger(
                respond,
                [source, turns, panel.chosen],
                changed,
                show_progress="hidden",
                concurrency_limit=_AT_ONCE,
                concurrency_id="answers",
                api_visibility="private",
            )
            for trigger, source in triggers
        ]
        panel.chosen.change(
            lambda commune: gr.update(placeholder=placeholder(commune)),
            panel.chosen,
            question,
            show_progress="hidden",
            api_visibility="private",
        )
        reset.click(
            forget,
            None,
            changed,
            show_progress="hidden",
            cancels=running,
            queue=False,
            api_visibility="private",
        )
    return page


def placeholder(commune: CommuneView | None) -> str:
    """What the empty question says: the commune that it will be for."""
    return texts.QUESTION_FOR.format(commune=commune.name) if commune else texts.QUESTION_PLACEHOLDER


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
            commune=commune.insee if commune else None,
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
