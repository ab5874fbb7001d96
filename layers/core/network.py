"""The columns that water, sewer and power lines share."""

import datetime
from decimal import Decimal

from sqlalchemy import Date, Integer, Numeric, Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed
from layers.core.layer import Layer
from layers.core.model import Feature, attribute


class NetworkLine(Feature):
    """A pipe or cable along its length, as utilities record it (DOMAIN: infrastructure attributes)."""

    __abstract__ = True

    feature_class: Mapped[str] = attribute(Text, tr="Sınıf", en="Class", required=True)
    owner: Mapped[str | None] = attribute(Text, tr="İşleten", en="Operator")
    material: Mapped[str | None] = attribute(Text, tr="Malzeme", en="Material")
    diameter_mm: Mapped[int | None] = attribute(
        Integer, tr="Çap", en="Diameter", unit="mm", allowed=Allowed(least=10, most=10_000)
    )
    depth_m: Mapped[Decimal | None] = attribute(
        Numeric(6, 2), tr="Derinlik", en="Depth", unit="m", allowed=Allowed(least=0, most=100)
    )
    install_date: Mapped[datetime.date | None] = attribute(
        Date, tr="Yapım tarihi", en="Installed on", allowed=Allowed(is_past=True)
    )
    state: Mapped[str | None] = attribute(Text, tr="Durum", en="State")
    accuracy_class: Mapped[str | None] = attribute(Text, tr="Doğruluk sınıfı", en="Accuracy class")
    installed_by: Mapped[str | None] = attribute(Text, tr="Yapan", en="Installed by", audience=2)
    last_survey: Mapped[datetime.date | None] = attribute(
        Date, tr="Son ölçüm", en="Last survey", allowed=Allowed(is_past=True)
    )


def is_network(layer: Layer) -> bool:
    """True for layers of lines that carry something from one to the next."""
    return issubclass(layer.model, NetworkLine)
