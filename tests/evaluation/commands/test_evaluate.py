"""``assistant evaluate`` and ``assistant bench`` as they're typed: usage, files, JSON, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, Protocol
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from run_builders import (
    FakeTarget,
    SmallServer,
    figure,
    make_case,
    make_reply,
    measured,
    run_of,
    small_server,
)
from small_corpus import SmallCorpus

from assistant.commands.cli import cli, main
from assistant.reply import ChatRequest, Reply
from assistant.settings import AssistantSettings
from evaluation.benches.quality_bench import Ranked
from evaluation.commands.progress import progress_bar
from evaluation.judging.gate import Accepted, Baseline
from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.result import OVERALL, RunResult
from evaluation.questions.cases import committed_cases
from evaluation.questions.documents import document_files

pytestmark = pytest.mark.slow

CLOSED = "http://127.0.0.1:9"  # refused, or never asked: what is wrong is said before
SET = """\
- id: direct-901
  turns: ["Qui instruit la DETR ?"]
  status: answered
  facts:
    - {name: préfecture}
- id: multi-902
  turns: ["Le CVCB ?", "Et pour Nieppe ?"]
  commune: "59431"
  status: answered
  facts:
    - {rate: 30}
- id: scope-903
  turns: ["Quel temps fera-t-il ?"]
  status: out_of_scope
"""
ANSWERS = {
    "Qui instruit la DETR ?": make_reply("C’est la préfecture."),
    "Le CVCB ?": make_reply("Une aide aux centres-bourgs."),
    "Et pour Nieppe ?": make_reply("Je ne sais pas."),
    "Quel temps fera-t-il ?": make_reply("Ce n’est pas une aide.", status="out_of_scope"),
}


class Here(Protocol):
    """Runs a command in this process and in a folder of its own."""

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    def run_here(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["assistant", *words])
        for name in AssistantSettings.model_fields:
            monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(words, int(end.value.code or 0), out, err)

    return run_here


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.yaml"
    path.write_text(SET, encoding="utf-8")
    return path


@pytest.fixture
def server() -> Iterator[SmallServer]:
    with small_server() as started:
        started.chat = lambda body: (200, ANSWERS[body["messages"][-1]["content"]].model_dump_json())
        yield started


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line of a command that was refused or failed."""
    assert (done.returncode, done.stdout) == (code, "")
    line = done.stderr.strip()
    assert "\n" not in line
    assert "Traceback" not in line
    return line


# --- usage ----------------------------------------------------------------------------------------


def test_the_commands_are_there() -> None:
    for name in ("evaluate", "bench"):
        done = CliRunner().invoke(cli, [name, "--help"])
        assert done.exit_code == 0
    assert "quality" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--accept", "--set", "test"),
        ("--accept", "--set", "all"),
        ("--accept", "--set", "questions.yaml"),
        ("--accept", "--url", CLOSED),
    ],
)
def test_the_baseline_is_of_the_dev_set_in_process(here: Here, arguments: tuple[str, ...]) -> None:
    line = refused(here("evaluate", *arguments), 2)
    assert "La référence se fait sur le jeu dev, sans --url" in line


