"""True rewordings and falsifications of statements of the fiches, put to the check of a model’s sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.checking.sentence import SentenceCheck
from assistant.checking.verify import Verifier
from assistant.reply import Citation, CitedSource, Reply
from corpus.fiches.catalogue import Catalogue
from evaluation.exchanges.exchange import read_lines
from evaluation.judging.statistics import Figure, ratio
from ingest.embed import Embedder

WORDING_DIR = Path(__file__).parents[1] / "data" / "wording"
Part = Literal["open", "aside"]


class Worded(BaseModel):
    """A statement said otherwise.

    Attributes:
        id: its scheme and a number.
        part: ``open`` for the work, ``aside`` for measuring only.
        scheme: its scheme.
        kind: what was changed; empty for a true rewording.
        statement: as the fiche says it.
        text: as it's said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    part: Part
    scheme: str
    kind: str = ""
    statement: str
    text: str


class Judged(BaseModel):
    """A rewording and why it was refused; None when it was let through."""

    model_config = ConfigDict(frozen=True)

    worded: Worded
    problem: str | None


class WordingBench(BaseModel):
    """What the check makes of them.

    Attributes:
        refused: share of the true rewordings refused.
        accepted: share of the falsifications let through.
        by_kind: of the falsifications, by kind: how many let through, of how many.
        true: each true rewording.
        false: each falsification.
        quotes: the statements of the fiches that are refused word for word, and why.
        quoted: how many statements there are.
    """

    model_config = ConfigDict(frozen=True)

    refused: Figure
    accepted: Figure
    by_kind: dict[str, tuple[int, int]]
    true: tuple[Judged, ...]
    false: tuple[Judged, ...]
    quotes: tuple[tuple[str, str], ...]
    quoted: int


def worded(name: Literal["true", "false"], part: Part | None = None) -> list[Worded]:
    """The true rewordings, or the falsifications: of one part, or all."""
    rows = read_lines(WORDING_DIR / f"{name}.jsonl", Worded)
    return [row for row in rows if part is None or row.part == part]


def bench_wording(
    catalogue: Catalogue,
    verifier: Verifier,
    embedder: Embedder,
    part: Part | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> WordingBench:
    """Measure the check.

    Args:
        catalogue: the fiches.
        verifier: checks figures, dates, places, schemes.
        embedder: compares a sentence with its passage.
        part: of the rewordings; None for all.
        progress: told how many sentences are judged, of how many.
    """
    judge = Judge(catalogue, verifier, embedder)
    true, false = worded("true", part), worded("false", part)
    every = [
        (scheme.id, sentence)
        for scheme in catalogue.schemes
        for sentence in catalogue.fiche(scheme.id).sentences
    ]
    total = len(true) + len(false) + len(every)
    embedder.embed_passages([text for row in (*true, *false) for text in (row.statement, row.text)])
    judged = _all(judge, true)
    progress(len(judged), total)
    lies = _all(judge, false)
    progress(len(judged) + len(lies), total)
    quotes = [
        (sentence, problem)
        for scheme, sentence in every
        if (problem := judge.problem(scheme, sentence, sentence)) is not None
    ]
    progress(total, total)
    kinds = Counter(item.worded.kind for item in lies)
    through = Counter(item.worded.kind for item in lies if item.problem is None)
    return WordingBench(
        refused=ratio([(float(item.problem is not None), 1.0) for item in judged]),
        accepted=ratio([(float(item.problem is None), 1.0) for item in lies]),
        by_kind={kind: (through[kind], count) for kind, count in kinds.most_common()},
        true=tuple(judged),
        false=tuple(lies),
        quotes=tuple(quotes),
        quoted=len(every),
    )


class Judge:
    """Judges a sentence against one statement, as if a reply cited it alone."""

    def __init__(self, catalogue: Catalogue, verifier: Verifier, embedder: Embedder) -> None:
        """Judge the statements of these fiches."""
        self._catalogue, self._verifier, self._embedder = catalogue, verifier, embedder

    def problem(self, scheme: str, statement: str, text: str) -> str | None:
        """Why a text may not stand for a statement; None when it may."""
        known = self._catalogue.scheme(scheme)
        cited = Citation(
            n=1,
            scheme_id=scheme,
            scheme_name=known.short_name or known.name,
            document_id=f"fiche:{scheme}",
            section="",
            quote=statement,
            sources=tuple(CitedSource(title=source.title, url=source.url) for source in known.sources),
        )
        reply = Reply(status="answered", lines=(), citations=(cited,), schemes=(scheme,))
        lines = self._verifier.check(reply.citations, schemes=reply.schemes)
        return SentenceCheck(reply, lines, self._embedder).judge(f"{text} [1]").problem


def _all(judge: Judge, rows: Iterable[Worded]) -> list[Judged]:
    return [Judged(worded=row, problem=judge.problem(row.scheme, row.statement, row.text)) for row in rows]


def wrong(result: WordingBench) -> Sequence[Judged]:
    """The true rewordings refused, then the falsifications let through."""
    refused = [item for item in result.true if item.problem is not None]
    return [*refused, *(item for item in result.false if item.problem is None)]
