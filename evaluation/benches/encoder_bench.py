"""Time encoders and searches side by side: a question, passages of several lengths, memory, files."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from corpus.fiches.document import Document
from evaluation.benches.companions import Companion, in_turns
from evaluation.benches.own_process import silent
from evaluation.benches.retrieval_scores import BenchScores
from evaluation.benches.search_kinds import KINDS
from evaluation.peers.vectors import MiniLm, OurEncoder

_SEED = 20_261_128
CORES = (1, 2)
# Words of a passage: a sentence, a short chunk, one of the size that we aim at, the longest.
WORDS = (30, 80, 150, 250)
_PASSAGES = 16
_ROUNDS = 3
_FOUND = 10
ENCODERS: Mapping[str, type[OurEncoder]] = MappingProxyType({"encoder": OurEncoder, "minilm": MiniLm})


class Timed(BaseModel):
    """What one of those compared takes.

    Attributes:
        name: what it's called in reports.
        question_ms: by number of cores, the median time of a question, in milliseconds.
        passages_s: by number of cores, then by words of a passage, how many it encodes in a second; empty
            for what encodes nothing.
        memory_mb: by how much its process grew at most, in megabytes (10^6 bytes).
        files_mb: size of its encoder's files, in megabytes; 0 without an encoder.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    question_ms: dict[int, float]
    passages_s: dict[int, dict[int, float]]
    memory_mb: float
    files_mb: float


class EncoderScores(BaseModel):
    """A whole bench: what each finds on the sets, and what each takes."""

    model_config = ConfigDict(frozen=True)

    found: BenchScores
    times: list[Timed]


class Searching:
    """A search over the index that a folder holds."""

    def __init__(self, kind: str, folder: Path) -> None:
        """Open it."""
        self._search = KINDS[kind].make((), folder)

    def ask(self, question: str) -> None:
        """Search."""
        self._search.rank(question, _FOUND)


def bench_times(
    searches: Mapping[str, Path],
    encoders: Sequence[str],
    documents: Sequence[Document],
    questions: Sequence[str],
    progress: Callable[[int, int], None] = silent,
) -> list[Timed]:
    """Time them by turns, on one core then on two, each in a process of its own.

    Args:
        searches: by their name in ``KINDS``, the folder of the index of each search.
        encoders: by their name in ``ENCODERS``.
        documents: whose words make the passages.
        questions: what is asked of all.
        progress: told how much is done, of how much.

    Raises:
        MissingPackage: a package that one needs isn't installed.
        ProcessLost: a process died.
    """
    names = [*encoders, *searches]
    batches = {words: passages_of(documents, words) for words in WORDS}
    asked: list[dict[int, float]] = [{} for _ in names]
    encoded: list[dict[int, dict[int, float]]] = [{} for _ in names]
    memory = [0.0 for _ in names]
    for step, cores in enumerate(CORES):
        with ExitStack() as stack:
            companions = [
                stack.enter_context(Companion(ENCODERS[name], cores=cores))
                if name in ENCODERS
                else stack.enter_context(Companion(Searching, name, searches[name], cores=cores))
                for name in names
            ]
            in_turns(companions, [("ask", ("bonjour",))])  # what loads at the first question
            for place, spent in enumerate(in_turns(companions, [("ask", (text,)) for text in questions])):
                asked[place][cores] = median(spent) * 1000
            for words, texts in batches.items():
                rounds = in_turns(companions[: len(encoders)], [("encode", (texts,))] * _ROUNDS)
                for place, spent in enumerate(rounds):
                    encoded[place].setdefault(cores, {})[words] = len(texts) / median(spent)
            memory = [max(most, one.grown_mb) for most, one in zip(memory, companions, strict=True)]
        progress(step + 1, len(CORES))
    return [
        Timed(
            name=ENCODERS[name].name if name in ENCODERS else KINDS[name].name,
            question_ms=asked[place],
            passages_s=encoded[place],
            memory_mb=memory[place],
            files_mb=_size(ENCODERS[name].files()) if name in ENCODERS else 0.0,
        )
        for place, name in enumerate(names)
    ]


def passages_of(documents: Sequence[Document], words: int, count: int = _PASSAGES) -> list[str]:
    """Make passages of so many words each out of the texts of documents, the same at each run.

    Raises:
        ValueError: the documents hold fewer words.
    """
    told = [
        word
        for document in documents
        for _, sentence in document.sentences()
        for word in sentence.text.split()
    ]
    if len(told) < words:
        raise ValueError(f"the documents hold {len(told)} words, not {words}")
    draw = random.Random(_SEED)  # noqa: S311 - repeatable, no secret
    starts = [draw.randrange(len(told) - words + 1) for _ in range(count)]
    return [" ".join(told[start : start + words]) for start in starts]


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
