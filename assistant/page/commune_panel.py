"""The panel "Ma commune" of the chat page: find a commune by typing, see what the schemes are for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant.eligibility.commune_view import CommuneView, commune_view
from assistant.eligibility.request import EligibilityRequest
from assistant.eligibility.service import SUGGESTIONS, EligibilityService
from assistant.errors import AssistantError, UnknownCommune
from assistant.page import texts
from assistant.page.commune_markup import commune_html

MAX_TYPED = 100
PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None, "padding": False}

Update = dict[Any, Any]
Offered = tuple[CommuneView, ...]


@dataclass(frozen=True, slots=True)
class CommunePanel:
    """The panel as the page uses it.

    Attributes:
        frame: opens and closes.
        changed: every component that ``restore`` may update.
        restore: shows the commune of an INSEE code as if it had just been chosen, the panel open or not;
            without such a commune, only opens or closes the panel.
    """

    frame: gr.Accordion
    changed: tuple[gr.blocks.Block, ...]
    restore: Callable[[str | None, bool], Update]


def build_panel(service: EligibilityService, kept_seconds: int) -> CommunePanel:
    """Add the panel to the page being built."""
    chosen = gr.State(None, time_to_live=kept_seconds)
    offered = gr.State((), time_to_live=kept_seconds)
    with gr.Accordion(texts.MY_COMMUNE, open=True, elem_id="commune") as frame:
        lead = gr.HTML(f"<p>{escape(texts.MY_COMMUNE_LEAD)}</p>", elem_id="commune-lead", **PLAIN)
        with gr.Row(elem_id="commune-search"):
            typed = gr.Textbox(
                label=texts.COMMUNE_LABEL,
                placeholder=texts.COMMUNE_PLACEHOLDER,
                max_length=MAX_TYPED,
                scale=1,
                html_attributes=gr.InputHTMLAttributes(
                    autocomplete="off", enterkeyhint="search", lang="fr", spellcheck=False
                ),
            )
            clear = gr.Button(texts.CLEAR_COMMUNE, visible=False, elem_id="commune-clear", scale=0)
        said = gr.HTML("", elem_id="commune-said", **PLAIN)
        with gr.Column(elem_id="suggestions"):
            buttons = [gr.Button("", visible=False) for _ in range(SUGGESTIONS)]
        result = gr.HTML("", elem_id="commune-result", **PLAIN)
        code = gr.HTML("", elem_id="commune-code", **PLAIN)

    def offer(found: Offered) -> Update:
        names = [suggestion(commune) for commune in found] + [""] * (SUGGESTIONS - len(found))
        shown = {
            button: gr.update(value=name, visible=bool(name))
            for button, name in zip(buttons, names, strict=True)
        }
        return {**shown, offered: found}

    def complete(text: str, commune: CommuneView | None) -> Update:
        already = commune is not None and text == commune.label
        found, sentence = completed(service, "" if already else text)
        return {**offer(found), said: _said(sentence)}

    def choose(commune: CommuneView, is_open: bool = True) -> Update:
        return {
            **offer(()),
            chosen: commune,
            typed: gr.update(value=commune.label),
            said: "",
            lead: gr.update(visible=False),
            clear: gr.update(visible=True),
            result: examined(service, commune.insee),
            code: chosen_html(commune),
            frame: gr.update(label=texts.MY_COMMUNE_IS.format(commune=commune.label), open=is_open),
        }

    def pick(place: int, found: Offered) -> Update:
        return choose(found[place]) if place < len(found) else offer(())

    def submit(text: str) -> Update:
        found, sentence = completed(service, text)
        if len(found) == 1:
            return choose(found[0])
        return {**offer(found), said: _said(sentence or texts.COMMUNES_FOUND)}

    def forget() -> Update:
        return {
            **offer(()),
            chosen: None,
            typed: gr.update(value=""),
            said: "",
            lead: gr.update(visible=True),
            clear: gr.update(visible=False),
            result: "",
            code: chosen_html(None),
            frame: gr.update(label=texts.MY_COMMUNE, open=True),
        }

    def restore(insee: str | None, is_open: bool) -> Update:
        commune = commune_coded(service, insee)
        return choose(commune, is_open) if commune else {frame: gr.update(open=is_open)}

    changed = [chosen, offered, typed, said, lead, clear, result, code, frame, *buttons]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    # Not ``input``: Gradio doesn't send it when text is deleted or pasted.
    typed.change(complete, [typed, chosen], [offered, said, *buttons], trigger_mode="always_last", **quiet)
    typed.submit(submit, typed, changed, **quiet)
    clear.click(forget, None, changed, **quiet)
    for place, button in enumerate(buttons):
        chosen_one: Callable[[Offered], Update] = partial(pick, place)
        button.click(chosen_one, offered, changed, **quiet)
    return CommunePanel(frame, tuple(changed), restore)


def completed(service: EligibilityService, text: str) -> tuple[Offered, str]:
    """The communes to offer for what is typed, and a French sentence when there is none."""
    if not text.strip():
        return (), ""
    found = service.suggest(text[:MAX_TYPED])
    return found, "" if found else str(UnknownCommune(text))


def commune_coded(service: EligibilityService, insee: str | None) -> CommuneView | None:
    """The commune of an INSEE code; None without a code, or when the region has no such commune."""
    commune = service.territory.communes.get(insee) if insee else None
    return commune_view(commune, service.territory) if commune else None


def chosen_html(commune: CommuneView | None) -> str:
    """What the browser is told of the commune chosen: its code, and what the empty question then says."""
    if commune is None:
        return f'<div data-insee="" data-placeholder="{escape(texts.QUESTION_PLACEHOLDER)}"></div>'
    placeholder = texts.QUESTION_FOR.format(commune=commune.name)
    return f'<div data-insee="{escape(commune.insee)}" data-placeholder="{escape(placeholder)}"></div>'


def examined(service: EligibilityService, insee: str) -> str:
    """The schemes for a commune as HTML; a French sentence when they can't be assessed."""
    try:
        request = EligibilityRequest(commune=f"insee:{insee}")
        response, overview = service.check(request), service.sorted_for(request)
    except AssistantError as error:
        return f'<p role="alert">{escape(str(error))}</p>'
    return commune_html(response, service.catalogue, overview)


def suggestion(commune: CommuneView) -> str:
    """A commune as it's offered: homonyms differ by their department."""
    return f"{commune.label}, {' ou '.join(commune.postcodes[:2])}"


def _said(sentence: str) -> str:
    return f'<p role="status">{escape(sentence)}</p>' if sentence else ""
