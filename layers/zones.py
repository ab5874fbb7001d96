"""Land use and building conditions that a plan lays on the ground."""

from decimal import Decimal

from sqlalchemy import Integer, Numeric, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed, listed
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted, Dissolved
from layers.core.model import Feature, attribute
from layers.core.words import Title

STATES = listed(
    {
        "value": Title("sayı verilmiş", "a number is given"),
        "free": Title("serbest", "free"),
        "not_applicable": Title("uygulanmaz", "does not apply"),
    }
)
"""A plan may give a number, leave it free, or exclude it; it says nothing where this is empty."""
SETBACK = Allowed(least=0, most=200)


class Zone(Feature):
    """Land use and building conditions of a plan."""

    __tablename__ = "zones"

    plan_ref: Mapped[str] = attribute(Text, tr="Plan", en="Plan", required=True)
    use_key: Mapped[str] = attribute(
        Text, tr="Kullanım anahtarı", en="Use key", required=True, allowed=Allowed(is_class=True)
    )
    use_label: Mapped[str] = attribute(Text, tr="Kullanım", en="Use", required=True)
    official_code: Mapped[str | None] = attribute(Text, tr="Resmî kod", en="Official code")
    building_order: Mapped[str | None] = attribute(Text, tr="Yapı düzeni", en="Building order")
    floors: Mapped[int | None] = attribute(Integer, tr="Kat adedi", en="Storeys", allowed=Allowed(least=0, most=200))
    floors_state: Mapped[str | None] = attribute(Text, tr="Kat adedi türü", en="Storeys: kind of value", allowed=STATES)
    taks: Mapped[Decimal | None] = attribute(
        Numeric(5, 2), tr="TAKS", en="Site coverage ratio", allowed=Allowed(least=0, most=1)
    )
    taks_state: Mapped[str | None] = attribute(Text, tr="TAKS türü", en="Site coverage: kind of value", allowed=STATES)
    kaks: Mapped[Decimal | None] = attribute(
        Numeric(5, 2), tr="KAKS (emsal)", en="Floor area ratio", allowed=Allowed(least=0, most=50)
    )
    kaks_state: Mapped[str | None] = attribute(
        Text, tr="KAKS türü", en="Floor area ratio: kind of value", allowed=STATES
    )
    h_max_m: Mapped[Decimal | None] = attribute(
        Numeric(6, 2), tr="Yençok", en="Largest height", unit="m", allowed=Allowed(least=0, most=800)
    )
    h_state: Mapped[str | None] = attribute(Text, tr="Yençok türü", en="Largest height: kind of value", allowed=STATES)
    setback_front_m: Mapped[Decimal | None] = attribute(
        Numeric(6, 2), tr="Ön bahçe", en="Front setback", unit="m", allowed=SETBACK
    )
    setback_side_m: Mapped[Decimal | None] = attribute(
        Numeric(6, 2), tr="Yan bahçe", en="Side setback", unit="m", allowed=SETBACK
    )
    setback_rear_m: Mapped[Decimal | None] = attribute(
        Numeric(6, 2), tr="Arka bahçe", en="Rear setback", unit="m", allowed=SETBACK
    )
    min_parcel_m2: Mapped[Decimal | None] = attribute(
        Numeric(12, 2), tr="En küçük parsel", en="Smallest parcel", unit="m²", allowed=Allowed(least=0)
    )
    notes: Mapped[str | None] = attribute(Text, tr="Uygulama koşulları", en="Conditions", longest=20_000)


LAYER = Layer(
    id="zones",
    title=Title("Plan fonksiyonları", "Zones"),
    description=Title(
        "Planın arazi kullanımı ve yapılaşma koşulları. Yakından bakınca üçe bölünmüş daire ön bahçeyi, yapı düzeni "
        "ile kat adedini ve yan bahçeyi; ikiye bölünmüş daire TAKS ile KAKS'ı gösterir.",
        "Land use and building conditions of a plan. Seen closely, a circle in three parts tells the front setback, "
        "the building order with storeys, and the side setback; a halved one the coverage over the floor area ratio.",
    ),
    model=Zone,
    shape=Shape.POLYGONS,
    zooms=range(14, 17),
    tile_fields=("use_key", "use_label"),
    label="use_label",
    theme="plan",
    labels_from=16,
    label_fields=(
        *("use_label", "building_order", "floors", "setback_front_m", "setback_side_m"),
        *("taks", "kaks", "h_max_m"),
    ),
    levels=(
        Dissolved("uses", range(12, 14), by=("use_key", "use_label"), tolerance_m=2.0, cell_m=2000),
        Counted("neighbourhoods", range(8, 12), prevailing="use_key"),
        Counted("districts", range(5, 8)),
    ),
)
