"""What axe-core finds on a page: WCAG 2.2 A and AA, and its best practices."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()
# A page that scrolls smoothly passes its buttons under what stays in view; at rest is when they are used.
_AT_REST = """() => new Promise((resolve) => {
  let last = scrollY, still = 0;
  const look = () => {
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    still < 15 ? requestAnimationFrame(look) : resolve();
  };
  look();
})"""


def violations(page: Page) -> list[str]:
    """A line for each element that breaks a rule, once the page has stopped scrolling."""
    page.evaluate(_AT_REST)
    found = _AXE.run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{item['id']}: {node['html']}" for item in found for node in item["nodes"]]
