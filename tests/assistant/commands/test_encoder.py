"""``assistant encoder``: what it tells of the encoder and of the index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_corpus import SmallCorpus

from assistant.commands.encoder import command
from ingest.embed import load_embedder


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words, catch_exceptions=False)


def test_info_tells_the_encoder_and_that_there_is_no_index(tmp_path: Path) -> None:
    done = run("info", "--index", str(tmp_path))
    assert f"Encodeur réglé : {load_embedder().name}, 384 dimensions" in done.stdout
    assert "assistant ingest" in done.stdout
    told = json.loads(run("info", "--index", str(tmp_path), "--json").stdout)
    assert told == {"encoder": load_embedder().name, "dimension": 384, "index": None}


def test_info_tells_an_index_of_another_encoder(own: SmallCorpus) -> None:
    own.ingest()
    done = run("info", "--index", str(own.generations.index_dir), "--collection", "essai")
    assert "Index : fait avec « fake:stems ». Relancez : assistant ingest" in done.stdout


@pytest.fixture
def own(tmp_path: Path) -> SmallCorpus:
    return SmallCorpus(tmp_path / "corpus")
