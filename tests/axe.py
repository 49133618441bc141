"""What axe-core finds on a page: WCAG 2.2 A and AA, and its best practices."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()


def violations(page: Page) -> list[str]:
    """A line for each element that breaks a rule."""
    found = _AXE.run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{item['id']}: {node['html']}" for item in found for node in item["nodes"]]
