"""Errors of libraries written in Rust: their panics, which no ``except Exception`` catches, become errors."""

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
