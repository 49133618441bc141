"""The table of modules in docs/architecture.md, made from their docstrings; run it to rewrite the table."""

import ast
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
START, END = "<!-- modules: written by tests/module_map.py -->\n", "<!-- end of modules -->"


def modules() -> list[Path]:
    """Every module of the four packages, in the order of the imports."""
    return [
        path
        for package in ("corpus", "ingest", "assistant", "evaluation")
        for path in sorted((ROOT / package).rglob("*.py"), key=lambda path: (path.parent, path.name))
    ]


def responsibility(path: Path) -> str:
    """First paragraph of a module's docstring, on one line; empty when it has none."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def table() -> str:
    """The tables as they must stand in the page: one a room, headed by what the room is for."""
    parts: list[str] = []
    for room, paths in groupby(modules(), key=lambda path: path.parent):
        purpose = responsibility(room / "__init__.py")
        listed = [path for path in paths if path.stem != "__init__"]
        rows = [f"| `{path.relative_to(ROOT)}` | {responsibility(path)} |" for path in listed]
        if rows:
            head = ["| module | responsibility |", "|---|---|"]
            parts += ["", f"### `{room.relative_to(ROOT)}`", "", purpose, "", *head, *rows]
    return "\n".join([*parts, "", ""])


def rewritten(page: str) -> str:
    """The page with a fresh table."""
    before, rest = page.split(START)
    return before + START + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
