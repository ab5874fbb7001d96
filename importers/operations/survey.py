"""Looking at the ground of groups in the database: their parents, their children and what lies around."""

from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from importers.operations.group import Group
from importers.operations.remainder import Remainder, remainder
from importers.shapes import read_back
from sql import query


def survey(connection: Connection, groups: Sequence[Group]) -> list[Remainder | None]:
    """What each group leaves over, in the order given."""
    asked = {
        "parent_groups": [number for number, group in enumerate(groups) for _ in group.parents],
        "parents": [uid for group in groups for uid in group.parents],
        "child_groups": [number for number, group in enumerate(groups) for _ in group.lines],
        "lines": [line for group in groups for line in sorted(group.lines)],
    }
    rows = connection.execute(text(query("operations.ground")), asked).all()
    ground: dict[tuple[int, str], list[BaseGeometry]] = {}
    for row, shape in zip(rows, read_back(row.geom for row in rows), strict=True):
        ground.setdefault((row.number, row.part), []).append(shape)
    return [
        remainder(ground[number, "parent"], ground[number, "child"], ground.get((number, "other"), ()))
        for number in range(len(groups))
    ]
