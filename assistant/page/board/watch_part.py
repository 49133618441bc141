"""What grew old in the fiches, as ``assistant corpus watch --offline`` tells; looked for once a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from threading import Lock

from assistant.page.board import words
from assistant.page.board.table import Part, Table
from corpus.errors import CorpusError
from corpus.fiches.catalogue import Catalogue
from corpus.french.dates import french_date
from corpus.watch.ages import Limits
from corpus.watch.finding import KINDS
from corpus.watch.overview import look_over, oldest_first

_Row = tuple[str, str, str, str]


class Watch:
    """What is to be looked at again, found at the first look of each day."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Watch the fiches of a catalogue."""
        self._catalogue = catalogue
        self._found: tuple[date, Sequence[_Row]] | None = None
        self._lock = Lock()

    def rows(self, today: date) -> Sequence[_Row]:
        """Date, fiche, nature, what is seen; the oldest first, unreadable files at the end."""
        with self._lock:
            if self._found is None or self._found[0] != today:
                self._found = today, self._looked(today)
            return self._found[1]

    def _looked(self, today: date) -> Sequence[_Row]:
        findings, unreadable = [], []
        for fiche in self._catalogue.fiches.values():
            try:
                findings += look_over([fiche], today, Limits())
            except (CorpusError, OSError):
                unreadable.append(("", fiche.scheme.name, words.UNREADABLE_FILE, words.FILE_CHANGED))
        told = [
            (finding.on or "", self._catalogue.scheme(finding.scheme).name, KINDS[finding.kind], finding.what)
            for finding in oldest_first(findings)
        ]
        return (*told, *unreadable)


def watch_part(rows: Sequence[_Row], today: date) -> Part:
    """Show what is to be looked at again."""
    kinds = Counter(row[2] for row in rows)
    return Part(
        "a-revoir",
        words.WATCH,
        said=(words.WATCH_LEAD.format(day=french_date(today.isoformat())),),
        tables=(
            Table(
                "a-revoir-par-nature",
                words.WATCH_KINDS,
                (words.KIND, words.COUNT),
                [
                    (kind, str(count))
                    for kind, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
                ],
                empty=words.NO_WATCH,
                numbers=frozenset({1}),
            ),
            Table("a-revoir", words.WATCH_TABLE, words.WATCH_HEAD, rows, folded=words.WATCH_SEE_ALL),
        ),
    )
