"""Run an encoder kept as ONNX in a folder, by onnxruntime and tokenizers: neither torch nor transformers.

One session serves every thread, each run on one thread, at most as many runs at once as there are cores:
twenty users who ask together wait for one another instead of fighting for the cores. Each text is a run of
its own, the passages of an ingestion side by side: its vector is then the same to the last bit whatever is
encoded with it, and batches gain nothing on a processor.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.encoder_folder import MODEL, OUTPUT, TOKENIZER, check_files, dimension_of, longest_of, unusable
from ingest.errors import EmbedderError
from ingest.text_embedder import Task
from ingest.vectors import Vectors

Pieces = NDArray[np.int64]
_INPUTS = ("input_ids", "attention_mask")
_SILENT = ("<unk>", "▁", "<s>", "</s>")
# No 512 pieces are longer than this together: what follows is never read, so it isn't cut into pieces.
_MOST_CHARACTERS = 8_192
# Texts cut into pieces at once, so that memory doesn't grow with the corpus.
_WINDOW = 1024
_RUNS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_ONLY_ERRORS = 3


class OnnxModel:
    """An encoder as ONNX: its session is opened when the first text comes, its files are checked before."""

    def __init__(self, folder: Path) -> None:
        """Check the files of a folder.

        Args:
            folder: holds ``onnx/model.onnx`` (``input_ids`` and ``attention_mask`` to
                ``sentence_embedding``), ``tokenizer.json``, and ``SHA256SUMS`` if whoever made it left one.

        Raises:
            EmbedderError: a file is missing, cut short or another than its sum says.
        """
        self._folder = folder
        check_files(folder)
        self.dimension = dimension_of(folder)
        self._opening = Lock()
        self._free = BoundedSemaphore(_RUNS)

    def encode(self, texts: list[str], prefix: str, task: Task) -> Vectors:
        """Return the vectors of texts, shape (len(texts), dimension); zeros for texts of unknown pieces only.

        Args:
            texts: what follows their 512th piece isn't read.
            prefix: put before each.
            task: not used, the prefix tells questions from passages.

        Raises:
            EmbedderError: the session can't be opened or run.
        """
        with self._opening:  # the first caller opens, the others wait
            _ = self._tokenizer, self._session
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        least = self._known(self._pieces(prefix))
        for start in range(0, len(texts), _WINDOW):
            pieces = [self._pieces(prefix + text) for text in texts[start : start + _WINDOW]]
            told = [place for place, own in enumerate(pieces) if self._known(own) > least]
            vectors[[start + place for place in told]] = self._encoded([pieces[place] for place in told])
        return vectors

    def _encoded(self, pieces: Sequence[Pieces]) -> Vectors:
        """Return the vectors of texts cut into pieces, in the order given."""
        if len(pieces) == 1:  # a question: no threads for it
            return self._run(pieces[0])[None]
        with ThreadPoolExecutor(_RUNS) as pool:
            rows = list(pool.map(self._run, pieces))
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)

    def _known(self, pieces: Pieces) -> int:
        """How many pieces stand for something."""
        return int(np.isin(pieces, self._silent, invert=True).sum())

    def _pieces(self, text: str) -> Pieces:
        """Numbers of the pieces of a text; lone surrogates, which no encoder knows, are replaced."""
        cut = text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
        return np.array(self._tokenizer.encode(cut).ids, dtype=np.int64)

    def _run(self, pieces: Pieces) -> Vectors:
        """Return the vector of one text, shape (dimension,)."""
        ids = pieces[None]
        with self._free:
            try:
                (rows,) = self._session.run(
                    [OUTPUT], dict(zip(_INPUTS, (ids, np.ones_like(ids)), strict=True))
                )
            except Exception as error:
                raise unusable(self._folder, error) from error
        return np.asarray(rows[0], dtype=np.float32)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        except Exception as error:
            raise unusable(self._folder, error) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(longest_of(self._folder))
        return tokenizer

    @cached_property
    def _silent(self) -> list[int]:
        """Pieces that stand for nothing: a blank, and what the encoder doesn't know."""
        numbers = (self._tokenizer.token_to_id(piece) for piece in _SILENT)
        return [number for number in numbers if number is not None]

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = _ONLY_ERRORS
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The arena keeps the memory of the largest batch for ever: a gigabyte after an ingestion.
        options.enable_cpu_mem_arena = False
        # The file is written as it's best run; rewriting it again would double the time to open it.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            session = onnxruntime.InferenceSession(
                str(self._folder / MODEL), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise unusable(self._folder, error) from error
        takes, gives = (
            {item.name for item in items} for items in (session.get_inputs(), session.get_outputs())
        )
        if takes != set(_INPUTS) or OUTPUT not in gives:
            raise EmbedderError(
                f"« {self._folder / MODEL} » n’est pas un encodeur de phrases : il doit lire "
                f"« {_INPUTS[0]} » et « {_INPUTS[1]} », et donner « {OUTPUT} ». Donnez un autre dossier "
                "dans ASSISTANT_ENCODER, ou retirez ce réglage pour l’encodeur fourni."
            )
        return session
