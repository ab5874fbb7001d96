"""Administrative neighbourhoods; the cadastral ones are a separate idea and a separate column."""

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted
from layers.core.model import Feature, attribute, folded
from layers.core.words import Title


class Neighbourhood(Feature):
    """Boundary of an administrative neighbourhood."""

    __tablename__ = "neighbourhoods"

    name: Mapped[str] = attribute(Text, tr="Ad", en="Name", required=True)
    name_key: Mapped[str | None] = folded("name")
    official_code: Mapped[str | None] = attribute(Text, tr="Resmî kod", en="Official code")
    population: Mapped[int | None] = attribute(Integer, tr="Nüfus", en="Population", allowed=Allowed(least=0))


LAYER = Layer(
    id="neighbourhoods",
    title=Title("Mahalleler", "Neighbourhoods"),
    description=Title(
        "İdari mahalle sınırları.",
        "Boundary of an administrative neighbourhood.",
    ),
    model=Neighbourhood,
    shape=Shape.POLYGONS,
    zooms=range(8, 15),
    tile_fields=("name",),
    label="name",
    theme="base",
    labels_from=8,
    label_fields=("name",),
    levels=(Counted("districts", range(5, 8)),),
)
