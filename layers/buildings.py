"""Building footprints."""

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted
from layers.core.model import Feature, attribute
from layers.core.words import Title


class Building(Feature):
    """Footprint of a building."""

    __tablename__ = "buildings"

    building_no: Mapped[str | None] = attribute(Text, tr="Bina no", en="Building number")
    name: Mapped[str | None] = attribute(Text, tr="Ad", en="Name")
    use: Mapped[str | None] = attribute(Text, tr="Kullanım", en="Use")
    floors: Mapped[int | None] = attribute(Integer, tr="Kat adedi", en="Storeys", allowed=Allowed(least=0, most=200))
    year_built: Mapped[int | None] = attribute(
        Integer, tr="Yapım yılı", en="Year built", allowed=Allowed(least=1, is_past=True)
    )
    parcel_ref: Mapped[str | None] = attribute(Text, tr="Parsel", en="Parcel")


LAYER = Layer(
    id="buildings",
    title=Title("Binalar", "Buildings"),
    description=Title(
        "Bina oturumları.",
        "Footprint of a building.",
    ),
    model=Building,
    shape=Shape.POLYGONS,
    zooms=range(14, 17),
    tile_fields=("floors", "use"),
    label="building_no",
    theme="base",
    levels=(Counted("neighbourhoods", range(8, 14)), Counted("districts", range(5, 8))),
)
