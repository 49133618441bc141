"""Serve a GGUF file on the loopback for as long as the program runs (extra ``local-llm``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import ModelError

# Tokens that a prompt and its reply take together, at most.
_CONTEXT = 2048


def serve_file(path: Path) -> str:
    """Start the server of a file, once; it stops with the program.

    Returns:
        Its address.

    Raises:
        ModelError: there is no such file, it can't be read, or the extra isn't installed.
    """
    if not path.is_file():
        raise ModelError(f"le fichier « {path} » (ASSISTANT_LLM) n’existe pas")
    return str(_server(path.resolve()).listening_address)


def start_server(path: Path, key: str | None = None) -> Any:
    """Start a server of a file; it stops when the program does.

    Args:
        path: a file that exists.
        key: what clients must give; None to serve anyone on the loopback.

    Raises:
        ModelError: the file can't be read, or the extra isn't installed.
    """
    try:
        import xllamacpp
    except ImportError:
        raise ModelError("l’extra « local-llm » n’est pas installé") from None
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.model_alias = {path.stem}
    params.n_ctx, params.n_parallel, params.port, params.verbosity = _CONTEXT, 1, 0, 0
    if key is not None:
        params.api_keys = [key]
    try:
        return xllamacpp.Server(params)
    except (RuntimeError, ValueError, TypeError):
        raise ModelError(f"le fichier « {path.name} » ne se charge pas") from None


_server = cache(start_server)
