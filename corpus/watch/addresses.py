"""The addresses that fiches cite: where each is cited, which ones to visit on a day, what a visit says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urldefrag

from corpus.fiches.fiche import Fiche
from corpus.watch.finding import Finding, Kind, finding_in
from corpus.watch.references import references_of
from corpus.watch.visits import Visit


def addresses_of(fiches: Iterable[Fiche]) -> list[str]:
    """Every address, once, without the place in the page."""
    urls = (reference.url for fiche in fiches for _, reference in references_of(fiche))
    return list(dict.fromkeys(urldefrag(url).url for url in urls if url))


def turn_of(urls: Sequence[str], most: int, today: date) -> list[str]:
    """At most so many addresses; the next day the following ones, until all have had their turn."""
    if len(urls) <= most:
        return list(urls)
    start = today.toordinal() * most % len(urls)
    return [*urls[start:], *urls[:start]][:most]


def unanswered(fiches: Iterable[Fiche], visits: Mapping[str, Visit], today: date) -> list[Finding]:
    """What to look at again after the visits, wherever the address is cited."""
    found: list[Finding] = []
    for fiche in fiches:
        for place, reference in references_of(fiche):
            visit = visits.get(urldefrag(reference.url).url) if reference.url else None
            if visit is None or visit.outcome == "answers":
                continue
            kind = Kind.SILENT if visit.outcome == "silent" else Kind.UNSURE
            what = f"{reference.url} : {visit.reason}"
            found.append(finding_in(fiche, (*place, "url"), kind, today.isoformat(), what))
    return found
