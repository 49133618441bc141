"""The questions that people ask about schemes, mended, cut into terms, encoded: made once, then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

import ingest
from assistant.search.fiche_vectors import question_vectors
from assistant.search.rare_terms import TermCounts, count_terms, pieces
from corpus.fiches.catalogue import Catalogue
from ingest.embed import Embedder, Vectors
from ingest.kept import Form, Kept, Packed, digest_of, digest_of_files
from ingest.lexical import analyse


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """Questions as a new one is compared with them.

    Attributes:
        texts: the questions, mended.
        stems: the stems of their words, in the order of ``texts``.
        pieces: the pieces of their words, in the same order.
        vectors: what they mean, shape (len(texts), dimension).
    """

    texts: Sequence[str]
    stems: TermCounts
    pieces: TermCounts
    vectors: Vectors


def known_questions(
    catalogue: Catalogue,
    embedder: Embedder,
    repaired: Callable[[str], str] = str,
    kept: Kept | None = None,
    mending: Iterable[str] = (),
) -> KnownQuestions:
    """Return the questions of a catalogue, fiche after fiche.

    Args:
        catalogue: the schemes, with their questions.
        embedder: encodes them.
        repaired: mends the spelling of a question, as it's done for the new ones.
        kept: where they are kept.
        mending: what tells one way to mend from another, where they are kept.
    """
    kept = kept or Kept()
    asked = [question.text for fiche in catalogue.fiches.values() for question in fiche.asked]

    def make() -> _Cut:
        texts = [repaired(text) for text in asked]
        return _Cut(texts, count_terms(map(analyse, texts)), count_terms(map(pieces, texts)))

    cut = kept.value(_FORM, digest_of((_program(), *mending, "", *asked)), make)
    vectors, first = [np.zeros((0, embedder.dimension), dtype=np.float32)], 0
    for name, fiche in catalogue.fiches.items():
        own = cut.texts[first : first + len(fiche.asked)]
        first += len(own)
        if own:
            vectors.append(question_vectors(name, own, embedder, kept))
    return KnownQuestions(cut.texts, cut.stems, cut.pieces, np.concatenate(vectors))


@dataclass(frozen=True, slots=True)
class _Cut:
    """Questions, mended, and their terms."""

    texts: Sequence[str]
    stems: TermCounts
    pieces: TermCounts


@cache
def _program() -> str:
    """Digest of what cuts questions into terms."""
    return digest_of_files((*Path(__file__).parent.glob("*.py"), *Path(ingest.__file__).parent.glob("*.py")))


def _packed(cut: _Cut) -> Packed:
    counts = {"stems": cut.stems, "pieces": cut.pieces}
    return Packed(
        {"texts": cut.texts, **{name: terms.terms for name, terms in counts.items()}},
        {
            f"{name}-{part}": getattr(terms, part)
            for name, terms in counts.items()
            for part in ("starts", "texts", "counts")
        },
    )


def _unpacked(packed: Packed) -> _Cut:
    return _Cut(packed.values["texts"], _counts(packed, "stems"), _counts(packed, "pieces"))


def _counts(packed: Packed, name: str) -> TermCounts:
    arrays: Mapping[str, np.ndarray] = packed.arrays
    return TermCounts(
        terms=tuple(packed.values[name]),
        starts=arrays[f"{name}-starts"],
        texts=arrays[f"{name}-texts"],
        counts=arrays[f"{name}-counts"],
        size=len(packed.values["texts"]),
    )


_FORM = Form("questions", _packed, _unpacked)