def test_figures_are_not_published_from_a_server(here: Here) -> None:
    line = refused(here("evaluate", "--publish", "page.md", "--url", CLOSED), 2)
    assert "--publish ne va pas avec --url : retirez l’un ou l’autre" in line


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:7860",
        "ftp://127.0.0.1",
        "localhost",
        "http://",
        "http:///api",
        "http://:7860",
        "http://127.0.0.1:abc",
        "http://127.0.0.1:0",
        "http://127.0.0.1:99999",
        "http://[::1",
        "http://un..deux",
        "http://xn--a",
        "http://un\ndeux",
    ],
)
def test_what_is_no_address_is_refused(here: Here, questions: Path, url: str) -> None:
    assert "--url attend une adresse" in refused(here("evaluate", "--set", questions, "--url", url), 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--jobs", "0"), "« --jobs »"),
        (("--jobs", "65"), "« --jobs »"),
        (("--compare", "un.json"), "« --compare »"),
        (("--nope",), "« --nope » n’existe pas"),
    ],
)
def test_a_wrong_option_is_named(here: Here, arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(here("evaluate", *arguments), 2)


@pytest.mark.parametrize("option", ["--html", "--junit", "--publish"])
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("absent/page", "le dossier « absent » n’existe pas, créez-le ou changez le chemin"),
        ("questions.yaml/page", "le dossier « questions.yaml » n’existe pas"),
        ("a" * 300, "ne peut pas être écrit, changez le chemin"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_the_measure(
    here: Here, questions: Path, own_engine: FakeTarget, option: str, path: str, words: str
) -> None:
    line = refused(here("evaluate", "--set", questions, option, path), 2)
    assert line.startswith(f"{option} : ")
    assert words in line
    assert own_engine.requests == []


@pytest.mark.usefixtures("own_engine")
def test_a_file_that_fails_once_measured_leaves_the_figures(
    here: Here, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _text: str, encoding: str) -> int:
        raise OSError(28, encoding)

    monkeypatch.setattr(Path, "write_text", full)
    done = here("evaluate", "--set", questions, "--json", "--html", "page.html")
    assert done.returncode == 1
    assert len(RunResult.model_validate_json(done.stdout).cases) == 3
    assert done.stderr == "« page.html » n’a pas pu être écrit. Changez le chemin, puis recommencez.\n"


# --- the question file ----------------------------------------------------------------------------


def test_an_unknown_file_is_named(here: Here) -> None:
    line = refused(here("evaluate", "--set", "nulle-part.yaml", "--url", CLOSED), 1)
    assert line.startswith("« nulle-part.yaml » est illisible.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- id: [\n", "essai.yaml:2: YAML mal formé"),
        ("", "ne contient pas de liste de questions"),
        ("id: direct-001\n", "ne contient pas de liste de questions"),
        ("- 3\n", "question n° 1"),
        ("- {id: direct-001, status: answered}\n", "question direct-001: champ « turns »"),
        ("- {id: autre-001, turns: [x], status: answered}\n", "champ « id »"),
        ("- {id: direct-001, turns: [], status: answered}\n", "champ « turns »"),
        ("- {id: direct-001, turns: [x], status: unanswerable, schemes: [nulle-part]}\n", "« nulle-part »"),
        (
            "- {id: direct-001, turns: [x], status: unanswerable, gold: [cvcb/Nulle part]}\n",
            "« cvcb/Nulle part »",
        ),
        ('- {id: direct-001, turns: [x], status: unanswerable, commune: "99999"}\n', "« 99999 »"),
        (
            '- {id: multi-001, turns: [x, " \\t"], status: answered}\n',
            "question multi-001: champ « turns » : la question du tour 2 est vide.",
        ),
        ('- {id: direct-001, turns: [""], status: answered}\n', "la question du tour 1 est vide."),
        (
            f"- {{id: direct-001, turns: [{'x' * 4001}], status: answered}}\n",
            "champ « turns » : la question du tour 1 dépasse 4000 caractères.",
        ),
    ],
)
def test_a_malformed_file_says_where_and_what(here: Here, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "essai.yaml").write_text(text, encoding="utf-8")
    line = refused(here("evaluate", "--set", "essai.yaml", "--url", CLOSED), 1)
    assert "essai.yaml" in line
    assert words in line


def test_a_question_as_long_as_may_be_is_asked(here: Here, tmp_path: Path, server: SmallServer) -> None:
    server.chat = lambda _body: (200, make_reply().model_dump_json())
    (tmp_path / "essai.yaml").write_text(
        f"- {{id: direct-001, turns: [{'x' * 4000}], status: unanswerable}}\n"
    )
    assert here("evaluate", "--set", "essai.yaml", "--url", server.url).returncode == 0
    assert len(server.asked[0]["messages"][0]["content"]) == 4000


def test_a_file_in_another_encoding_is_named(here: Here, tmp_path: Path) -> None:
    (tmp_path / "essai.yaml").write_bytes(SET.encode("latin-1"))
    assert "« essai.yaml » est illisible" in refused(here("evaluate", "--set", "essai.yaml"), 1)


# --- a server measured ----------------------------------------------------------------------------


