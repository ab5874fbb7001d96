"""Cadastral parcels, without anything about owners."""

from decimal import Decimal

from sqlalchemy import Numeric, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed, listed
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted, Dissolved
from layers.core.model import Feature, attribute, derived, folded, leading_number
from layers.core.words import Title

QUALITIES = listed(
    {
        "archive_approved": Title("arşiv onaylı", "approved in the archive"),
        "provisional": Title("geçici", "provisional"),
    }
)
STATES = listed(
    {
        "draft": Title("taslak", "draft"),
        "proposed": Title("teklif", "proposed"),
        "registered": Title("tescilli", "registered"),
        "active": Title("aktif", "active"),
        "passive": Title("pasif", "passive"),
    }
)
CONDOMINIUM = listed(
    {
        "main_property": Title("ana taşınmaz", "main property"),
        "condo_easement": Title("kat irtifakı", "condominium easement"),
        "condo_ownership": Title("kat mülkiyeti", "condominium ownership"),
    }
)


class Parcel(Feature):
    """A cadastral parcel (block and parcel number), without owner data."""

    __tablename__ = "parcels"

    block_no: Mapped[str] = attribute(Text, tr="Ada", en="Block", required=True, ordered=True)
    parcel_no: Mapped[str] = attribute(Text, tr="Parsel", en="Parcel", required=True)
    parcel_no_int: Mapped[int | None] = leading_number("parcel_no")
    cadastral_neighbourhood: Mapped[str | None] = attribute(Text, tr="Tapu mahallesi", en="Cadastral neighbourhood")
    cadastral_neighbourhood_key: Mapped[str | None] = folded("cadastral_neighbourhood")
    neighbourhood_ref: Mapped[str | None] = attribute(
        Text, tr="İdari mahalle kodu", en="Code of the administrative neighbourhood"
    )
    sheet_no: Mapped[str | None] = attribute(Text, tr="Pafta", en="Map sheet")
    locality: Mapped[str | None] = attribute(Text, tr="Mevkii", en="Locality")
    land_use_text: Mapped[str | None] = attribute(Text, tr="Nitelik", en="Land use")
    registered_area_m2: Mapped[Decimal | None] = attribute(
        Numeric(14, 2),
        tr="Tapu alanı",
        en="Registered area",
        unit="m²",
        allowed=Allowed(least=0.01),
        ordered=True,
    )
    computed_area_m2: Mapped[Decimal | None] = derived(
        Numeric(14, 2), tr="Hesap alanı", en="Computed area", unit="m²", ordered=True
    )
    coord_quality: Mapped[str | None] = attribute(
        Text,
        tr="Koordinat niteliği",
        en="Coordinate quality",
        allowed=QUALITIES,
    )
    point_accuracy_m: Mapped[Decimal | None] = attribute(
        Numeric(6, 3),
        tr="Nokta doğruluğu",
        en="Point accuracy",
        unit="m",
        audience=1,
        allowed=Allowed(least=0, most=100),
    )
    status: Mapped[str | None] = attribute(
        Text,
        tr="Durum",
        en="Status",
        allowed=STATES,
    )
    condo_state: Mapped[str | None] = attribute(
        Text,
        tr="Kat mülkiyeti durumu",
        en="Condominium state",
        allowed=CONDOMINIUM,
    )
    registry_id: Mapped[str | None] = attribute(Text, tr="Taşınmaz kimlik no", en="Registry number", audience=2)


LAYER = Layer(
    id="parcels",
    title=Title("Parseller", "Parcels"),
    description=Title(
        "Kadastro parselleri (ada/parsel); malik bilgisi içermez.",
        "A cadastral parcel (block and parcel number), without owner data.",
    ),
    model=Parcel,
    shape=Shape.POLYGONS,
    zooms=range(14, 17),
    tile_fields=("ref", "block_no", "parcel_no"),
    label="parcel_no",
    theme="cadastre",
    labels_from=15,
    label_fields=("block_no", "parcel_no"),
    levels=(
        Dissolved("blocks", range(12, 14), by=("cadastral_neighbourhood", "block_no"), tolerance_m=4.0, labels_from=13),
        Counted("neighbourhoods", range(8, 12)),
        Counted("districts", range(5, 8)),
    ),
    is_exclusive=True,
)
