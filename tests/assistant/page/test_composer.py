"""The field of the chat page: the limit it's given is the server's, and its texts are whole."""

from __future__ import annotations

import re
from html import unescape

from assistant.page.composer import composer_html
from assistant.reply import MAX_QUESTION_CHARS


def test_the_field_has_a_label_the_limit_and_a_line_that_speaks() -> None:
    html = composer_html(5_000)
    assert '<label class="hidden-label" for="question">Votre question</label>' in html
    assert f'data-most="{MAX_QUESTION_CHARS}"' in html
    assert 'data-room="5000"' in html
    assert 'aria-describedby="question-said"' in html
    assert '<p id="question-said" role="status">' in html
    assert "maxlength" not in html


def test_the_script_finds_its_sentences() -> None:
    said = {name: unescape(text) for name, text in re.findall(r'data-([a-z]+)="([^"]*)"', composer_html(0))}
    assert "{count}" in said["near"]
    assert "{most}" in said["near"]
    assert "{count}" in said["long"]
    assert "{most}" in said["long"]
    assert "votre question y sera de nouveau" in said["lost"]
    assert {"sent", "busy", "offline"} <= said.keys()
