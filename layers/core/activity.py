"""How the districts are getting on: what each has sent, what waits, what was published last."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sql import query


@dataclass(frozen=True)
class DistrictActivity:
    """How a district is getting on."""

    district_id: int
    features: int
    waiting: int
    failures: int
    last_upload_at: datetime.datetime | None
    last_publish_at: datetime.datetime | None


def district_activity(
    connection: Connection, district_ids: tuple[int, ...], layer_id: str
) -> tuple[DistrictActivity, ...]:
    """Every district asked for, also those that never sent anything."""
    rows = connection.execute(text(query("activity.districts")), {"districts": list(district_ids), "layer": layer_id})
    return tuple(
        DistrictActivity(
            row.district_id, int(row.features), row.waiting, row.failures, row.last_upload_at, row.last_publish_at
        )
        for row in rows
    )
