"""Door numbers as points."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped

from layers.core.layer import Layer, Shape
from layers.core.levels import Counted
from layers.core.model import Feature, attribute, folded, leading_number
from layers.core.words import Title


class Address(Feature):
    """A door number."""

    __tablename__ = "addresses"

    address_code: Mapped[str | None] = attribute(Text, tr="Adres kodu (UAVT)", en="Address code")
    street_ref: Mapped[str | None] = attribute(Text, tr="Yol", en="Street")
    street_type: Mapped[str | None] = attribute(Text, tr="Yol türü", en="Street type")
    street_name: Mapped[str] = attribute(Text, tr="Yol adı", en="Street name", required=True)
    street_name_key: Mapped[str | None] = folded("street_name")
    other_names: Mapped[str | None] = attribute(Text, tr="Yolun diğer adları", en="Other names of the street")
    former_names: Mapped[str | None] = attribute(Text, tr="Yolun eski adları", en="Former names of the street")
    door_no: Mapped[str] = attribute(Text, tr="Dış kapı no", en="Door number", required=True)
    door_no_int: Mapped[int | None] = leading_number("door_no")
    site: Mapped[str | None] = attribute(Text, tr="Site", en="Estate")
    block: Mapped[str | None] = attribute(Text, tr="Blok", en="Building block")
    postal_code: Mapped[str | None] = attribute(Text, tr="Posta kodu", en="Postal code")
    neighbourhood: Mapped[str | None] = attribute(Text, tr="Mahalle", en="Neighbourhood")
    neighbourhood_key: Mapped[str | None] = folded("neighbourhood")
    parcel_ref: Mapped[str | None] = attribute(Text, tr="Parsel", en="Parcel")


LAYER = Layer(
    id="addresses",
    title=Title("Adresler", "Addresses"),
    description=Title(
        "Dış kapı numaraları.",
        "A door number.",
    ),
    model=Address,
    shape=Shape.POINT,
    zooms=range(14, 17),
    tile_fields=("street_name", "door_no"),
    label="door_no",
    theme="address",
    levels=(Counted("neighbourhoods", range(8, 14)), Counted("districts", range(5, 8))),
)
