"""``assistant evaluate --utterances`` as it's typed: tables, JSON, what is refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_corpus import SmallCorpus

from assistant.commands.cli import main
from assistant.settings import AssistantSettings
from evaluation.judging.readings import Judged
from evaluation.questions.utterances import read_utterances

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]
VILLAGES = (
    {"text": "Quelles aides pour restaurer un lavoir ?", "act": "find_schemes", "schemes": ["lavoirs"]},
    {
        "text": "L’aide aux haies, quel montant ?",
        "act": "ask_scheme",
        "aspect": "amount",
        "schemes": ["haies"],
    },
    {"text": "Bonjour", "act": "social", "schemes": []},
)
TOWNS = (
    {"text": "une halle pour nos marchands, qui aide", "act": "find_schemes", "schemes": ["halles"]},
    {"text": "quel taux pour les écoles ?", "act": "ask_scheme", "aspect": "amount", "schemes": ["ecoles"]},
    {"text": "Écris-moi un poème sur la mer", "act": "out_of_scope", "schemes": []},
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on the small corpus."""
    corpus = SmallCorpus(tmp_path / "corpus")
    corpus.ingest()

    @contextmanager
    def small(_settings: AssistantSettings, **_members: object) -> Iterator[object]:
        yield corpus.engine()

    monkeypatch.setattr("evaluation.runs.own_index.engine_of_fiches", small)
    monkeypatch.setattr("evaluation.questions.utterances.load_catalogue", lambda: corpus.catalogue)
    for name in AssistantSettings.model_fields:
        monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)

    def here(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["assistant", "evaluate", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return here


def written(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path / "villages.jsonl", *VILLAGES), written(tmp_path / "towns.jsonl", *TOWNS)


def test_both_readers_are_measured_on_both_files(run: Run, both: tuple[Path, Path]) -> None:
    code, out, err = run("--utterances", both[0], "--utterances", both[1], "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["files"] == {"villages": 3, "towns": 3}
    ours, peer = [Judged.model_validate(reader) for reader in found["readers"]]
    assert (ours.name, peer.name) == ("l’assistant", "classifieur linéaire")
    assert ours.figures["file:villages"]["act"].questions == 3
    assert ours.figures["file:villages"]["act"].value > 0.5
    assert set(peer.figures) == set(ours.figures)
    assert set(peer.gaps) == {"act", "aspect", "subject", "subject_among"}
    assert peer.facts == {}
    # Taught by towns, the classifier has never heard of lavoirs; by villages, of halles.
    assert peer.figures["all"]["subject"].value == 0.0


def test_the_table_is_in_french(run: Run, both: tuple[Path, Path]) -> None:
    code, out, _ = run("--utterances", both[0], "--utterances", both[1])
    assert code == 0
    for told in ("acte juste", "bon dispositif parmi trois", "villages", "Confusion des actes", "Faits lus"):
        assert told in out


def test_one_file_is_set_beside_what_the_projects_own_teach(
    run: Run, both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = read_utterances([both[1]])
    monkeypatch.setattr("evaluation.questions.utterances.committed_utterances", lambda: own)
    _, out, _ = run("--utterances", both[0], "--json")
    assert [reader["name"] for reader in json.loads(out)["readers"]] == [
        "l’assistant",
        "classifieur linéaire",
    ]


def test_nothing_is_left_to_teach_a_file_that_holds_it_all(
    run: Run, both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = read_utterances([both[1]])
    monkeypatch.setattr("evaluation.questions.utterances.committed_utterances", lambda: own)
    code, out, _ = run("--utterances", both[1])
    assert code == 0
    assert "Donnez un second fichier" in out


def test_a_wrong_label_stops_it_before_anything_is_measured(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "wrong.jsonl", VILLAGES[0], VILLAGES[1] | {"act": "asks"})
    code, out, err = run("--utterances", path)
    assert code != 0
    assert out == ""
    assert f"{path}:2: " in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "others", [("--gate",), ("--accept",), ("--url", "http://127.0.0.1:9"), ("--sample", "3")]
)
def test_an_option_of_another_measure_is_refused(
    run: Run, both: tuple[Path, Path], others: tuple[str, ...]
) -> None:
    code, out, err = run("--utterances", both[0], *others)
    assert (code, out) == (2, "")
    assert others[0] in err
