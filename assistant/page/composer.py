"""The field where a question is written, as HTML; ``composer.js`` sends what is in it and says so."""

from __future__ import annotations

from html import escape

from assistant.page import texts
from assistant.reply import MAX_QUESTION_CHARS

_SAID = {
    "near": texts.QUESTION_NEAR,
    "long": texts.QUESTION_LONG,
    "sent": texts.QUESTION_SENT,
    "busy": texts.QUESTION_BUSY,
    "offline": texts.QUESTION_OFFLINE,
    "lost": texts.CONNECTION_LOST,
    "placeholder": texts.QUESTION_PLACEHOLDER,
}


def composer_html(room: int) -> str:
    """The field, its button and the line below that says what becomes of the text.

    Args:
        room: bytes that the conversation may take in a request.
    """
    said = "".join(f' data-{name}="{escape(sentence)}"' for name, sentence in _SAID.items())
    return (
        f'<form data-most="{MAX_QUESTION_CHARS}" data-room="{room}"{said}>'
        f'<label class="hidden-label" for="question">{texts.QUESTION_LABEL}</label>'
        '<textarea id="question" rows="1" autocomplete="off" enterkeyhint="send" lang="fr" spellcheck="true"'
        f' aria-describedby="question-said" placeholder="{escape(texts.QUESTION_PLACEHOLDER)}"></textarea>'
        f'<button type="submit" id="send">{texts.SEND}</button>'
        '<p id="question-said" role="status"></p></form>'
    )
