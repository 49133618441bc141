"""What keeps the four packages readable: a docstring a module, and a page that names them all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "ingest", "assistant", "evaluation")
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py")
)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_starts_by_saying_what_it_is(module: str) -> None:
    docstring = ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8")))
    assert docstring, f"{module} has no docstring"
    assert len(docstring.splitlines()[0]) > 15, f"{module}: the first line says too little"


def test_the_architecture_page_names_every_module() -> None:
    page = ROOT / "docs" / "architecture.md"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    missing = [name for name in MODULES if not name.endswith("__init__.py") and name not in text]
    assert not missing, f"docs/architecture.md doesn't name: {', '.join(missing)}"


def test_the_architecture_page_names_no_module_that_is_gone() -> None:
    page = ROOT / "docs" / "architecture.md"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    named = {word.strip("`.,;:()[]*|") for word in text.replace("](", " ").split()}
    gone = sorted(
        word
        for word in named
        if word.endswith(".py") and word.split("/")[0] in PACKAGES and not (ROOT / word).is_file()
    )
    assert not gone, f"docs/architecture.md names what is gone: {', '.join(gone)}"


def test_no_test_folder_is_a_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_only_the_answering_room_makes_a_reply() -> None:
    made = {
        name
        for name in MODULES
        if name.startswith("assistant/") and not name.startswith("assistant/answering/")
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reply"
    }
    assert made == set()


def test_the_order_of_things_is_read_in_a_minute() -> None:
    steps = ROOT / "assistant" / "answering" / "steps.py"
    assert len(steps.read_text(encoding="utf-8").splitlines()) < 100
