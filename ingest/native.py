"""Errors of the libraries that keep the index: the panics of Rust, and what they couldn't write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class NativePanic(Exception):
    """A library in Rust gave up."""


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Turn a panic into a :class:`NativePanic`; pyo3 derives its own from ``BaseException``.

    Raises:
        NativePanic: a library in Rust gave up.
    """
    try:
        yield
    except Exception:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # pyo3 has no module to import it from
            raise
        raise NativePanic(str(error)) from error


class NotWritten(Exception):
    """A library couldn't write."""


@contextmanager
def failures_to_write() -> Iterator[None]:
    """Turn whatever a library says while it writes into one error that names its own.

    Raises:
        NotWritten: it couldn't write.
    """
    try:
        with panics_as_errors():
            yield
    except OSError:
        raise
    except Exception as error:
        raise NotWritten(type(error).__name__) from error
