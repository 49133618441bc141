"""The word index of a generation (BM25); the only file that knows tantivy.

Accents are folded before stemming, as measured better on French test sets. Elisions ("l’aide",
"jusqu’au") and compounds ("centre-bourg") are split here, tantivy having no filter for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import tantivy

from corpus.folding import fold

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+\d*")
_WRITER_BYTES = 50_000_000
# Function words of questions and prose; content words that look like them ("droit") are kept.
_STOP_WORDS = """
a afin ai aie ainsi ait alors apres as au aucun aucune aupres aussi autre autres aux avait avant avec
avez aviez avions avoir avons ayant bien bonjour c ca car ce ceci cela celle celles celui cependant ces
cet cette ceux chaque chez ci combien comme comment d dans de dehors depuis des deux devra doit doivent
donc dont du elle elles en encore entre es est et etait etant etc ete etes etre eu eux fait faites faire
faut font hors il ils j je jusqu jusque koi l la laquelle le lequel les lesquelles lesquels leur leurs
lors lorsque lui m ma mais malgre me meme memes merci mes mettre mien moi moins mon n ne ni nos notre
nous on ont or ou par parce pas pendant peu peut peuvent peux plus pour pourquoi pouvez pouvons pr puis
puisque puisse qu quand que quel quelle quelles quelque quelques quels qui quoi s sa sans se sera serait
ses si sien sinon soi soit sommes son sont sous suis sur t ta tandis te tel telle telles tels tes toi
ton tous tout toute toutes tres trop tu un une veut veux voici voila voudrais vont vos votre vous vu y
""".split()  # noqa: SIM905 - a page of quotes would hide the words


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A chunk found by its words, with its BM25 score."""

    chunk_id: str
    score: float


class LexicalIndex:
    """Search in the word index of one generation."""

    def __init__(self, index: tantivy.Index) -> None:
        """Wrap an index made by :func:`build_lexical`."""
        index.register_tokenizer("french", _analyzer())
        index.reload()
        self._index = index
        self._searcher = index.searcher()

    def search(self, question: str, limit: int, scheme_id: str | None = None) -> list[LexicalHit]:
        """Return the best chunks for the words of a question, best first; none when no word is known."""
        words = analyse(question)
        if not words:
            return []
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._index.schema, "text", word))
            for word in dict.fromkeys(words)
        ]
        query = tantivy.Query.boolean_query(terms)
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

    def __len__(self) -> int:
        """How many chunks the index holds."""
        return int(self._searcher.num_docs)


def split_words(text: str) -> list[str]:
    """Split a text into folded words: elisions and compounds apart, figures kept whole."""
    return _TOKEN.findall(fold(text))


@lru_cache(maxsize=50_000)
def analyse(text: str) -> tuple[str, ...]:
    """Return the stems that the index would hold for a text, stop words left out."""
    return tuple(_analyzer().analyze(" ".join(split_words(text))))


def build_lexical(folder: Path | None, rows: Iterable[tuple[str, str | None, str]]) -> LexicalIndex:
    """Build the word index of a generation.

    Args:
        folder: where to write it; None keeps it in memory.
        rows: chunk id, scheme id or None, searched text.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(_schema(), path=None if folder is None else str(folder))
    index.register_tokenizer("french", _analyzer())
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for chunk_id, scheme_id, text in rows:
        writer.add_document(
            tantivy.Document(id=[chunk_id], scheme=[scheme_id or ""], text=[" ".join(split_words(text))])
        )
    writer.commit()
    writer.wait_merging_threads()
    return LexicalIndex(index)


def open_lexical(folder: Path) -> LexicalIndex | None:
    """Open the word index of a generation; None when it's missing or damaged (rebuild it then)."""
    if not (folder / "meta.json").is_file():
        return None
    try:
        return LexicalIndex(tantivy.Index.open(str(folder)))
    except ValueError:
        return None


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.custom_stopword(_STOP_WORDS))
        .filter(tantivy.Filter.stemmer("French"))
        .build()
    )


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("scheme", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=False, tokenizer_name="french", index_option="freq")
    return builder.build()
