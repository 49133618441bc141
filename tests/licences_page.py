"""The tables of docs/licences.md, made from what is installed and pinned; run it to rewrite them."""

from pathlib import Path

from assistant.installed.listing import UNKNOWN
from assistant.installed.packages import Package, installed, needed

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
START, END = "<!-- packages: written by tests/licences_page.py -->\n", "<!-- end of packages -->"
EXTRAS = ("llm", "mcp", "redis")
"""The extras of a service; what tests, measures and training need isn't installed with it."""
UNPINNED = "non fixée"


def pinned() -> dict[str, str]:
    """The version of each package that constraints.txt fixes, by its key."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if "==" in line]
    return {name.lower().replace("_", "-").replace(".", "-"): version for name, version in pairs}


def rows() -> dict[str, str]:
    """The line of each package that a service may need, by its key."""
    packages, versions = installed(), pinned()
    serving = needed(packages)
    found: dict[str, str] = {}
    for extra in ("", *EXTRAS):
        for key in sorted(needed(packages, [extra] if extra else ()) - set(found)):
            found[key] = _row(
                packages[key], versions.get(key, UNPINNED), "" if key in serving else f"`{extra}`"
            )
    return dict(sorted(found.items()))


def _row(package: Package, version: str, extra: str) -> str:
    return f"| {package.name} | {version} | {package.licence or UNKNOWN} | {extra} |"


def rewritten(page: str) -> str:
    """The page with a fresh table."""
    before, rest = page.split(START)
    head = ["| nom du paquet | version | licence | option |", "|---|---|---|---|"]
    return before + START + "\n".join(["", *head, *rows().values(), "", ""]) + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
