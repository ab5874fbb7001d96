"""Zoning plans: their extent, number, dates and legal state."""

import datetime

from sqlalchemy import Date, Integer, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed, listed
from layers.core.layer import Layer, Shape
from layers.core.legal_states import LEGAL_STATES
from layers.core.levels import Counted
from layers.core.model import Feature, attribute, folded
from layers.core.words import Title


class Plan(Feature):
    """Extent of a zoning plan with its number, dates and legal state."""

    __tablename__ = "plans"

    plan_no: Mapped[str] = attribute(Text, tr="Plan işlem numarası (PİN)", en="Plan number", required=True)
    name: Mapped[str] = attribute(Text, tr="Ad", en="Name", required=True)
    name_key: Mapped[str | None] = folded("name")
    plan_level: Mapped[str | None] = attribute(Text, tr="Kademe", en="Level")
    plan_kind: Mapped[str | None] = attribute(Text, tr="Tür", en="Kind")
    plan_purpose: Mapped[str | None] = attribute(Text, tr="Amaç", en="Purpose")
    scale_den: Mapped[int | None] = attribute(
        Integer, tr="Ölçek paydası", en="Scale denominator", allowed=Allowed(least=1, most=1_000_000)
    )
    status: Mapped[str] = attribute(
        Text, tr="Hukuki durum", en="Legal state", required=True, allowed=listed(LEGAL_STATES)
    )
    approval_date: Mapped[datetime.date | None] = attribute(
        Date, tr="Onay tarihi", en="Approved on", allowed=Allowed(is_past=True)
    )
    display_from: Mapped[datetime.date | None] = attribute(Date, tr="Askı başlangıcı", en="On display from")
    display_to: Mapped[datetime.date | None] = attribute(Date, tr="Askı bitişi", en="On display until")
    finalised_date: Mapped[datetime.date | None] = attribute(
        Date, tr="Kesinleşme tarihi", en="Final since", allowed=Allowed(is_past=True)
    )
    authority: Mapped[str | None] = attribute(Text, tr="Onaylayan", en="Authority")
    decision_no: Mapped[str | None] = attribute(Text, tr="Karar no", en="Decision number")
    notes_text: Mapped[str | None] = attribute(Text, tr="Plan notu", en="Plan note", longest=20_000)


LAYER = Layer(
    id="plans",
    title=Title("İmar planları", "Plans"),
    description=Title(
        "İmar planlarının sınırları, plan işlem numaraları, tarihleri ve hukuki durumları.",
        "Extent of a zoning plan with its number, dates and legal state.",
    ),
    model=Plan,
    shape=Shape.POLYGONS,
    zooms=range(8, 15),
    tile_fields=("plan_no", "name", "status"),
    label="name",
    theme="plan",
    labels_from=8,
    label_fields=("name",),
    levels=(Counted("districts", range(5, 8)),),
)
