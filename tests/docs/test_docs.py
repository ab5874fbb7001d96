"""Docs that lie fail."""

import re
from pathlib import Path

import pytest

from gisserver.cli import GIS
from gisserver.reference import pages

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
HOUSE = ("gisserver", "layers", "importers", "sql", "demo", "docs", "script", "profiles", "tests", "bench", "deploy")


@pytest.mark.parametrize("name", pages(GIS))
def test_a_reference_page_is_what_the_declarations_say(name):
    """Renew with: gis reference"""
    assert (ROOT / "docs/reference" / name).read_text(encoding="utf-8") == pages(GIS)[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_paths_in_the_docs_exist(page: Path):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), target
    for path in re.findall(rf"`((?:{'|'.join(HOUSE)})/[\w./-]+)`", text):
        assert list(ROOT.glob(f"{path.rstrip('/')}*")), path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_docs_exist(page: Path):
    """Every `gis verb` that a page names is a verb."""
    known = set(GIS.list_commands(None))
    shown = re.findall(r"`[^`\n]+`|```.*?```", page.read_text(encoding="utf-8"), re.DOTALL)
    for verb in re.findall(r"\bgis ([a-z][a-z-]+)", " ".join(shown)):
        assert verb in known, verb


def test_every_decision_tells_how_it_would_be_noticed_as_wrong():
    for decision in sorted((ROOT / "docs/decisions").glob("*.md")):
        text = decision.read_text(encoding="utf-8")
        for part in ("**Context.**", "**Decision.**", "**We would notice it was wrong**"):
            assert part in text, f"{decision.name} lacks {part}"
