"""``assistant doctor`` says what is wrong, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_corpus import SmallCorpus

from assistant.commands.doctor import command

pytestmark = pytest.mark.model


def test_a_missing_index_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["--index", str(tmp_path / "none"), "--json"], standalone_mode=False)
    checks = {check["name"]: check for check in json.loads(result.output)["checks"]}
    assert result.return_value == 1
    assert checks["Encodeur"]["ok"]
    assert not checks["Index"]["ok"]
    assert "assistant ingest" in checks["Index"]["detail"]


def index_check(corpus: SmallCorpus, *options: str) -> dict[str, object]:
    """What is said of an index."""
    asked = ["--index", str(corpus.root / "index"), "--collection", "essai", "--json", *options]
    result = CliRunner().invoke(command, asked, standalone_mode=False)
    (found,) = [check for check in json.loads(result.output)["checks"] if check["name"] == "Index"]
    assert result.return_value == (0 if found["ok"] else 1)
    return dict(found)


def test_what_is_damaged_is_named_and_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ingest()
    monkeypatch.setattr("ingest.embed.load_embedder", lambda *_: corpus.embedder)
    monkeypatch.setattr("assistant.commands.ingest.run", lambda _settings, **_: corpus.ingest())
    assert index_check(corpus, "--repair")["ok"]
    for name in ("vocabulary.json", "header.bin", "values.json"):
        min((tmp_path / "index").rglob(name)).write_bytes(b"")
    told = index_check(corpus)
    assert not told["ok"]
    assert "abîmé (vecteurs, vocabulaire, données tirées des fiches). Relancez : assistant" in str(
        told["detail"]
    )
    told = index_check(corpus, "--repair")
    assert told["ok"]
    assert "Réparé\u00a0: données tirées des fiches, vecteurs, vocabulaire. Celui de" in str(told["detail"])
    assert index_check(corpus)["ok"]


def test_what_cannot_be_repaired_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ingest()
    monkeypatch.setattr("ingest.embed.load_embedder", lambda *_: corpus.embedder)
    monkeypatch.setattr("assistant.commands.ingest.run", lambda _settings, **_: corpus.ingest())
    (tmp_path / "index" / "essai.current").unlink()
    corpus.write("halles", "---\nid: halles\n---\n")
    told = index_check(corpus, "--repair")
    assert not told["ok"]
    assert "halles.md" in str(told["detail"])
