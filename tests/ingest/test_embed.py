"""The encoder behind its seam: the table shipped here, and a small model made by the test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pytest_socket

from ingest.embed import LangChainEmbeddings, SentenceTransformerEmbedder, encoder_name, load_embedder
from ingest.errors import EmbedderError

WORDS = ["[UNK]", "commune", "aide", "lavoir", "haie", "query", "passage", ":"]


@pytest.fixture
def no_network() -> Iterator[None]:
    import sentence_transformers  # noqa: F401 - what it imports makes subclasses of sockets

    pytest_socket.disable_socket()
    yield
    pytest_socket.enable_socket()


class RecordingModel:
    """What the embedder needs of a sentence-transformers model; keeps the texts it was given."""

    def __init__(self, row: list[float], dimension: int | None = None) -> None:
        self.row = row
        self.dimension = len(row) if dimension is None else dimension
        self.texts: list[tuple[str, str]] = []

    def get_embedding_dimension(self) -> int:
        return self.dimension

    def encode_query(self, texts: list[str], **_options: Any) -> np.ndarray:
        return self._encode("query", texts)

    def encode_document(self, texts: list[str], **_options: Any) -> np.ndarray:
        return self._encode("document", texts)

    def _encode(self, task: str, texts: list[str]) -> np.ndarray:
        self.texts += [(task, text) for text in texts]
        return np.array([self.row] * len(texts), dtype=np.float64)


def wrapped(row: list[float], *prefixes: str) -> tuple[SentenceTransformerEmbedder, RecordingModel]:
    model = RecordingModel(row)
    return SentenceTransformerEmbedder(model, "essai", *prefixes), model  # type: ignore[arg-type]


class TestTheSeam:
    def test_rows_are_unit_vectors_of_float32(self) -> None:
        embedder, _ = wrapped([3.0, 4.0])
        vectors = embedder.embed_passages(["a", "b"])
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(vectors, [[0.6, 0.8]] * 2, rtol=1e-6)
        np.testing.assert_allclose(embedder.embed_question("a"), [0.6, 0.8], rtol=1e-6)

    def test_prefixes_are_put_before_the_texts(self) -> None:
        embedder, model = wrapped([1.0, 0.0], "question : ", "texte : ")
        embedder.embed_passages(["haie"])
        embedder.embed_question("lavoir ?")
        assert model.texts == [("document", "texte : haie"), ("query", "question : lavoir ?")]

    def test_no_passage_gives_no_row(self) -> None:
        embedder, model = wrapped([1.0, 0.0, 0.0])
        assert embedder.embed_passages([]).shape == (0, 3)
        assert model.texts == []

    @pytest.mark.parametrize("text", ["", " ", "\n\t"])
    def test_a_blank_question_gives_zeros_whatever_the_prefix(self, text: str) -> None:
        embedder, model = wrapped([1.0, 0.0], "question : ")
        assert embedder.embed_question(text).tolist() == [0.0, 0.0]
        assert model.texts == []

    @pytest.mark.parametrize("row", [[0.0, 0.0], [float("nan"), 0.0]])
    def test_a_text_without_a_known_word(self, row: list[float]) -> None:
        embedder, _ = wrapped(row)
        assert embedder.embed_question("zzz").tolist() == [0.0, 0.0]
        np.testing.assert_allclose(embedder.embed_passages(["zzz"]), [[0.5**0.5] * 2], rtol=1e-6)

    def test_a_model_without_a_dimension_is_refused(self) -> None:
        with pytest.raises(
            EmbedderError, match=r"« essai » ne dit pas sa dimension\. Choisissez-en un autre"
        ):
            SentenceTransformerEmbedder(RecordingModel([1.0], 0), "essai")  # type: ignore[arg-type]


def test_the_name_of_the_table_tells_its_weights() -> None:
    name = encoder_name("default")
    assert name.startswith("french-static-512:")
    assert len(name.partition(":")[2]) == 12


def test_the_name_of_a_folder_tells_its_content(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    weights = folder / "model.safetensors"
    weights.write_bytes(b"\0" * 200_000)
    first = encoder_name(str(folder))
    assert first.startswith("folder:tiny:")
    assert encoder_name(str(folder)) == first
    for content in (b"\1" + b"\0" * 199_999, b"\0" * 199_999 + b"\1", b"\0" * 200_001):
        weights.write_bytes(content)
        assert encoder_name(str(folder)) != first


def test_the_name_of_a_model_of_the_hub_is_its_own() -> None:
    assert encoder_name("intfloat/multilingual-e5-small") == "intfloat/multilingual-e5-small"


def test_langchain_gets_plain_lists(embedder) -> None:
    from langchain_core.embeddings import Embeddings

    embeddings = LangChainEmbeddings(embedder)
    assert isinstance(embeddings, Embeddings)
    documents = embeddings.embed_documents(["haie", "lavoir"])
    assert documents == embedder.embed_passages(["haie", "lavoir"]).tolist()
    assert embeddings.embed_documents([]) == []
    query = embeddings.embed_query("haie")
    assert query == documents[0]
    assert type(documents[0]) is list
    assert type(query[0]) is float


@pytest.fixture(scope="module")
def table() -> SentenceTransformerEmbedder:
    return load_embedder()


@pytest.mark.model
class TestTheTableShippedHere:
    def test_dimension_and_unit_norms_without_a_network(self, no_network) -> None:
        table = load_embedder()
        vectors = table.embed_passages(["Une aide aux communes.", "Les lavoirs.", "x" * 5000])
        assert (table.dimension, vectors.shape, vectors.dtype) == (512, (3, 512), np.float32)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert np.linalg.norm(table.embed_question("aide")) == pytest.approx(1, abs=1e-5)

    def test_texts_of_one_subject_are_nearer(self, table) -> None:
        question = table.embed_question("subvention pour installer des caméras dans le village")
        near, far = table.embed_passages(
            [
                "La Région aide les communes à financer la vidéoprotection de la voie publique.",
                "Le régime forestier s’applique aux bois et forêts des collectivités.",
            ]
        )
        assert question @ near > question @ far + 0.1

    def test_accents_and_case_mean_nothing(self, table) -> None:
        np.testing.assert_allclose(
            table.embed_question("RENOVATION ENERGETIQUE"),
            table.embed_question("rénovation énergétique"),
            atol=1e-5,
        )

    def test_the_same_text_alone_or_among_others_gives_the_same_vector(self, table) -> None:
        texts = [f"Le dossier {number} de la commune." for number in range(300)]
        many = table.embed_passages(texts)
        np.testing.assert_allclose(table.embed_passages(texts[123:124])[0], many[123], atol=1e-6)
        np.testing.assert_allclose(table.embed_question(texts[123]), many[123], atol=1e-6)

    def test_an_empty_text(self, table) -> None:
        assert not table.embed_question("").any()
        assert not table.embed_question("   ").any()
        assert np.linalg.norm(table.embed_passages(["", "aide"])[0]) == pytest.approx(1)

    def test_its_name_is_that_of_the_setting(self, table) -> None:
        assert table.name == encoder_name("default")

    def test_another_passage_prefix_is_another_encoder(self, table) -> None:
        other = load_embedder(query_prefix="q : ", passage_prefix="passage : ")
        assert other.name != table.name
        assert load_embedder(query_prefix="q : ").name == table.name
        assert other.embed_passages(["haie"]) @ table.embed_question("passage : haie") == pytest.approx(
            1, abs=1e-5
        )

    def test_it_serves_langchain(self, table) -> None:
        embeddings = LangChainEmbeddings(table)
        assert len(embeddings.embed_query("aide")) == 512
        assert np.shape(embeddings.embed_documents(["aide", "commune"])) == (2, 512)

    def test_missing_files_are_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ingest.embed._TABLE", tmp_path / "absent.safetensors")
        with pytest.raises(EmbedderError, match=r"absents ou abîmés .* Réinstallez le projet \(make setup\)"):
            load_embedder()

    def test_damaged_files_are_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        damaged = tmp_path / "table.safetensors"
        damaged.write_bytes(b"\0" * 100)
        monkeypatch.setattr("ingest.embed._TABLE", damaged)
        with pytest.raises(EmbedderError, match="absents ou abîmés"):
            load_embedder()


@pytest.mark.model
class TestAnyOtherModel:
    def make(self, folder: Path, prompts: dict[str, str] | None = None) -> Path:
        """Save a model that knows eight words, each on an axis of its own."""
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding
        from tokenizers import Tokenizer
        from tokenizers.models import WordLevel
        from tokenizers.pre_tokenizers import Whitespace

        tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = Whitespace()
        weights = np.eye(len(WORDS), dtype=np.float32)
        weights[0] = 0
        module = StaticEmbedding(tokenizer, embedding_weights=weights)
        SentenceTransformer(modules=[module], device="cpu", prompts=prompts).save_pretrained(str(folder))
        return folder

    def weights(self, vector: np.ndarray) -> dict[str, float]:
        return {word: round(float(x), 3) for word, x in zip(WORDS, vector, strict=True) if x}

    def test_a_folder_is_loaded_without_a_network(self, tmp_path: Path, no_network) -> None:
        folder = self.make(tmp_path / "tiny")
        embedder = load_embedder(str(folder))
        assert embedder.dimension == len(WORDS)
        assert embedder.name == encoder_name(str(folder))
        assert self.weights(embedder.embed_question("aide commune")) == {"commune": 0.707, "aide": 0.707}
        assert self.weights(embedder.embed_passages(["lavoir"])[0]) == {"lavoir": 1.0}

    def test_the_e5_family_gets_its_prefixes(self, tmp_path: Path) -> None:
        embedder = load_embedder(str(self.make(tmp_path / "tiny-e5")))
        assert self.weights(embedder.embed_question("haie")) == {"haie": 0.577, "query": 0.577, ":": 0.577}
        assert self.weights(embedder.embed_passages(["haie"])[0]) == {
            "haie": 0.577,
            "passage": 0.577,
            ":": 0.577,
        }

    def test_settings_win_over_what_the_model_asks_for(self, tmp_path: Path) -> None:
        embedder = load_embedder(
            str(self.make(tmp_path / "tiny_e5")), query_prefix="", passage_prefix="lavoir "
        )
        assert self.weights(embedder.embed_question("haie")) == {"haie": 1.0}
        assert self.weights(embedder.embed_passages(["haie"])[0]) == {"haie": 0.707, "lavoir": 0.707}

    def test_prompts_that_a_model_carries_are_applied_once(self, tmp_path: Path) -> None:
        prompts = {"query": "query ", "document": "passage "}
        embedder = load_embedder(str(self.make(tmp_path / "carries-e5", prompts)))
        assert self.weights(embedder.embed_question("haie")) == {"haie": 0.707, "query": 0.707}
        assert self.weights(embedder.embed_passages(["haie"])[0]) == {"haie": 0.707, "passage": 0.707}

    def test_a_name_that_only_holds_e5_inside_a_word_gets_none(self, tmp_path: Path) -> None:
        embedder = load_embedder(str(self.make(tmp_path / "some5tiny")))
        assert self.weights(embedder.embed_question("haie")) == {"haie": 1.0}

    @pytest.mark.parametrize("name", ["personne/modele-inconnu", "pas-un-dossier", "a/b/c"])
    def test_an_unknown_name_offline_is_told_with_advice(
        self, name: str, no_network, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
        with pytest.raises(EmbedderError) as caught:
            load_embedder(name)
        assert f"« {name} » n’a pas pu être chargé" in str(caught.value)
        assert "copiez le modèle dans un dossier et donnez ce dossier dans ASSISTANT_ENCODER" in str(
            caught.value
        )

    def test_a_folder_that_holds_no_model_is_told(self, tmp_path: Path, no_network) -> None:
        (tmp_path / "config.json").write_text("{", encoding="utf-8")
        with pytest.raises(EmbedderError, match="n’a pas pu être chargé"):
            load_embedder(str(tmp_path))


def test_nothing_heavy_is_imported_with_the_module() -> None:
    import subprocess
    import sys

    code = (
        "import sys, ingest.embed; print([m for m in ('torch', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
