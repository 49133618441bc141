"""A command whose extra isn't installed says in one line what to install; serving needs no extra."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import click
import pytest

from assistant.commands.extras import MODULES, require
from assistant.commands.mcp import command as mcp
from assistant.errors import MissingPackage
from evaluation.commands.bench import command as bench
from evaluation.commands.evaluate import command as evaluate
from evaluation.commands.train import command as train

ROOT = Path(__file__).parents[3]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
# The files that know what an extra brings, and look for it before they use it.
KNOWS = {
    "assistant/api/mcp/": "mcp",
    "assistant/api/traces.py": "traces",
    "assistant/model/connection.py": "llm",
    "assistant/model/local.py": "local-llm",
    "assistant/model/provider.py": "llm",
    "ingest/training/": "train",
}


def name_of(distribution: str) -> str:
    """A name as registries compare it."""
    return distribution.lower().replace("_", "-")


def brought_by(extra: str) -> set[str]:
    return {name_of(name) for name in EXTRAS[extra]}


def imported(package: str) -> Iterator[tuple[str, str]]:
    """Every file of a package with each module that it imports, at its head or within a function."""
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            yield from ((path.relative_to(ROOT).as_posix(), name.partition(".")[0]) for name in names)


@pytest.mark.parametrize("extra", MODULES)
def test_what_is_looked_for_comes_with_its_extra(extra: str) -> None:
    distributions = packages_distributions()
    for module in MODULES[extra]:
        assert {name_of(name) for name in distributions[module]} & brought_by(extra), module
        require(extra)


@pytest.mark.parametrize(
    ("command", "arguments", "module", "extra"),
    [
        (mcp, [], "mcp", "mcp"),
        (evaluate, ["--set", "dev"], "ir_measures", "evaluate"),
        (evaluate, ["--set", "dev"], "scipy", "evaluate"),
        (train, ["--folds"], "sklearn", "evaluate"),
        (bench, ["quality"], "ir_measures", "evaluate"),
        (bench, ["scale", str(ROOT)], "scipy", "evaluate"),
        (bench, ["retrieval", "--own"], "ir_measures", "evaluate"),
    ],
)
def test_a_command_says_in_one_line_what_to_install(
    command: click.Command, arguments: list[str], module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)  # as if it weren't installed
    with pytest.raises(MissingPackage) as refused:
        command.main(arguments, standalone_mode=False)
    said = str(refused.value)
    assert f"«\u00a0{module}\u00a0» n’est pas installé" in said
    assert said.endswith(f"lancez\u00a0: pip install -c constraints.txt -e '.[{extra}]'")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("command", "arguments"),
    [(mcp, ["--help"]), (evaluate, ["--help"]), (train, ["--help"]), (bench, ["quality", "--help"])],
)
def test_the_help_of_a_command_needs_no_extra(
    command: click.Command, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (name for names in MODULES.values() for name in names):
        monkeypatch.setitem(sys.modules, module, None)
    assert command.main(arguments, standalone_mode=False) == 0


def test_what_serving_imports_is_in_no_extra() -> None:
    distributions = packages_distributions()
    base = {name_of(name) for name in PROJECT["dependencies"]}
    only_extra = {name for extra in EXTRAS for name in brought_by(extra)} - base
    strays = [
        (file, module)
        for package in ("corpus", "ingest", "assistant")
        for file, module in imported(package)
        for name in {name_of(one) for one in distributions.get(module, ())} & only_extra
        if not any(file.startswith(place) and name in brought_by(extra) for place, extra in KNOWS.items())
    ]
    assert strays == []
