"""Waste and rain water pipes; for planners and above."""

from decimal import Decimal

from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Audience, Layer, Shape
from layers.core.levels import Counted, Dissolved
from layers.core.model import attribute
from layers.core.network import NetworkLine
from layers.core.words import Title


class SewerLine(NetworkLine):
    """A waste or rain water pipe."""

    __tablename__ = "sewer_lines"

    slope_permille: Mapped[Decimal | None] = attribute(
        Numeric(6, 2), tr="Eğim", en="Slope", unit="‰", allowed=Allowed(least=-1000, most=1000)
    )


LAYER = Layer(
    id="sewer_lines",
    title=Title("Kanal hatları", "Sewer lines"),
    description=Title(
        "Atık su ve yağmur suyu boruları.",
        "A waste or rain water pipe.",
    ),
    model=SewerLine,
    shape=Shape.LINES,
    zooms=range(13, 17),
    tile_fields=("feature_class", "diameter_mm"),
    label="feature_class",
    theme="network",
    audience=Audience.PLANNER,
    levels=(
        Dissolved(
            "mains", range(9, 13), by=("feature_class",), tolerance_m=8.0, cell_m=8000, at_least=("diameter_mm", 500)
        ),
        Counted("neighbourhoods", range(8, 13)),
        Counted("districts", range(5, 8)),
    ),
)
