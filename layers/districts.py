"""The district municipalities: who owns and edits which area."""

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Layer, Shape
from layers.core.model import Feature, attribute, folded
from layers.core.words import Title


class District(Feature):
    """Boundary of a district municipality."""

    __tablename__ = "districts"

    name: Mapped[str] = attribute(Text, tr="Ad", en="Name", required=True)
    name_key: Mapped[str | None] = folded("name")
    official_code: Mapped[str | None] = attribute(Text, tr="Resmî kod", en="Official code")
    population: Mapped[int | None] = attribute(Integer, tr="Nüfus", en="Population", allowed=Allowed(least=0))


LAYER = Layer(
    id="districts",
    title=Title("İlçeler", "Districts"),
    description=Title(
        "İlçe belediyelerinin sınırları.",
        "Boundary of a district municipality.",
    ),
    model=District,
    shape=Shape.POLYGONS,
    zooms=range(5, 13),
    tile_fields=("name", "district_id"),
    label="name",
    theme="base",
    labels_from=5,
    label_fields=("name",),
)
