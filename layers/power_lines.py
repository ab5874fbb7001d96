"""Power lines; for planners and above."""

from decimal import Decimal

from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Audience, Layer, Shape
from layers.core.levels import Counted, Dissolved
from layers.core.model import attribute
from layers.core.network import NetworkLine
from layers.core.words import Title


class PowerLine(NetworkLine):
    """A power line."""

    __tablename__ = "power_lines"

    voltage_kv: Mapped[Decimal | None] = attribute(
        Numeric(6, 2), tr="Gerilim", en="Voltage", unit="kV", allowed=Allowed(least=0.01, most=1500)
    )


LAYER = Layer(
    id="power_lines",
    title=Title("Elektrik hatları", "Power lines"),
    description=Title(
        "Elektrik iletim ve dağıtım hatları.",
        "A power line.",
    ),
    model=PowerLine,
    shape=Shape.LINES,
    zooms=range(13, 17),
    tile_fields=("feature_class", "voltage_kv"),
    label="feature_class",
    theme="network",
    audience=Audience.PLANNER,
    levels=(
        Dissolved(
            "mains", range(9, 13), by=("feature_class",), tolerance_m=8.0, cell_m=8000, at_least=("voltage_kv", 30)
        ),
        Counted("neighbourhoods", range(8, 13)),
        Counted("districts", range(5, 8)),
    ),
)
