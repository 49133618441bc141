"""``assistant bench choices`` as it's typed: answers turned into exchanges, mistakes told in a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.errors import AssistantError
from evaluation.commands.bench_choices import choices
from evaluation.exchanges.exchange import Exchange, as_lines, read_lines
from evaluation.exchanges.offer import Offer, Statement

OFFER = Offer(
    id="abc",
    turns=(),
    question="Combien ?",
    statements=(Statement(n=1, document="Halles", section="Montant", text="40 %."),),
)


@pytest.fixture
def offers(tmp_path: Path) -> Path:
    path = tmp_path / "offers.jsonl"
    path.write_text(as_lines([OFFER]), encoding="utf-8")
    return path


def test_answers_become_exchanges(tmp_path: Path, offers: Path) -> None:
    answers, made = tmp_path / "answers.jsonl", tmp_path / "exchanges.jsonl"
    answers.write_text('{"id": "abc", "status": "answered", "statements": [1]}\n', encoding="utf-8")
    done = CliRunner().invoke(choices, ["answer", str(offers), str(answers), str(made), "--by", "moi"])
    assert done.output == f"Réponses lues : 1, pour 1 offres. Échanges écrits dans « {made} ».\n"
    assert [(item.by, item.chosen[0].text) for item in read_lines(made, Exchange)] == [("moi", "40 %.")]


def test_an_answer_to_another_offer_is_refused_in_french(tmp_path: Path, offers: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"id": "autre", "status": "outside"}\n', encoding="utf-8")
    done = CliRunner().invoke(
        choices, ["answer", str(offers), str(answers), str(tmp_path / "e.jsonl"), "--by", "moi"]
    )
    assert isinstance(done.exception, AssistantError)
    assert "offre inconnue" in str(done.exception)


def test_nothing_is_recorded_without_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASSISTANT_LLM", "ASSISTANT_LLM_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(choices, ["record", str(tmp_path / "e.jsonl")])
    assert done.exit_code == 2
    assert "aucun modèle n’est réglé" in done.output


def test_offers_need_a_folder_that_exists(tmp_path: Path) -> None:
    done = CliRunner().invoke(choices, ["offer", str(tmp_path / "absent" / "o.jsonl")])
    assert done.exit_code == 2
    assert "n’existe pas" in done.output
