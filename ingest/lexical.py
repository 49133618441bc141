"""The word and letter index of a generation (BM25 over both); the only file that knows tantivy.

Accents are folded before stemming, as measured better on French test sets. Elisions ("l’aide",
"jusqu’au"), compounds ("centre-bourg") and n-grams of letters are cut by :mod:`ingest.words`: tantivy has
no filter for the former, and its own n-grams run over the ends of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import tantivy

from ingest.native import NativePanic, failures_to_write, panics_as_errors
from ingest.vocabulary import count_words
from ingest.words import STOP_WORDS, grams, split_words

_WRITER_BYTES = 50_000_000
# Beyond so many chunks an index holds words only: letters take as long to index as all the rest, and their
# search grows with the corpus (docs/decisions/0008).
LETTERS_UP_TO = 100_000


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A chunk found by its words or letters, with its BM25 score."""

    chunk_id: str
    score: float


class LexicalIndex:
    """Search in the word and letter index of one generation."""

    def __init__(self, index: tantivy.Index) -> None:
        """Wrap an index made by :func:`build_lexical`."""
        _register(index)
        index.reload()
        self._index = index
        self._searcher = index.searcher()

    def search(self, question: str, limit: int, scheme_id: str | None = None) -> list[LexicalHit]:
        """Return the best chunks for the words of a question, best first; none when no word is known."""
        return self._search("text", analyse(question), limit, scheme_id)

    def search_letters(self, question: str, limit: int, scheme_id: str | None = None) -> list[LexicalHit]:
        """Return the best chunks for the n-grams of a question, best first: near spellings are found."""
        return self._search("grams", grams(split_words(question)), limit, scheme_id)

    def _search(
        self, field: str, terms: Sequence[str], limit: int, scheme_id: str | None
    ) -> list[LexicalHit]:
        if not terms:
            return []
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._index.schema, field, term))
                for term in dict.fromkeys(terms)
            ]
        )
        if scheme_id is not None:
            only = tantivy.Query.const_score_query(
                tantivy.Query.term_query(self._index.schema, "scheme", scheme_id), 0.0
            )
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)])
        found = self._searcher.search(query, limit).hits
        return [
            LexicalHit(str(self._searcher.doc(address)["id"][0]), float(score)) for score, address in found
        ]

    def document_frequency(self, word: str) -> int:
        """Return in how many chunks an analysed word occurs."""
        return int(self._searcher.doc_freq("text", word))

    @property
    def has_letters(self) -> bool:
        """Whether letters can be searched too."""
        return len(self) <= LETTERS_UP_TO

    def __len__(self) -> int:
        """How many chunks the index holds."""
        return int(self._searcher.num_docs)


@lru_cache(maxsize=50_000)
def analyse(text: str) -> tuple[str, ...]:
    """Return the stems that the index would hold for a text, stop words left out."""
    return tuple(_analyzer().analyze(" ".join(split_words(text))))


def build_lexical(
    folder: Path | None,
    rows: Iterable[tuple[str, str | None, str]],
    *,
    letters: bool = True,
    counts: Counter[str] | None = None,
) -> LexicalIndex:
    """Build the word and letter index of a generation.

    Args:
        folder: where to write it; None keeps it in memory.
        rows: chunk id, scheme id or None, searched text.
        letters: whether to index letters too.
        counts: where the words are counted, for the vocabulary.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with failures_to_write():
        index = tantivy.Index(_schema(), path=None if folder is None else str(folder))
        _register(index)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for chunk_id, scheme_id, text in rows:
            words = split_words(text)
            if counts is not None:
                count_words(words, counts)
            writer.add_document(
                tantivy.Document(
                    id=[chunk_id],
                    scheme=[scheme_id or ""],
                    text=[" ".join(words)],
                    grams=[" ".join(grams(words)) if letters else ""],
                )
            )
        writer.commit()
        writer.wait_merging_threads()
    return LexicalIndex(index)


def open_lexical(folder: Path) -> LexicalIndex | None:
    """Open the word and letter index of a generation; None when it's missing or damaged (rebuild it then)."""
    if not (folder / "meta.json").is_file():
        return None
    try:
        with panics_as_errors():
            return LexicalIndex(tantivy.Index.open(str(folder)))
    except (ValueError, NativePanic):
        return None


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.custom_stopword(sorted(STOP_WORDS)))
        .filter(tantivy.Filter.stemmer("French"))
        .build()
    )


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer("french", _analyzer())
    index.register_tokenizer("cut", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("scheme", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=False, tokenizer_name="french", index_option="freq")
    builder.add_text_field("grams", stored=False, tokenizer_name="cut", index_option="freq")
    return builder.build()
