"""GDAL with all its formats, as others have it: in a process of its own, since in ours it may read a few only."""

import json
import os
import subprocess
import sys
from typing import Any

from importers.gdal import SETTINGS

_READ = """
import json, sys
import pyogrio
options = json.loads(sys.argv[2])
if "bbox" in options:
    options["bbox"] = tuple(options["bbox"])
found = pyogrio.read_dataframe(sys.argv[1], **options)
told = {"refs": sorted(found["ref"]), "epsg": found.crs and found.crs.to_epsg(), "bounds": found.total_bounds.tolist()}
print(json.dumps(told))
"""


def gdal_environment() -> dict[str, str]:
    """Of a program that may read with all formats, whatever a test of this process read before."""
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}


def read_by_gdal(source: str, **options: Any) -> dict[str, Any]:
    """Refs, coordinate system and bounds of what GDAL finds there."""
    words = [sys.executable, "-c", _READ, source, json.dumps(options)]
    done = subprocess.run(words, env=gdal_environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
