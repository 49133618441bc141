"""Where feedback is kept: any database that SQLAlchemy knows; the only file that imports it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Lock

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from assistant.api.feedback.shape import Feedback
from assistant.errors import FeedbackUnavailable

log = logging.getLogger(__name__)
_metadata = MetaData()
_feedback = Table(
    "feedback",
    _metadata,
    Column("id", String(32), primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("rating", String(16), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("status", String(16)),
    Column("schemes", JSON, nullable=False),
    Column("comment", Text),
    Column("question", Text),
)


class FeedbackStore:
    """Keeps feedback for some days; the database is made if need be at the first use."""

    def __init__(self, url: str, days: int) -> None:
        """Name the database.

        Args:
            url: an SQLAlchemy URL; the folder of a SQLite file is made when it's missing.
            days: how long a feedback is kept.
        """
        self.url = url
        self.days = days
        self._engine: Engine | None = None
        self._opening = Lock()

    def add(self, feedback: Feedback) -> None:
        """Keep a feedback, and delete those that are too old on its day.

        Raises:
            FeedbackUnavailable: the database can't be used.
        """
        row = feedback.model_dump(mode="python")
        with self._connected() as connection:
            connection.execute(insert(_feedback).values(**row))
            self._purge(connection, feedback.day)

    def all(self, today: date) -> tuple[Feedback, ...]:
        """Every feedback kept, oldest first; those that are too old are deleted.

        Raises:
            FeedbackUnavailable: the database can't be used.
        """
        with self._connected() as connection:
            self._purge(connection, today)
            rows = connection.execute(select(_feedback).order_by(_feedback.c.day, _feedback.c.id))
            return tuple(Feedback.model_validate(dict(row)) for row in rows.mappings())

    def purge(self, today: date) -> None:
        """Delete what is too old; a database that isn't there yet isn't made for that.

        Raises:
            FeedbackUnavailable: the database can't be used.
        """
        file = self._file()
        if file is None or file.exists():
            with self._connected() as connection:
                self._purge(connection, today)

    def delete(self, before: date | None) -> int:
        """Delete what was kept before a day, or everything; tell how many there were.

        Raises:
            FeedbackUnavailable: the database can't be used.
        """
        file = self._file()
        if file is not None and not file.exists():
            return 0
        which = delete(_feedback) if before is None else delete(_feedback).where(_feedback.c.day < before)
        with self._connected() as connection:
            count = connection.execute(which).rowcount
        if self._opened().dialect.name == "sqlite":
            self._rewrite()
        return count

    def _rewrite(self) -> None:
        """Leave nothing of what was deleted in the file."""
        try:
            with self._opened().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM")
        except SQLAlchemyError as error:
            raise FeedbackUnavailable from error

    def _file(self) -> Path | None:
        """The file of a SQLite database; None for another."""
        try:
            url = make_url(self.url)
        except ArgumentError as error:
            raise FeedbackUnavailable from error
        named = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
        return Path(str(url.database)) if named else None

    def _purge(self, connection: Connection, today: date) -> None:
        connection.execute(delete(_feedback).where(_feedback.c.day < today - timedelta(days=self.days)))

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self._opened().begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            # The words of the driver alone: neither the address, which may hold a password, nor the values.
            log.error("the feedback database: %s", getattr(error, "orig", None) or type(error).__name__)
            raise FeedbackUnavailable from error

    def _opened(self) -> Engine:
        with self._opening:
            file = self._file()
            if self._engine is None or (file is not None and not file.exists()):  # removed since
                self._engine = self._made(file)
            return self._engine

    def _made(self, file: Path | None) -> Engine:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        try:
            engine = create_engine(self.url, hide_parameters=True, poolclass=NullPool)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise FeedbackUnavailable from error
        _make_tables(engine)
        return engine


def _make_tables(engine: Engine) -> None:
    """Make what is missing; another process may be making it at the same time."""
    try:
        _metadata.create_all(engine)
    except SQLAlchemyError:
        _metadata.create_all(engine)
