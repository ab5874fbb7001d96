"""Whether somebody may take a decision that another should take: the profile's rule, and roles that were lost."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.store import Actor
from sql import query


@dataclass(frozen=True)
class Hands:
    """Whose hands a changeset has gone through, and what the profile says about one person's."""

    sender_may_accept: bool
    accepter_may_publish: bool
    senders: frozenset[int]
    accepter: int | None
    accepter_name: str | None
    accepter_decides: bool
    """False where who accepted it has lost the role since."""

    def may_accept(self, actor: Actor) -> bool:
        """The operator at the machine has no account and is nobody's second pair of eyes."""
        return self.sender_may_accept or actor.account_id not in self.senders

    def may_publish(self, actor: Actor) -> bool:
        """The same of the next step."""
        return self.accepter_may_publish or actor.account_id is None or actor.account_id != self.accepter


def hands_of(connection: Connection, changeset_id: int) -> Hands:
    """As they stand now."""
    row = connection.execute(text(query("review.hands")), {"changeset": changeset_id}).one()
    return Hands(**{**row._mapping, "senders": frozenset(row.senders)})


def one_person_is_enough(connection: Connection) -> bool:
    """Nobody has to look at what another sends; otherwise nothing is published by its sender alone."""
    return bool(connection.execute(text(query("review.one_person_is_enough"))).scalar_one())


def lost_decider(connection: Connection, account_id: int | None) -> str | None:
    """The name of an account that decides no longer; None where it does, or where no account stands behind it."""
    if account_id is None:
        return None
    row = connection.execute(text(query("review.decider")), {"account": account_id}).one_or_none()
    return None if row is None or row.decides else str(row.name)
