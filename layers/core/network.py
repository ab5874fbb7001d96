"""The columns that water, sewer and power lines share."""

import datetime
from decimal import Decimal

from sqlalchemy import Date, Integer, Numeric, Text
from sqlalchemy.orm import Mapped

from layers.core.model import Feature, attribute


class NetworkLine(Feature):
    """A pipe or cable along its length, as utilities record it (DOMAIN: infrastructure attributes)."""

    __abstract__ = True

    feature_class: Mapped[str] = attribute(Text, tr="Sınıf", en="Class", required=True)
    owner: Mapped[str | None] = attribute(Text, tr="İşleten", en="Operator")
    material: Mapped[str | None] = attribute(Text, tr="Malzeme", en="Material")
    diameter_mm: Mapped[int | None] = attribute(Integer, tr="Çap", en="Diameter", unit="mm")
    depth_m: Mapped[Decimal | None] = attribute(Numeric(6, 2), tr="Derinlik", en="Depth", unit="m")
    install_date: Mapped[datetime.date | None] = attribute(Date, tr="Yapım tarihi", en="Installed on")
    state: Mapped[str | None] = attribute(Text, tr="Durum", en="State")
    accuracy_class: Mapped[str | None] = attribute(Text, tr="Doğruluk sınıfı", en="Accuracy class")
    installed_by: Mapped[str | None] = attribute(Text, tr="Yapan", en="Installed by", audience=2)
    last_survey: Mapped[datetime.date | None] = attribute(Date, tr="Son ölçüm", en="Last survey")
