"""The command line: help in no time, usage errors in French, exit codes, and JSON that others parse."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import click
import pytest
from click.testing import CliRunner
from real_server import CONSOLE, settings

from assistant.commands.cli import cli, main, usage_in_french
from assistant.reply import Reply, SearchResponse
from assistant.settings import AssistantSettings
from evaluation.benches.retrieval_run import RetrievalScores
from ingest.pipeline import IngestReport

pytestmark = pytest.mark.slow

HEAVY = {"torch", "gradio", "chromadb", "transformers", "sentence_transformers", "tantivy", "fastapi"}
COMMANDS = ("ask", "corpus", "eligibility", "evaluate", "ingest", "search", "serve", "sync")


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the console script in an empty folder, with no setting but those given, and the kept vectors."""
    return subprocess.run(
        [CONSOLE, *arguments],
        cwd=cwd,
        env={**settings(), **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


class Here(Protocol):
    """Runs a command in this process, so that the encoder's libraries are imported once."""

    def __call__(self, *arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    def run_here(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
        for name in AssistantSettings.model_fields:
            monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, int(end.value.code or 0), out, err)

    return run_here


# --- help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from assistant.commands.cli import cli\n"
        f"try:\n    cli.main({arguments!r})\n"
        "except SystemExit as end:\n    assert not end.code\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [["--nope"], ["nope"], ["ask"], ["ask", ""], ["serve", "--port", "x"]])
def test_a_usage_error_loads_nothing_that_takes_long(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from assistant.commands.cli import cli\n"
        f"try:\n    cli.main({arguments!r})\n"
        "except SystemExit as end:\n    print(end.code)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-2:] == ["2", "[]"]


def test_every_command_is_listed_with_a_french_line() -> None:
    done = CliRunner().invoke(cli, ["--help"])
    assert done.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help(name: str) -> None:
    for flag in ("--help", "-h"):
        done = CliRunner().invoke(cli, [name, flag])
        assert done.exit_code == 0
        assert done.output.startswith("Usage: ")


@pytest.mark.parametrize("name", ["ask", "search", "ingest", "evaluate", "eligibility", "sync"])
def test_what_prints_data_prints_json(name: str) -> None:
    assert "--json" in CliRunner().invoke(cli, [name, "--help"]).output


def test_version() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output.strip() == version("regional-schemes-assistant")


# --- wrong usage ----------------------------------------------------------------------------------

WRONG = [
    (["nope"], "La commande « nope » n’existe pas."),
    (["corpus", "nope"], "La commande « nope » n’existe pas."),
    (["--nope"], "L’option « --nope » n’existe pas."),
    (["ask", "--nope", "x"], "L’option « --nope » n’existe pas."),
    (["ask"], "Il manque « QUESTION »."),
    (["ask", ""], "La question est vide."),
    (["ask", "  ", "\t"], "La question est vide."),
    (["ask", "a" * 10_000], "La question dépasse 4000 caractères."),
    (["ask", "a" * 100_000], "Texte trop long, 20000 caractères au plus."),
    (["search"], "Il manque « QUERY »."),
    (["search", " "], "La question est vide."),
    (["search", "a" * 10_000], "La question dépasse 4000 caractères."),
    (["search", "x", "-k", "0"], "Valeur refusée pour « -k » (un nombre entier de 1 à 100 est attendu)."),
    (["search", "x", "-k", "dix"], "Valeur refusée pour « -k » (un nombre entier de 1 à 100 est attendu)."),
    (["ask", "x", "--scheme"], "L’option « --scheme » est mal employée (une valeur est attendue)."),
    (["ask", "x", "--json=1"], "L’option « --json » est mal employée (elle ne prend pas de valeur)."),
    (["ask", "x", "--index", "a-file"], "Valeur refusée pour « --index » (un dossier est attendu)."),
    (["ask", "x", "--collection", "../y"], "Réglage incorrect : ASSISTANT_COLLECTION."),
    (
        ["serve", "--port", "abc"],
        "Valeur refusée pour « --port » (un nombre entier de 0 à 65535 est attendu).",
    ),
    (
        ["serve", "--port", "-1"],
        "Valeur refusée pour « --port » (un nombre entier de 0 à 65535 est attendu).",
    ),
    (["serve", "now"], "Il y a un argument de trop (now)."),
    (["evaluate", "--nope"], "L’option « --nope » n’existe pas."),
    (
        ["eligibility", "--fact", "population"],
        "« population » n’a pas la forme CLÉ=VALEUR, par exemple population=1500.",
    ),
    (["corpus", "check", "nulle-part"], "Le chemin « nulle-part » n’existe pas."),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_usage_is_said_in_one_french_line(
    arguments: list[str], message: str, tmp_path: Path, here: Here
) -> None:
    (tmp_path / "a-file").touch()
    done = here(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"{message} Aide : assistant")
    assert done.stderr.endswith(" --help\n")
    assert done.stderr.count("\n") == 1


def test_a_wrong_variable_is_named(tmp_path: Path, here: Here) -> None:
    done = here("serve", cwd=tmp_path, ASSISTANT_PORT="http")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Réglage incorrect : ASSISTANT_PORT." in done.stderr


@pytest.mark.parametrize("arguments", [[], ["corpus"]])
def test_without_a_command_the_commands_are_shown(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Commands:" in done.stderr
    assert "refusée" not in done.stderr


def test_a_message_of_our_own_is_a_sentence() -> None:
    assert usage_in_french(click.UsageError("le fichier est vide")) == "Le fichier est vide."


# --- failures -------------------------------------------------------------------------------------


def failure(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a command that failed."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    line = done.stderr.strip()
    assert "\n" not in line
    return line


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl"])
def test_a_test_set_that_is_not_there_is_named(file: str, tmp_path: Path, here: Here) -> None:
    (tmp_path / "set").mkdir()
    if file == "queries.jsonl":
        (tmp_path / "set" / "corpus.jsonl").write_text('{"_id": "1", "text": "x"}\n', encoding="utf-8")
    line = failure(here("evaluate", "--beir", "set", cwd=tmp_path))
    assert f"set/{file}" in line


def test_a_port_in_use_is_said_before_anything_slow(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        started = time.perf_counter()
        line = failure(run("serve", "--port", str(port), "--index", "index", cwd=tmp_path))
        assert time.perf_counter() - started < 5
    assert f"Le port {port} est déjà utilisé" in line
    assert f"--port {port + 1}" in line
    assert not (tmp_path / "index").exists()


@pytest.mark.model
@pytest.mark.parametrize("command", ["ask", "search"])
def test_without_an_index_it_says_what_to_run(command: str, tmp_path: Path, here: Here) -> None:
    line = failure(here(command, "le CVCB", "--index", "none", cwd=tmp_path))
    assert "« none »" in line
    assert "Lancez : assistant ingest" in line
    assert not (tmp_path / "none").exists()


# --- with an index --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the committed corpus in ``index``, made by the console script."""
    folder = tmp_path_factory.mktemp("cli")
    done = run("ingest", "--index", "index", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    report = IngestReport(**json.loads(done.stdout))
    assert report.embedded == report.chunks > 0
    return folder


@pytest.mark.model
def test_a_second_ingestion_embeds_nothing_and_says_so(place: Path, here: Here) -> None:
    done = here("ingest", cwd=place, ASSISTANT_INDEX_DIR="index")
    assert done.returncode == 0
    assert "L’index est à jour" in done.stdout


@pytest.mark.model
def test_ask_prints_the_answer_and_its_dated_sources(place: Path) -> None:
    done = run("ask", "Quelles communes ont reçu", "le CVCB en juillet 2023 ?", "--index", "index", cwd=place)
    assert done.returncode == 0
    answer, _, sources = done.stdout.partition("\n\n")
    for words in ("Baincthun", "Montataire", "Nieppe", "1,78", "[1]"):
        assert words in answer
    assert "[1] Redynamisation des centres-villes" in sources
    assert "« Exemples »" in sources
    assert "2023-07-07" in sources


@pytest.mark.model
def test_ask_json_is_a_reply(place: Path, here: Here) -> None:
    done = here("ask", "--json", "--scheme", "cvcb", "Quel est le plafond ?", "--index", "index", cwd=place)
    assert done.returncode == 0
    reply = Reply.model_validate_json(done.stdout)
    assert reply.status == "answered"
    assert reply.schemes == ("cvcb",)
    assert "1 000 000 €" in reply.answer.replace("\u00a0", " ")


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Donne-moi la recette de la tarte au sucre", "out_of_scope"),
        ("Quelle est la capitale de l’Australie ?", "out_of_scope"),
    ],
)
def test_a_question_without_an_answer_is_no_failure(
    question: str, status: str, place: Path, here: Here
) -> None:
    done = here("ask", "--json", question, "--index", "index", cwd=place)
    assert done.returncode == 0
    reply = Reply.model_validate_json(done.stdout)
    assert (reply.status, reply.citations) == (status, ())


@pytest.mark.model
def test_search_json_is_a_search_response(place: Path, here: Here) -> None:
    done = here("search", "--json", "-k", "3", "dernier commerce", "--index", "index", cwd=place)
    assert done.returncode == 0
    found = SearchResponse.model_validate_json(done.stdout)
    assert found.query == "dernier commerce"
    assert len(found.hits) == 3
    assert found.hits[0].scheme_id == "dernier-commerce"
    assert found.repaired == {}


@pytest.mark.model
def test_search_tells_the_words_it_mended(place: Path, here: Here) -> None:
    done = here("search", "dernier commerse", "-k", "1", "--index", "index", cwd=place)
    assert done.stdout.startswith("Mots corrigés : commerse → commerce\n")


@pytest.mark.model
def test_search_prints_passages_with_scores(place: Path, here: Here) -> None:
    done = here("search", "dernier commerce", "--scheme", "cvcb", "-k", "2", "--index", "index", cwd=place)
    assert done.returncode == 0
    assert done.stdout.lstrip().startswith("1. Redynamisation des centres-villes")
    assert "lexical" in done.stdout


@pytest.mark.model
@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_unknown_scheme_is_a_failure(command: str, place: Path, here: Here) -> None:
    line = failure(here(command, "x", "--scheme", "nulle-part", "--index", "index", cwd=place))
    assert "«\u00a0nulle-part\u00a0» n’existe pas" in line


@pytest.mark.model
def test_an_unknown_collection_says_what_to_here(place: Path, here: Here) -> None:
    line = failure(here("ask", "x", "--collection", "autre", "--index", "index", cwd=place))
    assert "« autre »" in line
    assert "assistant ingest" in line


@pytest.mark.model
def test_a_path_that_is_not_there_is_refused_and_nothing_is_lost(place: Path, here: Here) -> None:
    before = (place / "index" / "dispositifs.current").read_text(encoding="utf-8")
    line = failure(here("ingest", "nulle-part.md", "--index", "index", cwd=place))
    assert "nulle-part.md" in line
    assert (place / "index" / "dispositifs.current").read_text(encoding="utf-8") == before


@pytest.mark.model
def test_evaluate_json_is_a_list_of_scores(tmp_path: Path, here: Here) -> None:
    folder = tmp_path / "mini"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(
        '{"_id": "a", "title": "Haies", "text": "On plante une haie."}\n'
        '{"_id": "b", "title": "Halles", "text": "On bâtit une halle."}\n',
        encoding="utf-8",
    )
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "bâtir une halle"}\n', encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n", encoding="utf-8")
    done = here("evaluate", "--beir", "mini", "--json", cwd=tmp_path)
    assert done.returncode == 0
    scores = [RetrievalScores(**values) for values in json.loads(done.stdout)]
    assert [(score.name, score.queries, score.ndcg_10) for score in scores] == [("mini", 1, 1.0)]
    # What was encoded is kept for next time, and nothing else.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mini", "var"]
    assert [path.name for path in (tmp_path / "var").rglob("*") if path.is_dir()] == ["index", "vectors"]
    table = here("evaluate", "--beir", "mini", cwd=tmp_path).stdout.splitlines()
    assert table[0].startswith("jeu\tquestions")
    assert table[1].split("\t")[3:6] == ["100.0", "100.0", "100.0"]


# --- an output that can't be written --------------------------------------------------------------

LONG = ["eligibility", "--commune", "Nieppe"]


@pytest.mark.parametrize("arguments", [LONG, [*LONG, "--json"], ["--version"], ["eligibility", "--help"]])
def test_a_full_output_is_said_in_one_french_line(arguments: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [CONSOLE, *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "il n’y a plus de place" in line


@pytest.mark.parametrize("arguments", [LONG, [*LONG, "--json"], ["--version"]])
def test_a_reader_that_leaves_ends_it_quietly(arguments: list[str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [CONSOLE, *arguments],
            cwd=tmp_path,
            stdout=writing,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_choice_is_refused_in_french(here: Here, tmp_path: Path) -> None:
    done = here("encoder", "train", "x", "--out", "y", "--start", "autre", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not one of" not in done.stderr


def test_text_that_is_no_unicode_is_refused(here: Here, tmp_path: Path) -> None:
    done = here("ask", "vidéo\udcff", cwd=tmp_path)
    assert done.returncode == 2
    assert "Unicode" in done.stderr
    assert "Traceback" not in done.stderr
