"""The sample's block lives its life at the desks: sent, checked, submitted, accepted, published."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.sample.accounts import SampleAccount, sample_accounts
from demo.sample.block_life import Step, block_life, block_words, published_parcels
from demo.upload_kit.writers import Record, write_geopackage
from gisserver.access.accounts import verified
from importers.pipeline import Checked, check
from layers.core import review
from layers.core.bundle_mark import MARK_FIELD, BundleMark, pool_mark
from layers.core.inbox import Quota, Sending, receive
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Actor, Connection, Store, acting_as

_LAYER = "parcels"
_LARGEST_BYTES = 10_000_000


@dataclass(frozen=True)
class _Desks:
    """The district's and the department's."""

    store: Store
    registry: Registry
    profile: Profile
    district_id: int
    district: Actor
    department: Actor


def live_through(store: Store, registry: Registry, profile: Profile) -> str | None:
    """Returns the ref of what has become; None without sample accounts, or where no town has such a block."""
    desks = _desks(store, registry, profile)
    if desks is None:
        return None
    with store.reading() as connection:
        parcels = published_parcels(connection, registry[_LAYER], desks.district_id)
        life = block_life(parcels, block_words(profile))
    if life is None:
        return None
    epochs = [_publish(desks, step) for step in life.steps]
    with store.writing(desks.district) as connection:
        mark = BundleMark(pool_mark(connection), epochs[life.known_in_the_field - 1])
        _send(connection, desks, "from-the-field", life.from_the_field, mark)
    return life.ref


def _publish(desks: _Desks, step: Step) -> int:
    with desks.store.writing(desks.district) as connection:
        changeset_id = _send(connection, desks, step.kind.replace("_", "-"), step.records)
        review.submit(connection, desks.district, changeset_id, why=step.why)
    with desks.store.writing(desks.department) as connection:
        review.accept(connection, desks.department, changeset_id)
        return review.publish_now(connection, desks.registry, desks.department, changeset_id).epoch


def _send(
    connection: Connection, desks: _Desks, name: str, records: Sequence[Record], mark: BundleMark | None = None
) -> int:
    """Checked by the transaction that receives it, so that no worker is needed, and none is in the way."""
    with TemporaryDirectory() as folder:
        file = _written(Path(folder) / f"{name}.gpkg", records, desks.profile.storage_srid, mark)
        sending = Sending(desks.district_id, _LAYER, file.name, desks.district.account_id)
        with file.open("rb") as content:
            sent = receive(connection, sending, content, Quota(_LARGEST_BYTES))
    with acting_as(connection, WORKER):
        outcome = check(connection, desks.registry, desks.profile, sent.upload_id)
    if not isinstance(outcome, Checked):
        raise RuntimeError(outcome.failure["text"]["en"])
    return outcome.changeset_id


def _written(path: Path, records: Sequence[Record], srid: int, mark: BundleMark | None) -> Path:
    said = {} if mark is None else {MARK_FIELD: str(mark)}
    write_geopackage(path, [{**record, **said} for record in records], srid)
    return path


def _desks(store: Store, registry: Registry, profile: Profile) -> _Desks | None:
    accounts = {account.role: account for account in sample_accounts(profile)}
    if not {"approver", "department"} <= accounts.keys():
        return None
    district, department = (_actor(store, accounts[role]) for role in ("approver", "department"))
    if district.district_id is None:
        return None
    return _Desks(store, registry, profile, district.district_id, district, department)


def _actor(store: Store, account: SampleAccount) -> Actor:
    with store.reading() as connection:
        found = verified(connection, account.email, account.password)
    if found is None:
        raise LookupError(account.email)
    return found.actor
