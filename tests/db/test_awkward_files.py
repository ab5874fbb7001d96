"""Odd files of other projects' test suites: each ends as a report in which every record is counted, or as a refusal."""

import io
import time
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest

from importers.pipeline import Checked, Failed
from layers.core.declared_crs import DeclaredCrs
from tests.importing import open_desk

OURS = Path(__file__).parent.parent / "data/awkward"
MORE = Path(__file__).parent.parent.parent.parent / "shared/data/awkward"
"""A larger collection, where it lies beside the checkout."""
PATIENCE_S = 60
SETS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def sets(folder: Path) -> list[tuple[str, list[Path]]]:
    """What belongs together: the parts of a Shapefile under one name, everything else alone."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "README.md":
            is_part = path.suffix in SETS
            found[str(path.with_suffix(".zip") if is_part else path)].append(path)
    return [(Path(name).name, paths) for name, paths in found.items()]


def sent(paths: list[Path]) -> bytes:
    if len(paths) == 1 and paths[0].suffix not in SETS:
        return paths[0].read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in paths:
            archive.write(path, path.name)
    return packed.getvalue()


FILES = [*sets(OURS), *sets(MORE)]
DEGREES = DeclaredCrs(4326)
WAYS = (("parcels", None), ("parcels", DEGREES), ("roads", DEGREES), ("addresses", DEGREES))
"""Outlines, lines and points: a file may fit one of them."""


@pytest.fixture
def desk(database):
    with open_desk(database) as opened:
        yield opened


def is_told_plainly(failed: Failed) -> bool:
    """A sentence in both languages that names no class and no program of ours."""
    texts = failed.failure["text"]
    return all(
        texts[language].strip().endswith((".", "”.", ")")) and "Error" not in texts[language]
        for language in ("tr", "en")
    )


def are_all_counted(desk, outcome: Checked) -> bool:
    """Each line that was read is published as it is or in the inbox, and the report's counts add up to them."""
    counts = outcome.report["counts"]
    (row,) = desk.rows("SELECT count(*) AS n FROM inbox.record WHERE upload_id = :id", id=outcome.upload_id)
    kinds = ("inserted", "updated", "unchanged", "refused")
    return counts["records"] == row.n + counts["unchanged"] == sum(counts[kind] for kind in kinds)


@pytest.mark.parametrize(("name", "paths"), FILES, ids=[name for name, _ in FILES])
def test_it_ends_as_a_report_or_as_a_refusal(desk, name, paths):
    for layer, declared in WAYS:
        begun = time.monotonic()
        outcome = desk.send(name, sent(paths), layer_id=layer, declared_crs=declared)
        assert time.monotonic() - begun < PATIENCE_S
        if isinstance(outcome, Failed):
            assert is_told_plainly(outcome), outcome.failure
        else:
            assert are_all_counted(desk, outcome), outcome.report


def test_the_collection_here_is_never_empty():
    assert len(sets(OURS)) >= 12
