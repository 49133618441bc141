"""What a model’s sentence may hold beside its own words: a quote, an address, a yes, a count of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from assistant.checking.verify import is_verbatim
from assistant.reply import Citation
from corpus.french.folding import fold, words
from corpus.french.sentences import split_sentences

_NUMBERS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_NUMBER = re.compile(
    rf"(?:\b(les|ces|leurs|ses|nos|vos|tous|toutes)\s+)?\b(une|{'|'.join(_NUMBERS)})\b", re.IGNORECASE
)
_LACKING = re.compile(r"(\d{1,2})(?: \w+)?")
_COUNTED = re.compile(r"(\d{1,9}) (\w+)")
_DIGITS = re.compile(r"\d++")
_BARE = re.compile(r"(?<![\d,.])(\d{1,9})(?= (?:des|sur)\b|[ .]*$)")
_ADDRESS = re.compile(r"(?<![\w/@.-])(?:[\w-]+\.)+[a-z]{2,6}(?![\w/@-])")
_ANSWER = re.compile(r"(?:oui|non|si)\s*[,:;.!–—]\s*", re.IGNORECASE)
_LIST_ENDS = re.compile(r"[;:.()]")
_COUNTED_TOWNS = re.compile(rf"\b({'|'.join(_NUMBERS)}) (?:communes|villes|villages)\b", re.IGNORECASE)


def is_quoted(body: str, quote: str) -> bool:
    """Whether a sentence is one or several whole sentences of a quote, letter for letter."""
    said = " ".join(body.split())
    return bool(said) and is_verbatim(said, quote) and said in _runs(quote)


def without_addresses(sentence: str, cited: Iterable[Citation]) -> str:
    """A sentence without the addresses that its passages hold, of the sites that these come from.

    Another site may be what somebody planted in a document: a reader is sent there by a quote alone.
    """
    held = frozenset(
        address
        for citation in cited
        for address in _ADDRESS.findall(citation.quote)
        if _site(address)
        in {_site(urlsplit(source.url).hostname or "") for source in citation.sources if source.url}
    )
    return _ADDRESS.sub(lambda found: "adresse" if found[0] in held else found[0], sentence)


def _site(host: str) -> str:
    return ".".join(host.lower().rsplit(".", 2)[-2:])


def without_answer(body: str) -> str:
    """A sentence without the yes or no that opens it."""
    said = _ANSWER.sub("", body, count=1) if _ANSWER.match(body) else body
    return said[:1].upper() + said[1:] if said != body else body


def only_counts(lacking: str, body: str, quotes: Sequence[str]) -> bool:
    """Whether a figure that no passage states is one in letters that states nothing of its own.

    "Une année" is an article, "les deux" what was said before, "trois communes" a count of three that a
    passage lists.

    Args:
        lacking: the figure, in digits, with what it counts or not.
        body: the sentence.
        quotes: its passages.
    """
    counted = _COUNTED.fullmatch(lacking)
    if counted and any(_counts_bare(counted[1], counted[2], quote) for quote in quotes):
        return True
    figure = _LACKING.fullmatch(lacking)
    if figure is None or figure[1] in _DIGITS.findall(body):
        return False
    value = int(figure[1])
    listed = _listed(quotes)
    told = [found for found in _NUMBER.finditer(body) if _value(found[2]) == value]
    return bool(told) and all(value == 1 or found[1] or value in listed for found in told)


def without_counts(body: str, quotes: Sequence[str]) -> str:
    """A sentence without the count of the communes that a passage lists: "trois communes" adds nothing."""
    listed = _listed(quotes)
    return _COUNTED_TOWNS.sub(lambda found: " " if _value(found[1]) in listed else found[0], body)


def _listed(quotes: Sequence[str]) -> frozenset[int]:
    """How many things each list of some quotes holds."""
    found = set()
    for quote in quotes:
        for part in _LIST_ENDS.split(quote):
            before, last, _ = part.rpartition(" et ")
            if last:
                found.add(before.count(",") + 2)
    return frozenset(found)


def _counts_bare(figure: str, noun: str, quote: str) -> bool:
    """Whether a quote counts by a figure what it names elsewhere: "789 des 804 communes"."""
    plain = fold(quote)
    return figure in _BARE.findall(plain) and noun in words(plain)


def _value(word: str) -> int:
    folded = fold(word)
    return 1 if folded == "une" else _NUMBERS.index(folded) + 1


def _runs(quote: str) -> frozenset[str]:
    parts = split_sentences(quote)
    return frozenset(
        " ".join(" ".join(parts[start:end]).split())
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    )
