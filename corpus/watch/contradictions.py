"""What can't be right in a fiche: dates to come, a closed scheme with a window, two addresses of one text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urldefrag, urlsplit

from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import Place
from corpus.french.dates import french_date
from corpus.french.folding import fold
from corpus.labels import State
from corpus.watch.finding import Finding, Kind, finding_in
from corpus.watch.references import dates_of, references_of


def contradicted_in(fiche: Fiche, today: date) -> Iterator[Finding]:
    """What can't be right on that day."""
    yield from _to_come(fiche, today)
    yield from _reopened(fiche, today)
    yield from _differing_addresses(fiche)


def _to_come(fiche: Fiche, today: date) -> Iterator[Finding]:
    """Dates of what has already been seen, that lie after that day."""
    seen: list[tuple[Place, str]] = [
        (("status", "as_of"), fiche.scheme.status.as_of),
        (("checked",), fiche.scheme.checked.isoformat()),
        *dates_of(fiche),
    ]
    for place, text in seen:
        if text > today.isoformat()[: len(text)]:
            field = ".".join(str(part) for part in place)
            what = f"date dans le futur (« {field} ») : {french_date(text)}"
            yield finding_in(fiche, place, Kind.FUTURE, text, what)


def _reopened(fiche: Fiche, today: date) -> Iterator[Finding]:
    if fiche.scheme.status.state is not State.CLOSED:
        return
    for index, window in enumerate(fiche.scheme.windows):
        if window.closes is not None and window.closes >= today:
            closes = window.closes.isoformat()
            what = f"dispositif « fermé », mais une période de dépôt court jusqu’au {french_date(closes)}"
            yield finding_in(fiche, ("windows", index), Kind.REOPENED, closes, what)


def _differing_addresses(fiche: Fiche) -> Iterator[Finding]:
    """Texts of the same title and publisher whose addresses aren't those of one page."""
    first: dict[tuple[str, str], str] = {}
    for place, reference in references_of(fiche):
        if reference.url is None:
            continue
        known = first.setdefault((fold(reference.title), fold(reference.publisher)), reference.url)
        if _page(known) != _page(reference.url):
            what = f"deux adresses pour « {reference.title} » : {known} et {reference.url}"
            on = reference.updated or reference.published
            yield finding_in(fiche, (*place, "url"), Kind.ADDRESSES_DIFFER, on, what)


def _page(url: str) -> tuple[str, str, str]:
    """What tells a page from another: not http from https, a last slash or a place in the page."""
    parts = urlsplit(urldefrag(url).url)
    return parts.netloc.lower(), parts.path.rstrip("/"), parts.query
