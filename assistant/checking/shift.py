"""Find what a reworded sentence turns although it keeps the words: negation, bound, duty, extent, past."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.checking import denied
from assistant.checking.attached import misplaced
from corpus.french.folding import fold

# What is past in a rule of another year must not be told as today's.
_PAST = re.compile(
    r"\b(?!(?:fait|parfait|bienfait|lait|souhait|trait|retrait|extrait|portrait|attrait|forfait|contrait)\b)"
    r"(?!\w*rai(?:t|ent)\b)\w+(?:ait|aient)\b|\b(?:a|ont|avait|avaient) ete\b|\b(?:fut|furent)\b"
)
_YEAR = re.compile(r"(?<![\d.])20\d\d(?![\d.])")
_BOUNDS: Mapping[str, re.Pattern[str]] = {
    "at most": re.compile(
        r"\bjusqu\b|\bau plus\b|\bau maximum\b|\bmax\w*|\bplafon\w+|\bdans la limite\b|\bsans depasser\b"
        r"|\bn exced\w+|\bne? depass\w+ pas\b|\blimitee?s?\b|\bpas plus d\w*"
    ),
    "at least": re.compile(
        r"\bau moins\b|\bpas moins d\w*|\bau minimum\b|\bminim\w+|\ba partir d\w*\b|\bplancher\b"
    ),
    "less": re.compile(r"(?<!pas )\bmoins d\w*\b|\binferieure?s?\b|\ben dessous\b|\bsous le seuil\b"),
    "more": re.compile(
        r"(?<!pas )\bplus d\w*\b|\bsuperieure?s?\b|\bau dela\b|\bau dessus\b|(?<!ne )(?<!sans )\bdepass\w+"
    ),
    "about": re.compile(r"\benviron\b|\bpres d\w*\b|\bautour d\w*\b|\bquelque\b|\bapproximativ\w+"),
}
_DUTY = re.compile(r"\bdoi(?:t|vent)\b|\bobligat\w+|\boblige\w*|\bexig\w+|\bimperativ\w+|\btenue?s? d")
# A duty as well, that any condition may be told with.
_NEED = re.compile(r"\bil (?:faut|faudra|fallait)\b|\bnecessaires?\b")
_LEAVE = re.compile(
    r"\bp(?:eu(?:t|vent)|eux|ouvai(?:t|ent)|ourr\w+)\b|\bpossib\w+|\bfacultati\w+|\bautoris\w+|\bpermet\w*"
)
_MAY = re.compile(r"\bpeu(?:t|vent) etre\b|\bpourrai(?:t|ent)\b")
_TIMES: Mapping[str, re.Pattern[str]] = {
    "before": re.compile(r"\bavant\b(?! tout)|\bauparavant\b|\bprealable\w*|\bancien(?:ne)?s?\b"),
    "after": re.compile(r"\bapres\b|\bensuite\b|\bpuis\b|\bune fois\b"),
    "since": re.compile(r"\bdepuis\b|\bdes (?=le|la|l|20|janvier)|\ba partir\b|\bnouve(?:au|lle)\w*"),
    "until": re.compile(r"\bjusqu (?:en|au) (?=\d|[a-z]+ \d)"),
}
# Thousands keep a dot, so that 2 000 inhabitants aren't the year 2000.
_WHOLE = re.compile(
    r"\btou(?:s|te?s?)\b(?! de meme)|\btotal(?:ite|ement)\b|\btotale?s?\b(?! d)"
    r"|\bintegral\w*|\bentier\w*|\bcomplet\w*|\btoujours\b"
    r"|\bgaranti\w*|\bautomatiqu\w+|\bn importe\b|\bquel(?:le)? que\b|\bsans (?:limite|condition|plafond)"
)
_ONLY = re.compile(
    r"\bseul(?:e?s?|ement)\b|\buniqu\w+|\bexclusiv\w+|\breserve\w*"
    r"|\bn(?:e| )\b(?:(?!\b(?:pas|plus|jamais|aucune?)\b).){0,40}\bque?\b"
)
_FIGURE = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
_TO_JOIN = re.compile(
    r"(?<![\d,])\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)|(?<![\d,])\d{4,}(?= ?(?:habitants?|euros?|€))"
)
_APART = re.compile(r"[’'\-]")
# Characters around a figure in which its bound is told.
_BEFORE, _AFTER = 45, 30


def shifted(sentence: str, passage: str) -> str | None:
    """Return what a sentence changes of the passage it rests on, in a word; None when nothing is found.

    Args:
        sentence: what is to be shown, without markers.
        passage: what it rests on.
    """
    said, held = _plain(sentence), _plain(passage)
    return next((name for name, changes in _CHANGES.items() if changes(said, held)), None)


def _past(said: str, held: str) -> bool:
    return bool(_PAST.search(held)) and not _PAST.search(said) and not _YEAR.search(said)


def _duty(said: str, held: str) -> bool:
    if _DUTY.search(held) or _NEED.search(held):
        is_said = _DUTY.search(said) or _NEED.search(said)
        return bool(_LEAVE.search(said)) and not is_said and not _LEAVE.search(held)
    return bool(_DUTY.search(said)) or bool(_NEED.search(said) and _LEAVE.search(held))


def _leave(said: str, held: str) -> bool:
    """Whether what may be is told as what is."""
    return bool(_MAY.search(held)) and not _LEAVE.search(said)


def _order(said: str, held: str) -> bool:
    """Whether what comes before is told as what comes after."""
    ours, theirs = ({name for name, words in _TIMES.items() if words.search(text)} for text in (said, held))
    return bool(ours - theirs) and bool(theirs - ours)


def _extent(said: str, held: str) -> bool:
    """Whether all is told of what is some, or that alone of what is more; a duty is what alone may be."""
    if _WHOLE.search(said) and not _WHOLE.search(held):
        return True
    ours, theirs = bool(_ONLY.search(said)), bool(_ONLY.search(held))
    return ours != theirs and not (_DUTY.search(held) if ours else _DUTY.search(said))


def _bound(said: str, held: str) -> bool:
    """Whether a bound is added, or one told beside a figure that both hold is lost."""
    stated = _bounds(said)
    if stated - _bounds(held):
        return True
    shared = (
        figure
        for figure in _FIGURE.finditer(held)
        if not _YEAR.fullmatch(figure[0]) and re.search(rf"(?<![\d,.]){re.escape(figure[0])}(?![\d,])", said)
    )
    return any(
        _bounds(held[max(0, figure.start() - _BEFORE) : figure.end() + _AFTER]) - stated for figure in shared
    )


def _bounds(text: str) -> set[str]:
    return {name for name, words in _BOUNDS.items() if words.search(text)}


_CHANGES: Mapping[str, Callable[[str, str], bool]] = {
    "negation": denied.turns,
    "attached": misplaced,
    "order": _order,
    "past": _past,
    "duty": _duty,
    "leave": _leave,
    "extent": _extent,
    "bound": _bound,
}


def _plain(text: str) -> str:
    return _APART.sub(" ", _TO_JOIN.sub(_joined, fold(text)))


def _joined(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    return f"{int(digits):,}".replace(",", ".")
