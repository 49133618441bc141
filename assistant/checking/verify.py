"""Check a line of a reply against what it cites: figures, dates, places, schemes, markers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from assistant.checking.claims import ClaimReader, Claims, Support
from assistant.checking.computed import worked_out
from assistant.markers import markers, without_markers
from assistant.reading.french.figures import read_figures
from assistant.reading.french.plain_text import plain_text
from assistant.reading.names import SchemeNames
from assistant.reply import Citation
from corpus.fiches.scheme import Scheme
from corpus.places.named import PlaceNames

_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f.]\d{3}(?!\d))+(?:,\d+)?|\d+(?:,\d+)?")
_NOT_DIGITS = re.compile(r"[ \u00a0\u202f.]")
_UP_TO_MARKERS = re.compile(r".+?(?:\[\d{1,3}\](?:\s*\[\d{1,3}\])*|$)", re.DOTALL)
# Taken pair by pair, a telephone number would be made of pairs that a source holds of another one.
_TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0)[ .\u00a0\u202f-]?[1-9](?:[ .\u00a0\u202f-]?\d{2}){4}(?!\d)")
_HIDDEN = " | "
_AROUND = " \u00a0-•*|"


def figures(text: str) -> set[str]:
    """Return the figures of a text, thousands joined: ``150 000 €`` gives ``150000``; markers left out."""
    return {_NOT_DIGITS.sub("", match) for match in _FIGURE.findall(without_markers(text, " "))}


def unknown_markers(text: str, citations: Sequence[Citation]) -> set[int]:
    """Return the markers that no citation bears."""
    return set(markers(text)) - {citation.n for citation in citations}


def is_verbatim(quote: str, passage: str) -> bool:
    """Whether a quote stands in a passage, letter for letter but for white space."""
    return " ".join(quote.split()) in " ".join(passage.split())


class Verifier:
    """Knows how to read what lines state; :meth:`check` makes the check of one reply."""

    def __init__(self, schemes: Sequence[Scheme], names: SchemeNames, places: PlaceNames) -> None:
        """Read with the names of these schemes and places."""
        self._reader = ClaimReader(schemes, names, places)
        # A year or a place in the name of a scheme isn't a claim of the line that names it.
        self._telling = {
            scheme.id: [name for name in sorted(scheme.names, key=len, reverse=True) if self._tells(name)]
            for scheme in schemes
        }

    def check(
        self, citations: Sequence[Citation], said: Sequence[str] = (), schemes: Iterable[str] = ()
    ) -> LineCheck:
        """Prepare the check of the lines of one reply.

        Args:
            citations: the citations of the reply.
            said: what the user brought: their messages, the names of the places they mean.
            schemes: ids of the schemes that the reply is about.
        """
        return LineCheck(self._reader, self._telling, citations, said, schemes)

    def lacking(self, line: str, shown: Sequence[str]) -> set[str]:
        """Return what a line states that none of the lines shown does: figures, dates, places, schemes."""
        body = without_markers(line, _HIDDEN)
        others = [without_markers(other, _HIDDEN) for other in shown]
        schemes = self._reader.schemes(body) - frozenset().union(*map(self._reader.schemes, others))
        return set(schemes) | Support(map(self._reader.read, others)).lacks(self._reader.read(body))

    def _tells(self, name: str) -> bool:
        claims = self._reader.read(name)
        return bool(claims.figures or claims.days or claims.words or claims.places)


class LineCheck:
    """The check of the lines of one reply."""

    def __init__(
        self,
        reader: ClaimReader,
        telling: Mapping[str, Sequence[str]],
        citations: Sequence[Citation],
        said: Sequence[str],
        schemes: Iterable[str],
    ) -> None:
        """See :meth:`Verifier.check`."""
        self._reader, self._telling = reader, telling
        self._citations = {citation.n: citation for citation in citations}
        self._said = said
        cited = {item.scheme_id for item in citations if item.scheme_id}
        self._about = frozenset(schemes) | cited

    def unsupported(self, *parts: str, computed: bool = False) -> set[str]:
        """Return what a line states that nothing supports; empty for a line that may be shown.

        A figure, a date, a place must stand in a passage that the line cites or in what the user brought.
        A scheme must be that of a passage cited, or named there or by the user; a line without a marker
        may name those that the reply is about. A marker must lead to a citation. The sentences of a text are
        checked one by one, each with its own markers.

        Args:
            parts: the texts of the line: one, or the cells of a row, each checked by itself.
            computed: whether it may state sums that it works out by operations that it shows, made of
                supported figures.
        """
        cited = (number for part in parts for number in markers(part))
        lost = {f"[{number}]" for number in cited if number not in self._citations}
        told = [sentence for part in parts for sentence in _parts(part)]
        return lost.union(*(self._lacking(sentence) - _computed(sentence, computed) for sentence in told))

    def _lacking(self, text: str) -> set[str]:
        cited = markers(text)
        held = [self._citations[number] for number in dict.fromkeys(cited) if number in self._citations]
        body = without_markers(text, _HIDDEN).strip(_AROUND)
        about = {item.scheme_id for item in held if item.scheme_id} if cited else self._about
        named = self._named(held if cited else self._citations.values())
        lacking = set(self._reader.schemes(body) - about - named)
        if lacking:
            lacking -= self._named_by_user
        for name in (name for scheme in about for name in self._telling.get(scheme, ())):
            body = body.replace(name, _HIDDEN)
        claims = self._reader.read(body)
        missing = Support(self._passages(held)).lacks(claims)
        told = (item.quote for item in held) if cited else (item.quote for item in self._citations.values())
        lacking |= _telephones(body) - frozenset().union(*map(_telephones, (*told, *self._said)))
        return lacking | (missing & self._own.lacks(claims) if missing else missing)

    def _named(self, citations: Iterable[Citation]) -> frozenset[str]:
        texts = (text for item in citations for text in (item.quote, item.scheme_name or ""))
        return frozenset().union(*map(self._reader.schemes_said, texts))

    def _passages(self, citations: Iterable[Citation]) -> Iterable[Claims]:
        for citation in citations:
            yield self._reader.read(citation.quote)
            yield self._reader.read(citation.scheme_name or "")
            for source in citation.sources:
                yield from (self._reader.read(day) for day in (source.published, source.updated) if day)

    @cached_property
    def _own(self) -> Support:
        texts = (self._reader.read_once(text, any_case=True) for text in self._said)
        return Support(texts, any_unit=True)

    @cached_property
    def _named_by_user(self) -> frozenset[str]:
        return frozenset().union(*map(self._reader.schemes_said, self._said))


def _telephones(text: str) -> frozenset[str]:
    """The telephone numbers of a text, their digits alone."""
    return frozenset(re.sub(r"\D", "", found) for found in _TELEPHONE.findall(text))


def _computed(text: str, computed: bool) -> set[str]:
    """The figures of a text, as it writes them, whose value it works out by an operation that it shows."""
    if not computed:
        return set()
    values = worked_out(text)
    figures = read_figures(plain_text(without_markers(text, _HIDDEN))).figures
    return {figure.text for figure in figures if any(value in values for value, _ in figure.readings)}


def _parts(text: str) -> list[str]:
    """Cut a text after each run of markers: what each part states rests on its own, the end on the last."""
    parts = [part for part in _UP_TO_MARKERS.findall(text) if part.strip()]
    if len(parts) > 1 and not markers(parts[-1]):
        parts[-2:] = [parts[-2] + parts[-1]]
    return parts
