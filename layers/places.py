"""Places people ask for, emergency assembly areas among them."""

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted
from layers.core.model import Feature, attribute, folded
from layers.core.words import Title

KINDS = {"assembly_area": Title("acil toplanma alanı", "emergency assembly area")}
"""Of those that have a word of their own; any other may stand there."""


class Place(Feature):
    """An emergency assembly area or another place people look for."""

    __tablename__ = "places"

    name: Mapped[str] = attribute(Text, tr="Ad", en="Name", required=True)
    name_key: Mapped[str | None] = folded("name")
    kind: Mapped[str] = attribute(Text, tr="Tür", en="Kind", required=True, allowed=Allowed(titles=KINDS))
    address_text: Mapped[str | None] = attribute(Text, tr="Adres", en="Address")
    neighbourhood: Mapped[str | None] = attribute(Text, tr="Mahalle", en="Neighbourhood")
    capacity: Mapped[int | None] = attribute(
        Integer, tr="Kapasite", en="Capacity", unit="persons", allowed=Allowed(least=0)
    )


LAYER = Layer(
    id="places",
    title=Title("Yerler", "Places"),
    description=Title(
        "Acil toplanma alanları ve aranan diğer yerler.",
        "An emergency assembly area or another place people look for.",
    ),
    model=Place,
    shape=Shape.POINT,
    zooms=range(8, 17),
    tile_fields=("name", "kind"),
    label="name",
    theme="base",
    levels=(Counted("districts", range(5, 8)),),
)
