"""What axe-core finds on a page."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

_SOURCE = Path(__file__).parents[2] / "gisserver/web/node_modules/axe-core/axe.min.js"
_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def found_by_axe(page: Page) -> list[str]:
    """One line for each element that breaks a rule; no line is the aim."""
    page.evaluate(_axe())
    result = page.evaluate("rules => axe.run(document, { runOnly: rules })", _STANDARD)
    return [
        f"{violation['id']}: {node['target'][0]} – {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@cache
def _axe() -> str:
    assert _SOURCE.exists(), "axe-core is not installed: run script/bootstrap"
    return _SOURCE.read_text(encoding="utf-8")
