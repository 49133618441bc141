"""``assistant eligibility``: hedged words, reasons, JSON, refusals in one French line, and a fast start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from assistant.commands.eligibility import command, read_pairs
from assistant.eligibility.request import EligibilityResponse
from assistant.errors import AmbiguousCommune, UnknownCommune, WrongFact
from corpus.french.typography import typography_problems


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def said(*arguments: str) -> str:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    return done.output.replace("\u00a0", " ")


def test_the_commune_comes_first_with_dated_facts() -> None:
    lines = said("--commune", "nieppe").splitlines()
    assert lines[0] == "Nieppe (Nord), code INSEE 59431, code postal 59850"
    assert lines[1] == "  7 764 habitants (table des communes, 2026)"
    assert "  Petites villes de demain : non (liste du 16 septembre 2024)" in lines


def test_the_verdicts_are_hedged_and_grouped() -> None:
    text = said("--commune", "59431")
    groups = ["Possibles, à vérifier", "Exclues par la taille, la situation ou les labels", "Fermées"]
    places = [text.index(f"\n{group}") for group in groups]
    assert places == sorted(places)
    assert "Ouverture actuelle non vérifiée (dernière information : " in text
    assert "seule l’instruction de la demande décide" in text
    assert " est éligible" not in text


def test_a_project_that_is_known_decides() -> None:
    told = ("--fact", "project=cctv", "--fact", "premiere_installation=oui", "--fact", "aidee_en_2022=non")
    likely = said("--commune", "59431", *told).partition("\nPossibles, à vérifier")[0]
    assert "Probables, sous réserve de l’instruction : " in likely
    assert "[videoprotection]" in likely


def test_one_other_condition_is_in_the_singular() -> None:
    text = said("--commune", "59431")
    assert "- et 1 autre (voir --scheme " in text
    assert "et 1 autres" not in text


def test_a_favourable_verdict_is_hedged_too() -> None:
    told = ("--fact", "project=cctv", "--fact", "premiere_installation=oui", "--fact", "aidee_en_2022=non")
    text = said("--commune", "Nieppe", "--scheme", "videoprotection", *told)
    assert "Semble éligible, sous réserve de l’instruction : 1" in text


def test_only_what_explains_the_verdict_is_shown() -> None:
    text = said("--commune", "59431").partition("[actes-projets-locaux]")[2].partition("\n\n")[0]
    assert "non rempli : Commune de moins de 2 000 habitants : Nieppe : 7 764 habitants" in text
    assert "- rempli" not in text


def test_one_scheme_shows_every_criterion_with_its_sources() -> None:
    text = said("--commune", "Nieppe", "--scheme", "actes-projets-locaux", "--fact", "population=1500")
    assert text.count("\n  - ") == 5
    assert "1 500 habitants d’après vous, seuil : moins de 2 000." in text
    assert "Région Hauts-de-France, 11 juillet 2024" in text


def test_the_typography_is_french() -> None:
    assert typography_problems(run("--commune", "Nieppe").output) == ()


def test_json_is_the_response_of_the_api() -> None:
    done = run("--commune", "Nieppe", "--fact", "project=shop", "--on", "2026-11-23", "--json")
    response = EligibilityResponse.model_validate_json(done.output)
    assert response.commune is not None
    assert response.commune.insee == "59431"
    assert len(response.eligibility) > 40


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--commune", "Marseille"], UnknownCommune),
        (["--commune", "saint aubin"], AmbiguousCommune),
        (["--fact", "populaton=3"], WrongFact),
    ],
)
def test_a_refusal_reaches_the_console_script(arguments: list[str], error: type[Exception]) -> None:
    assert isinstance(run(*arguments).exception, error)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--on", "demain"], "AAAA-MM-JJ"),
        (["--beneficiary", "maire"], "à choisir parmi"),
        (["--fact", "population"], "n’a pas la forme CLÉ=VALEUR"),
        (["--fact", "cost=1", "--fact", "cost=2"], "donné deux fois"),
    ],
)
def test_a_wrong_usage_says_what_to_write(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.output


def test_projects_add_up() -> None:
    pairs = read_pairs(("project=shop", "project=sport,school", "cost=1"))
    assert pairs == {"project": ["shop", "sport", "school"], "cost": "1"}
    with pytest.raises(click.UsageError):
        read_pairs(("=1",))


@pytest.mark.slow
def test_it_starts_without_torch_and_in_seconds(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from assistant.commands.eligibility import command\n"
        "command.main(['--commune', 'Nieppe'], standalone_mode=False)\n"
        "heavy = {'torch', 'gradio', 'chromadb', 'transformers', 'sentence_transformers', 'fastapi'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    )
    assert done.stdout.splitlines()[-1] == "[]"
