"""A fold whose fiches are plain pages: written as files, loaded as any officer's, out of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from corpus.fiches.catalogue import SCHEMES_DIR, Catalogue, load_catalogue
from corpus.fiches.fiche import Fiche
from evaluation.folds.askable import as_asked_of_pages
from evaluation.folds.corpus import FoldCorpus, Kind, questions_without
from evaluation.folds.folds import Fold
from evaluation.folds.page_files import FORMATS, WITHOUT_TABLES
from evaluation.folds.page_lines import lines_of
from evaluation.folds.restored import FoldPage, Restoring
from ingest.chunk import chunk_document
from ingest.load import load_page


def corpus_of_pages(fold: Fold, folder: Path, schemes_dir: Path = SCHEMES_DIR) -> FoldCorpus:
    """The other fiches, and those of the fold as pages written in a folder: HTML, text, Markdown in turn."""
    whole = load_catalogue(schemes_dir, questions_without(fold.schemes))
    own = [fiche for name, fiche in whole.fiches.items() if name in fold.schemes]
    pages = [write_page(fiche, folder, rank) for rank, fiche in enumerate(own)]
    catalogue = catalogue_without(whole, fold)
    documents = (
        *(fiche.as_document for fiche in catalogue.fiches.values()),
        *(page.document for page in pages),
    )
    texts = {chunk.id: chunk.text for page in pages for chunk in chunk_document(page.document)}
    restoring = Restoring({page.document.id: page for page in pages}, texts)
    stand_ins = {page.document.id: page.scheme for page in pages}
    return FoldCorpus(catalogue, documents, restoring.outcome, restoring.passage, stand_ins)


def write_page(fiche: Fiche, folder: Path, rank: int) -> FoldPage:
    """Write the page of a fiche in a folder, its format by its rank among those of the fold, and load it.

    Raises:
        LoadError: ingestion can't read it.
    """
    suffix = list(FORMATS)[rank % len(FORMATS)]
    lines = lines_of(fiche, with_tables=suffix not in WITHOUT_TABLES)
    path = folder / f"{fiche.scheme.id}{suffix}"
    path.write_text(FORMATS[suffix](lines), encoding="utf-8")
    return FoldPage.of(fiche.scheme.id, load_page(path), path, lines)


def catalogue_without(catalogue: Catalogue, fold: Fold) -> Catalogue:
    """The catalogue without the fiches of a fold, nor what others say of them in typed relations."""
    kept = {}
    for name, fiche in catalogue.fiches.items():
        if name not in fold.schemes:
            relations = tuple(link for link in fiche.scheme.relations if link.scheme not in fold.schemes)
            kept[name] = replace(fiche, scheme=fiche.scheme.model_copy(update={"relations": relations}))
    return Catalogue(MappingProxyType(kept))


DOCUMENT = Kind(
    "document",
    "fiches données comme de simples pages",
    corpus_of_pages,
    as_asked_of_pages,
    knows_fiches=False,
)
