"""Turn texts into vectors; the only file that knows sentence-transformers."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from ingest.errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
DEFAULT_ENCODER = "default"
ENCODER_DIR = Path(__file__).parent / "encoder"
_TABLE = ENCODER_DIR / "french-static-512-int8.safetensors"
_TOKENIZER = ENCODER_DIR / "tokenizer.json"
_BATCH = 256
_QUESTIONS_KEPT = 256
_SAMPLE_BYTES = 65_536


class Embedder(Protocol):
    """What turns texts into unit vectors.

    Attributes:
        name: identifies the encoder and its weights; kept in the manifest of an index.
        dimension: length of a vector.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def dimension(self) -> int: ...  # noqa: D102

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Return the vectors of passages: float32, shape (len(texts), dimension), rows of norm 1."""
        ...

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,); all zeros when nothing is known."""
        ...


class SentenceTransformerEmbedder:
    """An encoder of sentence-transformers behind the :class:`Embedder` seam."""

    def __init__(
        self, model: SentenceTransformer, name: str, query_prefix: str = "", passage_prefix: str = ""
    ) -> None:
        """Wrap a loaded model; the prefixes are put before questions and passages."""
        self._model = model
        self.name = name
        dimension = model.get_embedding_dimension()
        if not dimension:
            raise EmbedderError(f"L’encodeur « {name} » ne dit pas sa dimension. Choisissez-en un autre.")
        self.dimension = int(dimension)
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        # One question is encoded several times on its way to a reply.
        self._questions = lru_cache(maxsize=_QUESTIONS_KEPT)(self._embed_question)

    def embed_passages(self, texts: list[str]) -> Vectors:
        """See :class:`Embedder`. A text without a known word gets a neutral unit vector."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        prefixed = [self._passage_prefix + text for text in texts]
        vectors = _unit(self._encode(prefixed, "document"))
        empty = ~vectors.any(axis=1)
        vectors[empty] = 1 / np.sqrt(self.dimension)
        return vectors

    def embed_question(self, text: str) -> Vectors:
        """See :class:`Embedder`."""
        if not text.strip():
            return np.zeros(self.dimension, dtype=np.float32)
        return self._questions(text)

    def _embed_question(self, text: str) -> Vectors:
        vector: Vectors = _unit(self._encode([self._query_prefix + text], "query"))[0]
        vector.flags.writeable = False
        return vector

    def _encode(self, texts: list[str], task: str) -> Vectors:
        encode = self._model.encode_query if task == "query" else self._model.encode_document
        vectors = encode(texts, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, dtype=np.float32)


class LangChainEmbeddings(Embeddings):
    """An :class:`Embedder` as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        """Wrap the embedder."""
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a passage."""
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector: list[float] = self._embedder.embed_question(text).tolist()
        return vector


def encoder_name(encoder: str) -> str:
    """Return the name that an index made with this setting bears, without loading the model."""
    if encoder != DEFAULT_ENCODER:
        path = Path(encoder)
        return f"folder:{path.name}:{_fingerprint(path)}" if path.is_dir() else encoder
    digest = hashlib.sha256(_TABLE.read_bytes()).hexdigest()[:12] if _TABLE.is_file() else "missing"
    return f"french-static-512:{digest}"


def load_embedder(
    encoder: str = DEFAULT_ENCODER, query_prefix: str | None = None, passage_prefix: str | None = None
) -> SentenceTransformerEmbedder:
    """Load an encoder.

    Args:
        encoder: ``default`` for the French table shipped here (no network), or the name or the
            folder of any sentence-transformers model.
        query_prefix: text put before a question; None for what the model asks for.
        passage_prefix: text put before a passage; None for what the model asks for.

    Raises:
        EmbedderError: the model can't be loaded; the message says what to do.
    """
    if encoder == DEFAULT_ENCODER:
        return SentenceTransformerEmbedder(
            _static(*read_table()),
            _prefixed_name(encoder, passage_prefix or ""),
            query_prefix or "",
            passage_prefix or "",
        )
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(encoder, device="cpu")
    except Exception as error:
        raise EmbedderError(
            f"L’encodeur « {encoder} » n’a pas pu être chargé ({type(error).__name__}). Si cette machine "
            "n’atteint pas le dépôt de modèles, copiez le modèle dans un dossier et donnez ce dossier "
            "dans ASSISTANT_ENCODER, ou retirez ce réglage pour l’encodeur fourni."
        ) from error
    asks = _asked_prefixes(encoder, model)
    query = asks[0] if query_prefix is None else query_prefix
    passage = asks[1] if passage_prefix is None else passage_prefix
    return SentenceTransformerEmbedder(model, _prefixed_name(encoder, passage), query, passage)


@cache
def french_words() -> frozenset[str]:
    """Return the folded French words of the default encoder's vocabulary (about 20,000)."""
    from tokenizers import Tokenizer

    vocabulary = Tokenizer.from_file(str(_TOKENIZER)).get_vocab()
    return frozenset(word for word in vocabulary if word.isalpha())


