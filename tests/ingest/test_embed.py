"""What encodes texts behind its seam: prefixes, clean vectors, names, and what a setting loads."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import pytest_socket

from ingest.embed import encoder_name, load_embedder
from ingest.errors import EmbedderError
from ingest.langchain_embeddings import LangChainEmbeddings
from ingest.text_embedder import TextEmbedder
from ingest.transformers_encoder import TransformersModel

WORDS = ["[UNK]", "commune", "aide", "lavoir", "haie", "query", "passage", ":"]


@pytest.fixture
def no_network() -> Iterator[None]:
    import sentence_transformers  # noqa: F401 - what it imports makes subclasses of sockets

    pytest_socket.disable_socket()
    yield
    pytest_socket.enable_socket()


class RecordingModel:
    """What the embedder needs of a model; keeps the texts it was given."""

    def __init__(self, row: list[float]) -> None:
        self.row = row
        self.dimension = len(row)
        self.texts: list[tuple[str, str, str]] = []

    def encode(self, texts: list[str], prefix: str, task: str) -> np.ndarray:
        self.texts += [(task, prefix, text) for text in texts]
        return np.array([self.row] * len(texts), dtype=np.float64)


def wrapped(row: list[float], *prefixes: str) -> tuple[TextEmbedder, RecordingModel]:
    model = RecordingModel(row)
    return TextEmbedder(model, "essai", *prefixes), model


class TestTheSeam:
    def test_rows_are_unit_vectors_of_float32(self) -> None:
        embedder, _ = wrapped([3.0, 4.0])
        for vectors in (embedder.embed_passages(["a", "b"]), embedder.embed_questions(["a", "b"])):
            assert vectors.dtype == np.float32
            np.testing.assert_allclose(vectors, [[0.6, 0.8]] * 2, rtol=1e-6)
        np.testing.assert_allclose(embedder.embed_question("a"), [0.6, 0.8], rtol=1e-6)

    def test_prefixes_go_with_the_texts(self) -> None:
        embedder, model = wrapped([1.0, 0.0], "question : ", "texte : ")
        embedder.embed_passages(["haie"])
        embedder.embed_question("lavoir ?")
        embedder.embed_questions(["halle ?"])
        assert model.texts == [
            ("document", "texte : ", "haie"),
            ("query", "question : ", "lavoir ?"),
            ("query", "question : ", "halle ?"),
        ]

    def test_a_question_asked_again_is_not_encoded_again(self) -> None:
        embedder, model = wrapped([1.0, 0.0])
        first = embedder.embed_question("haie")
        assert embedder.embed_question("haie") is first
        assert not first.flags.writeable
        assert len(model.texts) == 1

    def test_no_text_gives_no_row(self) -> None:
        embedder, model = wrapped([1.0, 0.0, 0.0])
        assert embedder.embed_passages([]).shape == embedder.embed_questions([]).shape == (0, 3)
        assert model.texts == []

    @pytest.mark.parametrize("text", ["", " ", "\n\t"])
    def test_a_blank_text_is_never_encoded_whatever_the_prefix(self, text: str) -> None:
        embedder, model = wrapped([1.0, 0.0], "question : ", "texte : ")
        assert embedder.embed_question(text).tolist() == [0.0, 0.0]
        np.testing.assert_allclose(embedder.embed_passages([text, "a"]), [[0.5**0.5] * 2, [1, 0]], rtol=1e-6)
        assert embedder.embed_questions(["a", text]).tolist() == [[1.0, 0.0], [0.0, 0.0]]
        assert [told[2] for told in model.texts] == ["a", "a"]

    @pytest.mark.parametrize("row", [[0.0, 0.0], [float("nan"), 1.0], [float("inf"), 1.0]])
    def test_nothing_but_unit_vectors_and_zeros_leaves(self, row: list[float]) -> None:
        embedder, _ = wrapped(row)
        assert embedder.embed_question("zzz").tolist() == [0.0, 0.0]
        np.testing.assert_allclose(embedder.embed_passages(["zzz"]), [[0.5**0.5] * 2], rtol=1e-6)


def test_a_model_without_a_dimension_is_refused() -> None:
    class Silent:
        def get_embedding_dimension(self) -> int:
            return 0

    with pytest.raises(EmbedderError, match=r"« essai » ne dit pas sa dimension\. Choisissez-en un autre"):
        TransformersModel(Silent(), "essai")


def test_the_name_of_the_encoder_shipped_here_tells_its_files() -> None:
    name = encoder_name("default")
    assert name.startswith("e5-small-fr:")
    assert len(name.partition(":")[2]) == 12
    assert load_embedder().name == name


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


def test_another_passage_prefix_is_another_encoder() -> None:
    own = load_embedder()
    assert load_embedder(query_prefix="q : ").name == own.name
    assert load_embedder(passage_prefix="passage: ").name == own.name
    assert load_embedder(passage_prefix="texte : ").name == f"{own.name} [texte :]"
    assert load_embedder(passage_prefix="").name == f"{own.name} []"


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

    def test_a_folder_without_onnx_is_run_by_sentence_transformers_and_says_so(
        self, tmp_path: Path, no_network, caplog: pytest.LogCaptureFixture
    ) -> None:
        folder = self.make(tmp_path / "tiny")
        embedder = load_embedder(str(folder))
        assert f"{folder} has no onnx/model.onnx" in caplog.text
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


def test_nothing_heavy_is_imported_with_the_module_nor_to_encode() -> None:
    import subprocess
    import sys

    code = """
import sys
from ingest.embed import load_embedder
heavy = ("torch", "transformers", "sentence_transformers", "langchain_core", "onnxruntime", "tokenizers")
print([name for name in heavy if name in sys.modules])
load_embedder().embed_question("aide")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['onnxruntime', 'tokenizers']"]
