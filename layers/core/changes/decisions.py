"""Who is behind publishes: told to those who may see the changesets, to nobody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sql import query


@dataclass(frozen=True)
class Decision:
    """A changeset, who sent it and who published it."""

    changeset_id: int
    title: str
    reverts: int | None
    sent_by: str | None
    published_by: str | None


def decisions(connection: Connection, changesets: Collection[int]) -> Mapping[int, Decision]:
    """By number; the database leaves out those that the actor may not see."""
    rows = connection.execute(text(query("changesets.decisions")), {"changesets": sorted(changesets)})
    return {row.id: Decision(row.id, row.title, row.reverts_id, row.sent_by, row.published_by) for row in rows}
