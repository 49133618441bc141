"""The documentation tells the truth: modules, settings, commands and links."""

import re
from importlib.metadata import entry_points

import pytest
from module_map import PAGE, ROOT, modules, responsibility, rewritten

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_its_responsibility(path):
    assert responsibility(path).endswith((".", "::"))


def test_architecture_lists_every_module():
    page = PAGE.read_text(encoding="utf-8")
    assert page == rewritten(page), "run: python tests/module_map.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_resolve(page):
    targets = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_in_pages_exist(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:corpus|ingest|assistant|evaluation|tests|docs)/[\w/.-]+\.\w+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = {entry.name for entry in entry_points(group="assistant.commands")}
    assert {name for name in commands if f"assistant {name}" not in readme} == set()


def test_every_setting_is_explained():
    pages = ("README.md", "docs/api.md", "docs/modele.md")
    explained = "".join((ROOT / page).read_text(encoding="utf-8") for page in pages)
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    settings = set(re.findall(r"\bASSISTANT_\w+", example))
    assert settings
    assert {name for name in settings if name not in explained} == set()
