"""French typography: no-break spaces, guillemets, apostrophes and ligatures, web addresses untouched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

NO_BREAK = "\u00a0"
_SPACE = "[ \t\u00a0\u202f\u2009]"
# Web and e-mail addresses, without the punctuation of the sentence that follows them.
_ADDRESS = (
    r"""(?:https?://|www\.)[^\s«»"<>]*[^\s«»"<>.,:;!?')\]]"""
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
    r"""|(?<![\w.])(?<![a-z0-9-]-)(?:[a-z0-9-]++\.)+(?:fr|com|eu|org|net)\b(?:/[^\s«»"<>]*[^\s«»"<>.,:;!?')\]])?"""
)
_UNITS = (
    r"km²|km|m²|m³|m|ha|hab\.|habitants?|euros?|millions?|milliards?|mois|ans?|jours?|semaines?|heures?"
    r"|kWc|kWh|kW|MWh|MW|kVA"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule: what to look for, what stands there instead, and its name for the reader."""

    name: str
    pattern: re.Pattern[str]
    write: Callable[[re.Match[str]], str]

    def apply(self, text: str) -> str:
        return self.pattern.sub(self._replace, text)

    def first(self, text: str) -> str:
        """The word that holds the first correction, once corrected."""
        changes = (match for match in self.pattern.finditer(text) if self._replace(match) != match.group())
        match = next(changes)
        before = text[: match.start()].rsplit(" ", 1)[-1]
        after = re.split(r"\s", text[match.end() :], maxsplit=1)[0]
        return (before + self._replace(match) + after).strip()

    def _replace(self, match: re.Match[str]) -> str:
        return match.group() if match["address"] is not None else self.write(match)


def _rule(name: str, pattern: str, write: Callable[[re.Match[str]], str]) -> _Rule:
    return _Rule(name, re.compile(f"(?P<address>{_ADDRESS})|(?:{pattern})"), write)


def _ligature(match: re.Match[str]) -> str:
    return match.group().replace("OE", "Œ").replace("Oe", "Œ").replace("oE", "œ").replace("oe", "œ")


def _grouped(match: re.Match[str]) -> str:
    return f"{int(match['digits']):,}".replace(",", NO_BREAK)


_RULES = (
    _rule("apostrophe courbe ’", "'", lambda _: "’"),
    _rule("guillemets « »", "[“”]", lambda match: "«" if match.group() == "“" else "»"),
    _rule("guillemets « »", r'"(?P<quoted>[^"\n]*)"', lambda match: f"«{match['quoted']}»"),
    _rule(
        "ligature œ",
        r"(?i:oeu(?!rop))|\b(?i:oe(?=i[lt]|nolog|notour|d[eè]m|cum[eé]n|sophag))"
        r"|(?<=[Ff])oe(?=t(?:us|al|aux)\b)|(?<=\b[Cc])oe(?=liaque)",
        _ligature,
    ),
    _rule(
        "espaces insécables dans les guillemets",
        f"(?P<open>«){_SPACE}*|(?:(?<!{_SPACE}){_SPACE}++)?+»",
        lambda match: f"«{NO_BREAK}" if match["open"] else f"{NO_BREAK}»",
    ),
    _rule(
        "espace insécable avant ; ! ?",
        rf"(?<=[^\s;!?(\[«]){_SPACE}*(?P<mark>[;!?]+)",
        lambda match: NO_BREAK + match["mark"],
    ),
    _rule(
        "espace insécable avant :",
        rf"(?<=[^\s:])(?:{_SPACE}+:|:(?=\s|$))(?!//)",
        lambda _: f"{NO_BREAK}:",
    ),
    _rule(
        "espace insécable dans les nombres",
        rf"(?<![\w,.])(?P<digits>\d{{4,}})(?={_SPACE}*(?:€|euros?\b|habitants?\b))",
        _grouped,
    ),
    _rule(
        "espace insécable dans les nombres",
        r"(?<![\w,.])\d{1,3}(?:[ \u202f\u2009]\d{3})+(?!\d)"
        r"|(?<![\w,.])\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)",
        lambda match: re.sub(r"\s", NO_BREAK, match.group()),
    ),
    _rule(
        "espace insécable avant % et €",
        rf"(?<=\w){_SPACE}*(?P<sign>[%‰])|(?<=\d){_SPACE}*(?P<power>Md|[Mk]){_SPACE}*€|(?<=[\d.]){_SPACE}*€"
        rf"|(?<=[a-z]){_SPACE}+€",
        lambda match: NO_BREAK + (match["sign"] or f"{match['power'] or ''}€"),
    ),
    _rule(
        "espace insécable avant l’unité",
        rf"(?<=\d){_SPACE}+(?P<unit>{_UNITS})(?!\w)",
        lambda match: NO_BREAK + match["unit"],
    ),
    _rule(
        "espace insécable après n°", rf"(?<=\bn°){_SPACE}*(?P<number>\d)", lambda m: NO_BREAK + m["number"]
    ),
)


@lru_cache(maxsize=1024)
def typeset(text: str) -> str:
    """Return the text in French typography; a text that is already right comes back unchanged.

    Straight quotes are paired within a line; a lone one stays, and ``typography_problems`` reports it.
    """
    for rule in _RULES:
        text = rule.apply(text)
    return text


def typography_problems(text: str) -> tuple[str, ...]:
    """Say in French what ``typeset`` would correct, with the corrected fragment; empty when all is right."""
    problems: list[str] = []
    for rule in _RULES:
        mended = rule.apply(text)
        if mended != text:
            problems.append(f"typographie ({rule.name}) : « {rule.first(text)} »")
        text = mended
    if '"' in re.sub(_ADDRESS, "", text):
        problems.append("typographie (guillemets « ») : un guillemet droit est seul sur sa ligne")
    return tuple(dict.fromkeys(problems))
