"""Streets by name, with the neighbourhood on each side."""

from decimal import Decimal

from sqlalchemy import Numeric, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted, Dissolved
from layers.core.model import Feature, attribute, folded
from layers.core.road_classes import ROAD_CLASSES
from layers.core.words import Title


class Road(Feature):
    """Centre line of a street."""

    __tablename__ = "roads"

    street_type: Mapped[str | None] = attribute(Text, tr="Yol türü", en="Street type")
    name: Mapped[str] = attribute(Text, tr="Ad", en="Name", required=True)
    name_key: Mapped[str | None] = folded("name")
    other_names: Mapped[str | None] = attribute(Text, tr="Diğer adları", en="Other names")
    former_names: Mapped[str | None] = attribute(Text, tr="Eski adları", en="Former names")
    road_class: Mapped[str | None] = attribute(Text, tr="Sınıf", en="Class", allowed=Allowed(titles=ROAD_CLASSES))
    width_m: Mapped[Decimal | None] = attribute(
        Numeric(5, 1), tr="Genişlik", en="Width", unit="m", allowed=Allowed(least=0, most=200)
    )
    neighbourhood_left: Mapped[str | None] = attribute(Text, tr="Sol mahalle", en="Neighbourhood on the left")
    neighbourhood_right: Mapped[str | None] = attribute(Text, tr="Sağ mahalle", en="Neighbourhood on the right")


LAYER = Layer(
    id="roads",
    title=Title("Yollar", "Roads"),
    description=Title(
        "Cadde, sokak ve bulvar orta hatları.",
        "Centre line of a street.",
    ),
    model=Road,
    shape=Shape.LINES,
    zooms=range(13, 17),
    tile_fields=("name", "road_class"),
    label="name",
    theme="address",
    levels=(
        Dissolved(
            "mains", range(9, 13), by=("name", "road_class"), tolerance_m=8.0, cell_m=16000, at_least=("width_m", 12)
        ),
        Counted("neighbourhoods", range(8, 13)),
        Counted("districts", range(5, 8)),
    ),
)
