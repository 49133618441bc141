"""The encoder shipped here, run by onnxruntime: its vectors, its limits, and files that aren't right."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import encoder_name, load_embedder
from ingest.encoder_folder import ENCODER_DIR, SUMS, is_onnx_folder
from ingest.errors import EmbedderError
from ingest.onnx_encoder import OnnxModel
from ingest.text_embedder import TextEmbedder

NEED = "subvention pour installer des caméras dans le village"


@pytest.fixture(scope="module")
def encoder() -> TextEmbedder:
    return load_embedder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder shipped here, copied."""
    return Path(shutil.copytree(ENCODER_DIR, tmp_path / "copie"))


def test_texts_of_one_subject_are_nearer(encoder: TextEmbedder) -> None:
    near, far = encoder.embed_passages(
        [
            "La Région aide les communes à financer la vidéoprotection de la voie publique.",
            "Le régime forestier s’applique aux bois et forêts des collectivités.",
        ]
    ) @ encoder.embed_question(NEED)
    assert near > far + 0.03


def test_the_prefixes_of_questions_and_passages_are_those_of_the_folder(encoder: TextEmbedder) -> None:
    bare = load_embedder(query_prefix="", passage_prefix="")
    np.testing.assert_allclose(encoder.embed_question(NEED), bare.embed_question(f"query: {NEED}"), atol=1e-6)
    np.testing.assert_allclose(
        encoder.embed_passages([NEED])[0], bare.embed_question(f"passage: {NEED}"), atol=1e-6
    )


def test_a_text_has_the_same_vector_alone_or_among_others_in_any_order(encoder: TextEmbedder) -> None:
    texts = [f"Le dossier {number} de la commune{' est complet' * (number % 7)}." for number in range(60)]
    many = encoder.embed_passages(texts)
    np.testing.assert_allclose(np.linalg.norm(many, axis=1), 1, atol=1e-5)
    # To the last bit: what stands at the edge of being told must not depend on who else was encoded.
    np.testing.assert_array_equal(encoder.embed_passages(texts[::-1])[::-1], many)
    np.testing.assert_array_equal(encoder.embed_passages(texts[41:42])[0], many[41])


def test_threads_that_ask_together_get_what_each_would_get_alone() -> None:
    encoder = load_embedder()  # not opened yet: they open it together
    questions = [f"une aide pour la halle numéro {number} ?" for number in range(20)]
    with ThreadPoolExecutor(20) as pool:
        asked = list(pool.map(encoder.embed_question, questions))
    np.testing.assert_allclose(np.stack(asked), load_embedder().embed_questions(questions), atol=1e-5)


@pytest.mark.parametrize("text", ["mot " * 100_000, "x" * 600_000, "é\u0301" * 300_000])
def test_a_text_of_100_000_words_is_read_from_its_beginning(encoder: TextEmbedder, text: str) -> None:
    vector = encoder.embed_question(text)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(vector, encoder.embed_question(text[:50_000]), atol=1e-5)


def test_what_follows_the_last_piece_read_changes_nothing_and_what_precedes_does(
    encoder: TextEmbedder,
) -> None:
    long = "la commune entretient ses chemins " * 120
    vectors = encoder.embed_passages([long, f"{long} forêt", f"forêt {long}"])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
    assert float(vectors[0] @ vectors[2]) < 0.99999


@pytest.mark.parametrize("text", ["𓀀𓀁 𓀀", "\U000e0001"])
def test_a_text_of_unknown_pieces_only_says_nothing(encoder: TextEmbedder, text: str) -> None:
    assert not encoder.embed_question(text).any()
    neutral = encoder.embed_passages([text, ""])
    np.testing.assert_allclose(neutral, 384**-0.5, rtol=1e-5)
    assert encoder.embed_question(f"{text} halle").any()


@pytest.mark.parametrize("text", ["\ud800 halle", "halle\0", "\u202ehalle", "<s></s>halle<pad>"])
def test_odd_characters_are_read_over(encoder: TextEmbedder, text: str) -> None:
    assert np.linalg.norm(encoder.embed_question(text)) == pytest.approx(1, abs=1e-5)


def test_a_folder_with_the_same_files_gives_the_same_vectors(folder: Path, encoder: TextEmbedder) -> None:
    other = load_embedder(str(folder))
    assert other.name == encoder_name(str(folder)) == f"folder:copie:{encoder.name.partition(':')[2]}"
    np.testing.assert_array_equal(other.embed_question(NEED), encoder.embed_question(NEED))


def test_a_folder_without_sums_serves_too(folder: Path) -> None:
    (folder / SUMS).unlink()
    embedder = load_embedder(str(folder))
    assert embedder.name.startswith("folder:copie:")
    assert embedder.embed_question("halle").any()


def test_a_file_cut_short_is_told(folder: Path) -> None:
    model = folder / "onnx" / "model.onnx"
    model.write_bytes(model.read_bytes()[:-1000])
    with pytest.raises(EmbedderError, match=r"model.onnx » est incomplet .* Copiez de nouveau le dossier"):
        load_embedder(str(folder))


def test_a_tokenizer_of_another_encoder_is_told(folder: Path) -> None:
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_text(
        tokenizer.read_text(encoding="utf-8").replace("commune", "commone"), encoding="utf-8"
    )
    with pytest.raises(
        EmbedderError, match=r"tokenizer.json » est incomplet ou n’est pas le fichier attendu"
    ):
        load_embedder(str(folder))


def test_a_folder_without_its_tokenizer_is_told(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(EmbedderError, match=r"Il manque « tokenizer.json » .* ASSISTANT_ENCODER"):
        load_embedder(str(folder))


def test_a_file_without_sums_that_is_no_model_is_told_when_it_is_used(folder: Path) -> None:
    (folder / SUMS).unlink()
    (folder / "onnx" / "model.onnx").write_bytes(b"sentence_embedding" * 100)
    embedder = load_embedder(str(folder))
    with pytest.raises(EmbedderError, match=r"ne peut pas servir .* Copiez de nouveau le dossier"):
        embedder.embed_question("halle")


def test_a_folder_that_does_not_tell_its_dimension_is_told(folder: Path) -> None:
    (folder / "config.json").write_text("[", encoding="utf-8")
    with pytest.raises(EmbedderError, match="ne dit pas la longueur de ses vecteurs"):
        OnnxModel(folder)


def test_the_encoder_shipped_here_is_repaired_by_setting_up_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("embed", "encoder_folder"):
        monkeypatch.setattr(f"ingest.{module}.ENCODER_DIR", folder)
    shutil.rmtree(folder / "onnx")
    with pytest.raises(EmbedderError, match=r"Il manque « onnx/model.onnx » .* make setup"):
        load_embedder()


def test_a_network_that_gives_no_sentence_is_left_to_sentence_transformers(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"last_hidden_state")
    assert not is_onnx_folder(tmp_path)
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"")
    assert not is_onnx_folder(tmp_path)
    assert is_onnx_folder(ENCODER_DIR)


@pytest.mark.model
def test_sentence_transformers_loads_the_same_folder_and_gives_the_same_vectors(
    encoder: TextEmbedder,
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(ENCODER_DIR), device="cpu", trust_remote_code=True)
    texts = [NEED, "Les lavoirs sont restaurés.", "La commune dépose son dossier avant le 1er mars 2025."]
    assert model.get_embedding_dimension() == encoder.dimension
    for theirs, ours in (
        (model.encode_query(texts), encoder.embed_questions(texts)),
        (model.encode_document(texts), encoder.embed_passages(texts)),
    ):
        assert (theirs * ours).sum(axis=1).min() >= 0.995
