"""``assistant encoder``: what it tells, the model it writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_corpus import SmallCorpus

from assistant.commands.encoder import command
from ingest.embed import load_embedder
from ingest.errors import LoadError, NoIndex
from ingest.pipeline import ingest

pytestmark = pytest.mark.model

PAIRS = [
    {"anchor": "le lavoir du village", "positive": "La fontaine et son bassin sont restaurés."},
    {"anchor": "planter une haie", "positive": "Les arbres champêtres sont subventionnés."},
]


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words, catch_exceptions=False)


def test_info_tells_the_encoder_and_that_there_is_no_index(tmp_path: Path) -> None:
    done = run("info", "--index", str(tmp_path))
    assert f"Encodeur réglé : {load_embedder().name}, 512 dimensions" in done.stdout
    assert "assistant ingest" in done.stdout
    told = json.loads(run("info", "--index", str(tmp_path), "--json").stdout)
    assert told == {"encoder": load_embedder().name, "dimension": 512, "index": None}


def test_info_tells_an_index_of_another_encoder(own: SmallCorpus) -> None:
    own.ingest()
    done = run("info", "--index", str(own.generations.index_dir), "--collection", "essai")
    assert "Index : fait avec « fake:stems ». Relancez : assistant ingest" in done.stdout


@pytest.mark.parametrize("options", [(), ("--start", "hasard", "--no-misses")])
def test_train_writes_a_model_that_can_be_set(tmp_path: Path, options: tuple[str, ...]) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("\n".join(map(json.dumps, PAIRS)), encoding="utf-8")
    out = tmp_path / "modele"
    done = run("train", str(pairs), "--out", str(out), "--steps", "5", *options)
    assert f"ASSISTANT_ENCODER={out}" in done.stdout
    trained = load_embedder(str(out))
    assert trained.dimension == 512
    assert trained.name in done.stdout
    for pair in PAIRS:
        near = [
            float(encoder.embed_passages([pair["positive"]])[0] @ encoder.embed_question(pair["anchor"]))
            for encoder in (load_embedder(), trained)
        ]
        assert options or near[1] > near[0]


def test_train_refuses_a_file_that_is_not_there_and_one_pair(tmp_path: Path) -> None:
    with pytest.raises(LoadError):
        run("train", str(tmp_path / "absent.jsonl"), "--out", str(tmp_path / "modele"))
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps(PAIRS[0]), encoding="utf-8")
    done = run("train", str(pairs), "--out", str(tmp_path / "modele"))
    assert done.exit_code == 2
    assert "au moins deux paires" in done.stderr
    assert not (tmp_path / "modele").exists()


def test_adapt_writes_a_model_of_the_documents_of_the_index(own: SmallCorpus, tmp_path: Path) -> None:
    own.ingest()
    out = tmp_path / "adapte"
    index = ("--index", str(own.generations.index_dir), "--collection", "essai")
    assert run("adapt", "--out", str(out), "--seconds", "1", *index).exit_code == 0
    adapted = load_embedder(str(out))
    assert adapted.name != load_embedder().name
    ingest(own.generations, adapted, schemes_dir=own.schemes)
    assert own.generations.manifest().encoder == adapted.name


def test_adapt_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        run("adapt", "--out", str(tmp_path / "adapte"), "--index", str(tmp_path))


@pytest.fixture
def own(tmp_path: Path) -> SmallCorpus:
    return SmallCorpus(tmp_path / "corpus")
