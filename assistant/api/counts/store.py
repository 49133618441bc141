"""Keep the counts of each day in an SQLite file that several processes may share."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

from assistant.api.counts.shape import MOST_QUESTIONS, Counted, Question

log = logging.getLogger(__name__)
_WAIT_S = 5.0
_ADD_REPLIES = (
    "INSERT INTO replies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count"
)
_ADD_TOOK = "INSERT INTO took VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count"
_TABLES = (
    "CREATE TABLE IF NOT EXISTS replies (day TEXT, outcome TEXT, act TEXT, count INTEGER NOT NULL,"
    " PRIMARY KEY (day, outcome, act)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS took (day TEXT, under_ms INTEGER, count INTEGER NOT NULL,"
    " PRIMARY KEY (day, under_ms)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS questions (number INTEGER PRIMARY KEY, day TEXT, outcome TEXT, text TEXT)",
)


class CountsUnavailable(Exception):
    """The file can't be read or written now."""


class CountStore:
    """The counts of the last days; the file is opened for each use, so one that was removed is made again."""

    def __init__(self, path: Path, days: int) -> None:
        """Name the file, made at the first write, and how many days are kept."""
        self.path = path
        self.days = days

    def add(self, counted: Counted, today: date) -> None:
        """Add counts to those kept, and delete what is too old.

        Raises:
            CountsUnavailable: the file can't be written; nothing was added.
        """
        with self._opened() as database:
            database.executemany(
                _ADD_REPLIES,
                [(day.isoformat(), *rest, count) for (day, *rest), count in counted.replies.items()],
            )
            database.executemany(
                _ADD_TOOK,
                [(day.isoformat(), under, count) for (day, under), count in counted.took.items()],
            )
            database.executemany(
                "INSERT INTO questions (day, outcome, text) VALUES (?, ?, ?)",
                [(item.day.isoformat(), item.outcome, item.text) for item in counted.questions],
            )
            self._purge(database, today)

    def since(self, first: date, today: date) -> Counted:
        """What is kept from a day on; what is too old is deleted. Nothing, where there is no file.

        Raises:
            CountsUnavailable: the file can't be read.
        """
        if not self.path.exists():
            return Counted()
        with self._opened() as database:
            self._purge(database, today)
            asked = (first.isoformat(),)
            return Counted(
                replies={
                    (date.fromisoformat(day), outcome, act): count
                    for day, outcome, act, count in database.execute(
                        "SELECT day, outcome, act, count FROM replies WHERE day >= ? ORDER BY 1, 2, 3", asked
                    )
                },
                took={
                    (date.fromisoformat(day), under): count
                    for day, under, count in database.execute(
                        "SELECT day, under_ms, count FROM took WHERE day >= ? ORDER BY 1, 2", asked
                    )
                },
                questions=[
                    Question(date.fromisoformat(day), outcome, text)
                    for day, outcome, text in database.execute(
                        "SELECT day, outcome, text FROM questions WHERE day >= ? ORDER BY number", asked
                    )
                ],
            )

    def first_day(self) -> date | None:
        """The first day that is counted; None where nothing is.

        Raises:
            CountsUnavailable: the file can't be read.
        """
        if not self.path.exists():
            return None
        with self._opened() as database:
            (day,) = database.execute("SELECT min(day) FROM replies").fetchone()
            return date.fromisoformat(day) if day else None

    def purge(self, today: date, *, texts: bool) -> None:
        """Delete what is too old, and every text unless ``texts`` are to be kept; no file is made for that.

        Raises:
            CountsUnavailable: the file can't be written.
        """
        if not self.path.exists():
            return
        with self._opened() as database:
            self._purge(database, today)
            if not texts:
                database.execute("DELETE FROM questions")

    def _purge(self, database: sqlite3.Connection, today: date) -> None:
        oldest = ((today - timedelta(days=self.days)).isoformat(),)
        database.execute("DELETE FROM replies WHERE day < ?", oldest)
        database.execute("DELETE FROM took WHERE day < ?", oldest)
        database.execute("DELETE FROM questions WHERE day < ?", oldest)
        database.execute(
            "DELETE FROM questions WHERE number <= (SELECT max(number) FROM questions) - ?", (MOST_QUESTIONS,)
        )

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """One transaction; a file that is no database any more is set aside: the next use makes another."""
        file = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as database, database:
                file = _identity(self.path)
                # What is deleted is written over: a text isn't left behind in the file.
                database.execute("PRAGMA secure_delete = ON")
                database.execute("BEGIN IMMEDIATE")
                for table in _TABLES:
                    database.execute(table)
                yield database
        except (OSError, sqlite3.Error, ValueError) as error:
            if isinstance(error, sqlite3.DatabaseError | ValueError) and not isinstance(
                error, sqlite3.OperationalError | sqlite3.ProgrammingError | sqlite3.InterfaceError
            ):
                self._set_aside(file)
            raise CountsUnavailable(str(error)) from error

    def _set_aside(self, file: tuple[int, int] | None) -> None:
        """Give a damaged file another name, unless another process did so already."""
        if file is None or _identity(self.path) != file:
            return
        aside = self.path.with_name(f"{self.path.name}.damaged")
        try:
            self.path.replace(aside)
            self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s is damaged and can't be set aside: %s", self.path, error)
        else:
            log.warning("%s was damaged: it's now %s, and counts start again", self.path, aside)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - what a replaced file differs by
    except OSError:
        return None
    return found.st_dev, found.st_ino