def _prefixed_name(encoder: str, passage_prefix: str) -> str:
    """Name an encoder with what it puts before passages: another prefix makes other vectors."""
    name = encoder_name(encoder)
    return f"{name} [{passage_prefix.strip()}]" if passage_prefix.strip() else name


def _fingerprint(folder: Path) -> str:
    """Digest of a model's files: their names, sizes, first and last bytes (whole weights take seconds)."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder)}\0{size}\0".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE_BYTES))
            file.seek(max(0, size - _SAMPLE_BYTES))
            digest.update(file.read())
    return digest.hexdigest()[:12]


def _asked_prefixes(encoder: str, model: Any) -> tuple[str, str]:
    """Prefixes of the E5 family, which its model files leave out; other models carry their prompts."""
    prompts = {name: text for name, text in (model.prompts or {}).items() if text}
    is_e5 = "e5" in Path(encoder).name.lower().replace("_", "-").split("-")
    return ("query: ", "passage: ") if is_e5 and not prompts else ("", "")


def read_table() -> tuple[Tokenizer, Vectors]:
    """Read the French static table: its tokenizer, and its weights, shape (words, dimension).

    Raises:
        EmbedderError: its files are missing or damaged.
    """
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    try:
        table = load_file(_TABLE)
        tokenizer = Tokenizer.from_file(str(_TOKENIZER))
    except Exception as error:
        raise EmbedderError(
            f"Les fichiers de l’encodeur fourni sont absents ou abîmés dans « {ENCODER_DIR} ». "
            "Réinstallez le projet (make setup)."
        ) from error
    # int8 rows with a scale a row
    return tokenizer, table["weight"].astype(np.float32) * table["scale"].reshape(-1, 1)


def embedder_of_table(tokenizer: Tokenizer, weights: Vectors, name: str) -> SentenceTransformerEmbedder:
    """Make an encoder of a static table: a text's vector is the mean of its words'."""
    return SentenceTransformerEmbedder(_static(tokenizer, weights), name)


def save_table(tokenizer: Tokenizer, weights: Vectors, folder: Path) -> None:
    """Save a static table as a sentence-transformers model, to be named by ``ASSISTANT_ENCODER``.

    Raises:
        EmbedderError: the folder can't be written.
    """
    try:
        _static(tokenizer, weights).save(str(folder))
    except OSError as error:
        raise EmbedderError(
            f"Le modèle n’a pas pu être écrit dans « {folder} » ({error.strerror}). Donnez un autre dossier."
        ) from error


def _static(tokenizer: Tokenizer, weights: Vectors) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    return SentenceTransformer(modules=[module], device="cpu")


def _unit(vectors: Vectors) -> Vectors:
    """Scale rows to norm 1; rows of zeros or with a NaN become zeros."""
    vectors = np.nan_to_num(vectors)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 1e-12)
    return unit
