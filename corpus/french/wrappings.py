"""Take off what a text was wrapped in on its way: mojibake, HTML entities, percent-encoding.

Only what can't be French is touched: each wrapped form of a French letter or mark is known beforehand.
``ftfy`` (Apache-2.0, kept up) mends mojibake in more languages by measures of likelihood, and brings 6 MB of
tables of character widths; the forms below are all that French has, and a test shows French untouched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

# What French and its typography add to ASCII; the marks that a decomposed letter bears last.
_FRENCH = "àâäçéèêëîïôöùûüÿñœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ’\u2018“”«»–—…€°·²½\u00a0\u202f\u0300\u0301\u0302\u0308\u0327"
# UTF-8 read as if it were one of these: Windows, old Macs, the console of Windows.
_MISTAKEN = ("cp1252", "mac_roman", "cp850")
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# "%20" between letters is a space of an address, "%27" its apostrophe; "30%20" and "100 % 2024" are neither.
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])%2[07](?=[^\W\d_])")
_LOST_LETTER = re.compile("(?<=[^\\W\\d_])\ufffd(?=[^\\W\\d_])")


def unwrapped(text: str) -> str:
    """Return a text without one layer of each wrapping; it's never longer, and French comes back as it is."""
    return without_mojibake(without_percent_encoding(without_entities(text)))


def without_entities(text: str) -> str:
    """Write the characters that HTML entities stand for: ``&eacute;``, ``&nbsp;``, ``&#233;``."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def without_percent_encoding(text: str) -> str:
    """Write the French letters that stand percent-encoded, and the spaces of an address between letters.

    In UTF-8 (``%C3%A9``) anywhere; in Latin-1 (``%E9``) beside a letter, or "à" between spaces, never after
    a figure.
    """
    if "%" not in text:
        return text
    text = _ENCODED_LATIN.sub(_decoded_latin, _ENCODED.sub(_decoded, text))
    return _BETWEEN_LETTERS.sub(lambda match: " " if match.group().endswith("0") else "'", text)


def without_mojibake(text: str) -> str:
    """Write the French letters whose UTF-8 was read as another encoding, and a lost letter as its likeliest.

    ``vidÃ©oprotection`` gives "vidéoprotection"; a letter lost inside a word is mostly an "é".
    """
    if text.isascii():
        return text
    return _LOST_LETTER.sub("é", _GARBLED.sub(_ungarbled, text.translate(_CONTROLS)))


def _character(match: re.Match[str]) -> str:
    found = html.unescape(match.group())
    return match.group() if "\ufffd" in found or "\0" in found else found


def _decoded(match: re.Match[str]) -> str:
    return bytes.fromhex(match.group().replace("%", "")).decode()


def _decoded_latin(match: re.Match[str]) -> str:
    return bytes.fromhex(match.group().replace("%", "")).decode("cp1252")


def _ungarbled(match: re.Match[str]) -> str:
    return _READ_WRONG[match.group()]


def _mistaken(char: str, encoding: str) -> str:
    """How a character looks once its UTF-8 is read in another encoding; a byte without meaning stays."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in char.encode())


def _read_wrong() -> dict[str, str]:
    """What is written by what it looks like; by Windows also what was wrapped twice, and its quotes."""
    found = {_mistaken(char, encoding): char for encoding in _MISTAKEN for char in _FRENCH}
    windows = _MISTAKEN[0]
    once = {_mistaken(char, windows): char for char in _FRENCH}
    twice = {"".join(_mistaken(char, windows) for char in seen): char for seen, char in once.items()}
    quotes = {_mistaken(chr(code), windows): char for code, char in _CONTROLS.items()}
    # "Ã" and a no-break space that became a plain one: "Ã la".
    return {**quotes, **found, **twice, **once, "Ã ": "à "}


_READ_WRONG: Mapping[str, str] = _read_wrong()
_GARBLED = re.compile("|".join(map(re.escape, sorted(_READ_WRONG, key=len, reverse=True))))
_ENCODED = re.compile(
    "|".join("".join(f"%{byte:02x}" for byte in char.encode()) for char in _FRENCH), re.IGNORECASE
)
_LATIN = "|".join(f"{code[0]:02x}" for char in _FRENCH if (code := char.encode("cp1252", "ignore")))
_ENCODED_LATIN = re.compile(
    rf"(?<=[^\W\d_])(?:%(?:{_LATIN}))++|(?<!\d)(?<!\d[ \u00a0\u202f])(?:%(?:{_LATIN}))++(?=[^\W\d_])"
    r"|(?:(?<=[^\d%] )|(?<=%20)|^)%[ce]0(?= |%20)",
    re.IGNORECASE,
)
