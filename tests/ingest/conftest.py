"""Small real parts for the tests of ingestion: an encoder without a model, a corpus, an index."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.fiches.document import Block, Document, Section, Sentence
from corpus.source import Source
from ingest.generations import Generations
from ingest.pipeline import IngestReport, ingest

DIMENSION = 48
WORDS = [
    "la",
    "commune",
    "aide",
    "place",
    "école",
    "halle",
    "mairie",
    "travaux",
    "région",
    "dossier",
    "taux",
    "plafond",
    "euros",
    "haie",
    "arbre",
    "chemin",
    "lavoir",
    "église",
    "rénovation",
    "énergie",
    "toiture",
    "bourg",
    "commerce",
    "vitrine",
    "marché",
    "eau",
    "rivière",
]


class FakeEmbedder:
    """Hashed bags of words as unit vectors; counts what goes through it."""

    def __init__(self, name: str = "fake:1", dimension: int = DIMENSION) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []

    def _vector(self, text: str) -> np.ndarray[Any, np.dtype[np.float32]]:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[int(hashlib.md5(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def embed_passages(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        self.embedded += texts
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def embed_question(self, text: str) -> np.ndarray[Any, np.dtype[np.float32]]:
        return self._vector(text)

    def embed_questions(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)


def paragraph(number: int, sentences: int = 6) -> str:
    """Sentences of 18 words that say which document they are from; the same number, the same text."""
    return " ".join(
        f"Le document {number} dit en phrase {place} que "
        + " ".join(WORDS[(number * 7 + place * 5 + step * 3) % len(WORDS)] for step in range(10))
        + "."
        for place in range(sentences)
    )


def page(number: int) -> str:
    """A plain Markdown page of two sections, each long enough for a chunk of its own."""
    objet, montant = paragraph(number), paragraph(number + 1000)
    return f"# Page {number}\n\n## Objet {number}\n{objet}\n\n## Montant {number}\n{montant}\n"


def fiche(name: str, text: str) -> str:
    """A fiche that the loader accepts."""
    return f"""\
---
id: {name}
name: Aide {name}
aliases: [{name}]
funder: region
aid_types: [grant]
beneficiaries: [commune]
topics: [general]
status: {{state: unknown, as_of: 2024}}
checked: 2026-11-23
sources:
  - {{n: 1, title: "Une page", publisher: La Région, published: 2023-07-07}}
---
## Objet
{text} [1]
"""


def make_document(*sections: tuple[tuple[str, ...], list[str]], **fields: Any) -> Document:
    """A document whose sections are paths with paragraphs; a paragraph is one block."""
    values: dict[str, Any] = {
        "id": "doc:essai",
        "title": "Essai",
        "scheme_id": None,
        "path": "essai.md",
        "published": None,
        "updated": None,
        "sources": (Source(n=1, title="Une page", publisher="La mairie"),),
    }
    return Document(
        **(values | fields),
        sections=tuple(
            Section(path, tuple(Block((Sentence(text, (1,)),)) for text in texts)) for path, texts in sections
        ),
    )


class Workshop:
    """A folder of fiches, a folder of pages, an index, and the ingestion that ties them."""

    def __init__(self, root: Path) -> None:
        self.schemes = root / "schemes"
        self.pages = root / "pages"
        self.index_dir = root / "index"
        for folder in (self.schemes, self.pages):
            folder.mkdir()
        self.embedder = FakeEmbedder()
        self.write_fiche("lavoirs", paragraph(1))
        self.write_fiche("haies", paragraph(2))

    @property
    def generations(self) -> Generations:
        return Generations(self.index_dir, "essai")

    def write_fiche(self, name: str, text: str) -> Path:
        path = self.schemes / f"{name}.md"
        path.write_text(fiche(name, text), encoding="utf-8")
        return path

    def write_page(self, number: int, text: str | None = None) -> Path:
        path = self.pages / f"page-{number:04}.md"
        path.write_text(page(number) if text is None else text, encoding="utf-8")
        return path

    def run(self, *paths: Path, forget: tuple[Path, ...] = (), **options: Any) -> IngestReport:
        """Ingest, counting anew what goes through the encoder."""
        self.embedder.embedded.clear()
        return ingest(self.generations, self.embedder, paths, forget, schemes_dir=self.schemes, **options)

    def folders(self) -> set[str]:
        """Names of the generations on disk."""
        return {path.name for path in (self.index_dir / "essai").glob("*")}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def document() -> Callable[..., Document]:
    return make_document
