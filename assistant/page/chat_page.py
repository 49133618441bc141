"""The chat page: a Gradio page whose conversation is the component that other sites embed too."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from assistant.page import texts
from assistant.page.identity import OURS, Identity
from assistant.page.markup import keep_together
from assistant.page.widget_routes import page_style

_PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None, "padding": False}
_ELSEWHERE = (*texts.PLAIN_PAGES[1:], ("mentions-legales", texts.LEGAL_TITLE))


def build_page(identity: Identity = OURS) -> gr.Blocks:
    """Build the page: what stands around the conversation, and the conversation itself."""
    with gr.Blocks(title=identity.name, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(header_html(identity), elem_id="header", **_PLAIN)
        gr.HTML(conversation_html(identity), elem_id="conversation", **_PLAIN)
        gr.HTML(foot_html(identity), elem_id="foot", **_PLAIN)
    return page


def header_html(identity: Identity = OURS) -> str:
    """A way past what comes first, the name of the page, and what its answers are worth."""
    logo = '<img class="logo" src="logo" alt="">' if identity.logo else ""
    return (
        f'<a class="skip" href="#question">{escape(texts.TO_QUESTION)}</a>'
        f'<div class="masthead">{logo}<p class="audience">{escape(identity.audience)}</p>'
        f"<h1>{escape(identity.name)}</h1>"
        f'<p class="limits">{escape(texts.PAGE_LIMITS)}</p></div>'
    )


def conversation_html(identity: Identity = OURS) -> str:
    """The component, around the questions to start with: links, until its script has come."""
    themes = "".join(
        f"<section><h3>{escape(theme)}</h3><ul>{''.join(map(_example, questions))}</ul></section>"
        for theme, questions in texts.EXAMPLES.items()
    )
    style = page_style() + identity.style("@media (prefers-color-scheme: dark) {{ :host {{ {rule} }} }}")
    return (
        f'<assistant-dispositifs id="question" mode="page"><template>{style}</template>{themes}'
        "</assistant-dispositifs>"
    )


def foot_html(identity: Identity = OURS) -> str:
    """What not to type, and the pages beside this one."""
    pages = [*_ELSEWHERE, *([(identity.guide, texts.GUIDE)] if identity.guide else [])]
    if identity.contact and identity.contact_address:
        pages.append((identity.contact_address, identity.contact))
    links = " · ".join(f'<a href="{escape(path)}">{escape(name)}</a>' for path, name in pages)
    if identity.contact and not identity.contact_address:
        links += f" · {escape(identity.contact)}"
    return f"<p>{escape(texts.PAGE_FOOT)}</p><p>{links}</p>"


def _example(question: str) -> str:
    address = f"question?{urlencode({'q': question})}"
    return f'<li><a href="{escape(address)}">{escape(keep_together(question))}</a></li>'
