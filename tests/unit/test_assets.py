"""Scripts and styles by their built names."""

import json
from pathlib import Path

import pytest

from gisserver.assets import Manifest

BUILT = {
    "src/map.ts": {"file": "assets/map-1.js", "isEntry": True, "css": ["assets/map-2.css"], "imports": ["_shared.js"]},
    "_shared.js": {"file": "assets/shared-3.js", "css": ["assets/shared-4.css"]},
}


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(BUILT), encoding="utf-8")
    return Manifest.read(path)


def test_an_entry_brings_its_styles_and_those_of_what_it_imports(manifest):
    tags = manifest.tags("src/map.ts")
    assert tags.index("shared-4.css") < tags.index("map-2.css") < tags.index("map-1.js")
    assert '<script type="module" src="/static/dist/assets/map-1.js"></script>' in tags


def test_what_an_entry_imports_is_fetched_at_the_same_time(manifest):
    assert '<link rel="modulepreload" href="/static/dist/assets/shared-3.js">' in manifest.tags("src/map.ts")


def test_nothing_is_written_into_the_page_that_the_content_policy_refuses(manifest):
    assert "style=" not in manifest.tags("src/map.ts")
    assert "><script>" not in manifest.tags("src/map.ts")


def test_an_entry_that_was_not_built_has_no_tags(manifest):
    assert manifest.tags("src/other.ts") == ""
