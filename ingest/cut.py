"""Cut a document's text into sentences: a number that begins one, or a blank inside one, isn't one."""

from __future__ import annotations

import re

from corpus.french.sentences import split_sentences

_NUMBER = re.compile(r"(?:\d{1,2}\.)+(?:\d{1,2})?|\(?\w{1,3}[.)°]|[-–—]")
_BLANK_END = re.compile(r"\[[^\[\]]{0,40}[.…]\]$")
_GOES_ON = re.compile(r"[a-zà-öø-ÿœ,;:%€)]")


def cut_sentences(text: str) -> list[str]:
    """Cut one paragraph into sentences, as :func:`split_sentences` does, but for « 1.1. » and « […] »."""
    sentences: list[str] = []
    for sentence in split_sentences(text):
        before = sentences[-1] if sentences else ""
        goes_on = _BLANK_END.search(before) and _GOES_ON.match(sentence)
        if before and (_NUMBER.fullmatch(before) or goes_on):
            sentences[-1] = f"{before} {sentence}"
        else:
            sentences.append(sentence)
    return sentences
