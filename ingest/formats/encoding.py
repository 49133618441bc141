"""Bytes of a text file as text, whatever encoding they're in: declared, marked, UTF-8, or the likeliest."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"(?:<meta[^>]{0,200}charset\s*=\s*|<\?xml[^>]{0,100}encoding\s*=\s*)[\"']?([\w.:-]{2,40})", re.I
)
_HEAD_BYTES = 4096
_GUESSED_BYTES = 200_000
# What French is written in, besides UTF-8; a control character of Latin-1 is a letter or a sign of cp1252.
_FRENCH = ("utf_8", "cp1252", "utf_16", "utf_16_le", "utf_16_be", "mac_roman", "cp850")
_LETTER_BYTES = re.compile(rb"[A-Za-z \r\n]")
_LEAST_LETTERS = 0.5
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


def decode(raw: bytes, *, declares: bool = False) -> str | None:
    """Decode the bytes of a text; None when they are no text.

    Args:
        raw: the file.
        declares: whether its beginning may declare an encoding (HTML, XML).
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw, name)
    declared = _DECLARED.search(raw[:_HEAD_BYTES]) if declares else None
    names = ["utf-8"]
    if declared:
        names.insert(0, declared[1].decode("ascii").lower())
    for name in names:
        text = _decoded(raw, "cp1252" if name in {"iso-8859-1", "latin-1", "latin1"} else name)
        if text is not None:
            return text
    return _guessed(raw)


def _decoded(raw: bytes, name: str) -> str | None:
    try:
        text = raw.decode(name)
    except (LookupError, ValueError):
        return None
    return None if _CONTROLS.search(text.replace("\x0c", "")) and _is_binary(text) else text


def _is_binary(text: str) -> bool:
    """Whether more than one character in a hundred is a control."""
    return 100 * len(_CONTROLS.findall(text)) > len(text)


def _guessed(raw: bytes) -> str | None:
    """Decode as the likeliest of what French is written in."""
    best = from_bytes(raw[:_GUESSED_BYTES], cp_isolation=list(_FRENCH)).best()
    names = [best.encoding] if best else []
    if len(_LETTER_BYTES.findall(raw[:_GUESSED_BYTES])) > _LEAST_LETTERS * len(raw[:_GUESSED_BYTES]):
        names.append("cp1252")
    return next((text for name in names if (text := _decoded(raw, name)) is not None), None)
