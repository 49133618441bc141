"""The chat page: a Gradio page whose conversation is the component that other sites embed too."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from assistant.page import texts
from assistant.page.markup import keep_together
from assistant.page.widget_routes import page_style

_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None, "padding": False}
_ELSEWHERE = (*texts.PLAIN_PAGES[1:], ("mentions-legales", texts.LEGAL_TITLE))


def build_page() -> gr.Blocks:
    """Build the page: what stands around the conversation, and the conversation itself."""
    with gr.Blocks(title=texts.PAGE_TITLE, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(header_html(), elem_id="header", **_PLAIN)
        gr.HTML(conversation_html(), elem_id="conversation", **_PLAIN)
        gr.HTML(foot_html(), elem_id="foot", **_PLAIN)
    return page


def header_html() -> str:
    """A way past what comes first, the name of the page, and what its answers are worth."""
    return (
        f'<a class="skip" href="#question">{escape(texts.TO_QUESTION)}</a>'
        f'<div class="masthead"><p class="audience">{escape(texts.PAGE_AUDIENCE)}</p>'
        f"<h1>{escape(texts.PAGE_TITLE)}</h1>"
        f'<p class="limits">{escape(texts.PAGE_LIMITS)}</p></div>'
    )


def conversation_html() -> str:
    """The component, around the questions to start with: links, until its script has come."""
    themes = "".join(
        f"<section><h3>{escape(theme)}</h3><ul>{''.join(map(_example, questions))}</ul></section>"
        for theme, questions in texts.EXAMPLES.items()
    )
    return (
        f'<assistant-dispositifs id="question" mode="page"><template>{page_style()}</template>{themes}'
        "</assistant-dispositifs>"
    )


def foot_html() -> str:
    """What not to type, and the pages beside this one."""
    links = " · ".join(f'<a href="{path}">{escape(name)}</a>' for path, name in _ELSEWHERE)
    return f"<p>{escape(texts.PAGE_FOOT)}</p><p>{links}</p>"


def _example(question: str) -> str:
    address = f"question?{urlencode({'q': question})}"
    return f'<li><a href="{escape(address)}">{escape(keep_together(question))}</a></li>'
