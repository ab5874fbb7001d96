"""Drinking water pipes; for planners and above."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped

from layers.core.layer import Audience, Layer, Shape
from layers.core.levels import Counted, Dissolved
from layers.core.model import attribute
from layers.core.network import NetworkLine
from layers.core.words import Title


class WaterLine(NetworkLine):
    """A drinking water pipe."""

    __tablename__ = "water_lines"

    pressure_class: Mapped[str | None] = attribute(Text, tr="Basınç sınıfı", en="Pressure class")


LAYER = Layer(
    id="water_lines",
    title=Title("İçme suyu hatları", "Water lines"),
    description=Title(
        "İçme suyu boruları.",
        "A drinking water pipe.",
    ),
    model=WaterLine,
    shape=Shape.LINES,
    zooms=range(13, 17),
    tile_fields=("feature_class", "diameter_mm"),
    label="feature_class",
    theme="network",
    audience=Audience.PLANNER,
    levels=(
        Dissolved(
            "mains", range(9, 13), by=("feature_class",), tolerance_m=8.0, cell_m=8000, at_least=("diameter_mm", 250)
        ),
        Counted("neighbourhoods", range(8, 13)),
        Counted("districts", range(5, 8)),
    ),
)