def test_json_is_the_run(here: Here, questions: Path, server: SmallServer) -> None:
    done = here("evaluate", "--set", questions, "--url", f"{server.url}/", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    values = json.loads(done.stdout)
    assert set(values) == set(RunResult.model_fields)
    assert values["form"] == "evaluation-run/1"
    result = RunResult.model_validate_json(done.stdout)
    assert (result.set_name, result.target) == (str(questions), server.url)
    assert (result.planned, result.stopped) == (3, None)
    assert set(result.figures) == {OVERALL, "direct", "multi", "scope"}
    assert result.figures[OVERALL]["fully_right"].value == pytest.approx(2 / 3)
    assert result.figures[OVERALL]["fact_recall"].value == 0.5
    assert result.figures[OVERALL]["abstention_recall"].value == 1.0
    assert result.figures["multi"]["fully_right"].value == 0.0
    assert result.statuses == {"answered>answered": 2, "out_of_scope>out_of_scope": 1}
    assert [(item.case.id, bool(item.failures)) for item in result.cases] == [
        ("direct-901", False),
        ("multi-902", True),
        ("scope-903", False),
    ]
    assert result.cases[1].reply == ANSWERS["Et pour Nieppe ?"]


def test_the_server_is_asked_turn_by_turn_with_the_commune(
    here: Here, questions: Path, server: SmallServer
) -> None:
    here("evaluate", "--set", questions, "--url", server.url, "--jobs", "1")
    asked = [(body["messages"][-1]["content"], body["commune"]) for body in server.asked]
    assert asked == [
        ("Qui instruit la DETR ?", None),
        ("Le CVCB ?", "insee:59431"),
        ("Et pour Nieppe ?", "insee:59431"),
        ("Quel temps fera-t-il ?", None),
    ]
    assert server.asked[2]["messages"][1] == {
        "role": "assistant",
        "content": "Une aide aux centres-bourgs.",
        "asked": None,
        "schemes": [],
    }


def test_the_table_is_in_french(here: Here, questions: Path, server: SmallServer) -> None:
    done = here("evaluate", "--set", questions, "--url", server.url)
    assert (done.returncode, done.stderr) == (0, "")  # no bar where stderr is no terminal
    assert done.stdout.startswith(f"jeu « {questions} », {server.url}, 20")
    assert "66,7\u00a0%" in done.stdout
    assert "pas encore mesuré" in done.stdout
    assert "statut attendu \\ donné" in done.stdout
    assert "verdicts : pas encore mesuré" in done.stdout


def test_reports_are_written_too(here: Here, tmp_path: Path, questions: Path, server: SmallServer) -> None:
    done = here(
        *("evaluate", "--set", questions, "--url", server.url, "--json"),
        *("--junit", "run.xml", "--html", "run.html"),
    )
    assert done.returncode == 0
    RunResult.model_validate_json(done.stdout)
    suite = ET.parse(tmp_path / "run.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert "Je ne sais pas." in (tmp_path / "run.html").read_text(encoding="utf-8")


def test_a_question_in_error_is_a_failed_question(here: Here, questions: Path, server: SmallServer) -> None:
    server.chat = lambda _body: (500, "{}")
    done = here("evaluate", "--set", questions, "--url", server.url, "--json")
    result = RunResult.model_validate_json(done.stdout)
    assert done.returncode == 0
    assert result.stopped is None
    assert {item.error for item in result.cases} == {"statut HTTP 500 sur /api/chat"}
    assert result.statuses == {"answered>error": 2, "out_of_scope>error": 1}


def test_a_server_stopped_half_way_fails_but_gives_what_was_measured(
    here: Here, tmp_path: Path, questions: Path, server: SmallServer
) -> None:
    right = server.chat

    def stop_at_the_last(body: Any) -> tuple[int, str]:
        if len(server.asked) == 4:
            server.stop()
            return 500, "{}"
        return right(body)

    # The third question still gets its 500; the fourth finds no server.
    server.chat = stop_at_the_last
    questions.write_text(
        SET + "- {id: scope-904, turns: ['Le CVCB ?'], status: out_of_scope}\n", encoding="utf-8"
    )
    done = here(
        *("evaluate", "--set", questions, "--url", server.url, "--json", "--jobs", "1"),
        *("--junit", "run.xml", "--html", "run.html"),
    )
    assert done.returncode == 1
    result = RunResult.model_validate_json(done.stdout)
    assert [item.case.id for item in result.cases] == ["direct-901", "multi-902", "scope-903"]
    assert (result.planned, result.stopped is not None) == (4, True)
    line = done.stderr.strip()
    assert f"« {server.url} » ne répond plus" in line
    assert "3 questions sur 4 sont gardées" in line
    assert "\n" not in line
    assert ET.parse(tmp_path / "run.xml").getroot().get("errors") == "1"
    assert "Mesure interrompue" in (tmp_path / "run.html").read_text(encoding="utf-8")


def test_where_nothing_listens_it_fails_in_one_line(here: Here, questions: Path) -> None:
    with small_server() as stopped:
        url = stopped.url
    done = here("evaluate", "--set", questions, "--url", url)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(
        "Relancez le serveur, puis la mesure. 0 questions sur 3 sont gardées."
    )
    assert "Traceback" not in done.stderr


# --- two runs compared ----------------------------------------------------------------------------


@pytest.fixture
def two_runs(tmp_path: Path) -> tuple[Path, Path]:
    before = run_of(measured("direct-001", "faux"), measured("direct-002"), measured("sms-001", "faux"))
    after = run_of(measured("direct-001"), measured("direct-002", "statut"), measured("sms-001"))
    paths = tmp_path / "before.json", tmp_path / "after.json"
    for path, result in zip(paths, (before, after), strict=True):
        path.write_text(result.model_dump_json(indent=1), encoding="utf-8")
    return paths


def test_two_runs_are_compared_without_measuring(here: Here, two_runs: tuple[Path, Path]) -> None:
    done = here("evaluate", "--compare", *two_runs)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 questions communes\n")
    assert "2 de plus, 1 de moins ; test de McNemar exact, p = 1,000" in done.stdout
    assert "  gagnée : direct-001\n  gagnée : sms-001\n  perdue : direct-002 (statut)\n" in done.stdout


def test_a_comparison_in_json(here: Here, two_runs: tuple[Path, Path]) -> None:
    done = here("evaluate", "--json", "--compare", *two_runs)
    values = json.loads(done.stdout)
    assert done.returncode == 0
    assert (values["questions"], values["improved"]) == (3, ["direct-001", "sms-001"])
    assert values["broken"] == {"direct-002": "statut"}
    change = values["changes"]["fully_right"]
    assert (change["before"], change["after"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert change["difference"]["value"] == pytest.approx(1 / 3)


def test_what_json_gives_can_be_compared(
    here: Here, tmp_path: Path, questions: Path, server: SmallServer
) -> None:
    done = here("evaluate", "--set", questions, "--url", server.url, "--json")
    (tmp_path / "run.json").write_text(done.stdout, encoding="utf-8")
    values = json.loads(here("evaluate", "--json", "--compare", "run.json", "run.json").stdout)
    assert (values["questions"], values["improved"], values["broken"]) == (3, [], {})
    assert {change["difference"]["value"] for change in values["changes"].values()} == {0.0}


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"form": "evaluation-run/9"}', "\x00"])
def test_a_file_that_is_no_run_is_named(
    here: Here, tmp_path: Path, two_runs: tuple[Path, Path], text: str
) -> None:
    (tmp_path / "autre.json").write_text(text, encoding="utf-8")
    line = refused(here("evaluate", "--compare", two_runs[0], "autre.json"), 1)
    assert line.startswith("« autre.json » n’est pas un résultat d’évaluation.")


def test_a_run_that_is_not_there_is_named(here: Here, two_runs: tuple[Path, Path]) -> None:
    line = refused(here("evaluate", "--compare", "nulle-part.json", two_runs[1]), 1)
    assert line.startswith("« nulle-part.json » est illisible.")


# --- in process, with an engine that needs no model ------------------------------------------------


@pytest.fixture
def own_engine(monkeypatch: pytest.MonkeyPatch) -> FakeTarget:
    """Put in place of the engine over a new index of the fiches."""

    def answer(request: ChatRequest) -> Reply:
        return ANSWERS.get(request.messages[-1].content, make_reply("Je ne sais pas.", status="unanswerable"))

    engine = FakeTarget(answer)

    @contextmanager
    def fake(_settings: AssistantSettings, pages: Sequence[Path] = ()) -> Iterator[FakeTarget]:
        engine.documents = tuple(pages)
        yield engine

    monkeypatch.setattr("evaluation.runs.own_index.engine_of_fiches", fake)
    return engine


PAGE = """\
- id: page-902
  turns: ["Combien d’années pour un bien sans maître ?"]
  status: answered
  facts: [{number: 30}]
  gold: ["fiche-biens-sans-maitre/*"]
"""


def test_the_documents_of_a_set_are_indexed_for_it(
    here: Here, own_engine: FakeTarget, questions: Path
) -> None:
    assert here("evaluate", "--set", questions).returncode == 0
    assert own_engine.documents == ()
    questions.write_text(SET + PAGE, encoding="utf-8")
    done = here("evaluate", "--set", questions, "--json")
    assert len(RunResult.model_validate_json(done.stdout).cases) == 4
    assert own_engine.documents == document_files()


def test_a_server_is_not_asked_on_documents_that_it_has_not(
    here: Here, server: SmallServer, questions: Path
) -> None:
    questions.write_text(SET + PAGE, encoding="utf-8")
    done = here("evaluate", "--set", questions, "--url", server.url, "--json")
    assert len(RunResult.model_validate_json(done.stdout).cases) == 3
    assert done.stderr == (
        "1 question sur des documents est mise de côté : cet index n’a pas ces documents.\n"
    )
    questions.write_text(PAGE, encoding="utf-8")
    line = refused(here("evaluate", "--set", questions, "--url", server.url), 1)
    assert line.startswith("Toutes les questions de ce jeu portent sur des documents")


def baseline(value: float, set_name: object = "dev") -> Baseline:
    return Baseline(
        set_name=str(set_name),
        accepted_on="2026-11-23",
        questions=2,
        figures={"fully_right": Accepted(value=value, tolerance=0.01)},
    )


@pytest.mark.usefixtures("own_engine")
def test_without_an_address_it_measures_in_this_process(here: Here, questions: Path) -> None:
    done = here("evaluate", "--set", questions, "--json")
    result = RunResult.model_validate_json(done.stdout)
    assert (result.target, len(result.cases)) == ("dans ce processus", 3)


@pytest.mark.usefixtures("own_engine")
@pytest.mark.parametrize(("value", "code"), [(0.01, 0), (0.99, 1)])
def test_the_gate_fails_a_run_under_the_baseline(
    here: Here, questions: Path, monkeypatch: pytest.MonkeyPatch, value: float, code: int
) -> None:
    monkeypatch.setattr("evaluation.judging.gate.read_baseline", lambda: baseline(value, questions))
    questions.write_text(SET[: SET.index("- id: scope")], encoding="utf-8")  # one right, one wrong
    done = here("evaluate", "--set", questions, "--gate")
    assert done.returncode == code
    assert "entièrement juste" in done.stdout
    assert done.stderr == (
        "Mesure refusée : entièrement juste : borne basse 0,0\u00a0%, "
        "sous la référence 99,0\u00a0% moins 1,0\u00a0point.\n"
        if code
        else ""
    )


@pytest.mark.parametrize(
    ("arguments", "accepted_on", "judged"),
    [
        (("--set", "questions.yaml"), "dev", "questions.yaml"),
        (("--set", "test"), "dev", "test"),
        ((), "all", "dev"),
        (("--publish", "page.md"), "all", "dev"),
    ],
)
def test_the_gate_does_not_mix_sets(
    here: Here,
    own_engine: FakeTarget,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    accepted_on: str,
    judged: str,
) -> None:
    monkeypatch.setattr("evaluation.judging.gate.read_baseline", lambda: baseline(0.5, accepted_on))
    line = refused(here("evaluate", "--gate", *arguments), 2)
    assert line.startswith(f"La référence est celle du jeu « {accepted_on} », pas du jeu « {judged} »")
    assert f"mesurez --set {accepted_on}, ou retirez --gate" in line
    assert own_engine.requests == []


@pytest.mark.usefixtures("own_engine")
def test_the_gate_does_not_stand_in_the_way_unless_asked(
    here: Here, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evaluation.judging.gate.read_baseline", lambda: pytest.fail("the baseline was read"))
    assert here("evaluate", "--set", questions).returncode == 0


@pytest.mark.usefixtures("own_engine")
def test_accept_writes_the_baseline_of_the_dev_set(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Baseline] = []
    monkeypatch.setattr("evaluation.judging.gate.write_baseline", written.append)
    done = here("evaluate", "--accept", "--json")
    assert done.returncode == 0, done.stderr
    assert "désormais la référence" in done.stderr
    result = RunResult.model_validate_json(done.stdout)
    (accepted,) = written
    assert (accepted.set_name, accepted.questions) == ("dev", len(committed_cases("dev")))
    assert accepted.figures["fully_right"].value == round(result.figures[OVERALL]["fully_right"].value, 4)


# --- the bar ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terminal", "quiet", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_the_bar_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet: bool, shown: bool
) -> None:
    screen = StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    with progress_bar("questions dev", quiet=quiet) as progress:
        progress(1, 3)
        progress(3, 3)
    assert ("questions dev" in screen.getvalue()) == shown
    assert bool(screen.getvalue()) == shown


# --- bench ----------------------------------------------------------------------------------------


def ranked(name: str) -> Ranked:
    return Ranked(
        name=name,
        figures={"ndcg_10": figure(0.9, 0.8, 1.0, 42), "mrr_10": figure(0.8)},
        ours_minus={} if name == "notre recherche" else {"ndcg_10": figure(0.1), "mrr_10": figure(0.0)},
        query_ms=1.5,
        relative_time=1.0,
    )


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Results of a comparison without running it; what was asked for."""
    asked: list[tuple[str, bool]] = []

    def searches(set_name: str, *, quiet: bool) -> list[Ranked]:
        asked.append((set_name, quiet))
        return [ranked("notre recherche"), ranked("BM25")]

    monkeypatch.setattr("evaluation.commands.bench.compare_searches", searches)
    return asked


def test_bench_json_is_a_list_of_searches(here: Here, results: list[tuple[str, bool]]) -> None:
    done = here("bench", "quality", "--json")
    assert done.returncode == 0
    found = [Ranked.model_validate(values) for values in json.loads(done.stdout)]
    assert found == [ranked("notre recherche"), ranked("BM25")]
    assert results == [("dev", True)]


def test_bench_prints_a_table(here: Here, results: list[tuple[str, bool]]) -> None:
    done = here("bench", "quality", "--set", "test")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "jeu « test », 42 questions qui ont un passage attendu"
    assert [line.split("  ")[0] for line in lines[2:4]] == ["notre recherche", "BM25"]
    assert lines[4].startswith("  notre avance")
    assert results == [("test", False)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("quality", "--set", "ailleurs"), "« --set »"), (("speed",), "« speed » n’existe pas")],
)
def test_bench_refuses_what_it_does_not_know(here: Here, arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(here("bench", *arguments), 2)


@pytest.mark.usefixtures("own_engine")
def test_bench_without_its_extras_says_what_to_install(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_chroma", None)
    line = refused(here("bench", "quality", "--json"), 1)
    assert "«\u00a0langchain_chroma\u00a0» n’est pas installé" in line
    assert "pip install -c constraints.txt -e '.[bench]'" in line


@pytest.mark.model
def test_bench_runs_the_three_searches_on_the_same_questions(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = SmallCorpus(tmp_path / "corpus")
    corpus.ingest()

    @contextmanager
    def small(_settings: AssistantSettings, **_members: object) -> Iterator[object]:
        yield corpus.engine()

    cases = [
        make_case("direct-001", "restaurer un lavoir ancien", schemes=["lavoirs"], gold=["lavoirs/Objet"]),
        make_case("direct-002", "planter des haies champêtres", schemes=["haies"], gold=["haies/Objet"]),
        make_case("scope-003", "la météo", status="out_of_scope"),
    ]
    monkeypatch.setattr("evaluation.runs.own_index.engine_of_fiches", small)
    monkeypatch.setattr("evaluation.questions.cases.committed_cases", lambda _split: cases)
    monkeypatch.setattr("corpus.fiches.catalogue.load_catalogue", lambda: corpus.catalogue)
    done = here("bench", "quality", "--json")
    assert done.returncode == 0, done.stderr
    found = [Ranked.model_validate(values) for values in json.loads(done.stdout)]
    assert [result.name for result in found] == [
        "notre recherche",
        "LangChain + Chroma + all-MiniLM-L6-v2",
        "BM25 (bm25s, racines françaises)",
    ]
    for result in found:
        assert set(result.figures) == {"ndcg_10", "recall_5", "mrr_10", "scheme_hit_1"} <= set(ALL_METRICS)
        assert {measure.questions for measure in result.figures.values()} == {2}
        assert result.figures["recall_5"].value == 1.0
        assert result.query_ms > 0
    assert found[0].ours_minus == {}
    assert set(found[1].ours_minus) == set(found[2].ours_minus) == set(found[0].figures)
