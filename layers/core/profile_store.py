"""Applying a profile to a database: storage CRS and folding while the pool is empty, who decides at any time."""

from sqlalchemy import create_engine, text

from layers.core.profile import Profile, ProfileError
from sql import query


def apply_profile(owner_url: str, profile: Profile) -> None:
    """Make the database this profile's; raises ProfileError where it already is another's."""
    engine = create_engine(owner_url)
    try:
        with engine.begin() as connection:
            row = connection.execute(
                text("SELECT name, storage_srid, EXISTS (SELECT FROM pool.epoch) AS holds_data FROM ops.profile")
            ).one_or_none()
            if row is not None and row.holds_data:
                _refuse_another_city(row.name, row.storage_srid, profile)
            else:
                connection.execute(text("SELECT ops.set_storage_crs(:srid)"), {"srid": profile.storage_srid})
                connection.execute(
                    text("SELECT ops.set_folding(:old, :new)"),
                    {"old": profile.fold_from, "new": profile.fold_to},
                )
            connection.execute(
                text(query("system.keep_profile")),
                {
                    "name": profile.name,
                    "srid": profile.storage_srid,
                    "digest": profile.digest,
                    "sender_may_accept": profile.review.sender_may_accept,
                    "accepter_may_publish": profile.review.accepter_may_publish,
                },
            )
    finally:
        engine.dispose()


def _refuse_another_city(name: str, srid: int, profile: Profile) -> None:
    if (name, srid) == (profile.name, profile.storage_srid):
        return
    raise ProfileError(
        f"This data folder holds the pool of profile {name!r} (EPSG:{srid}); "
        f"{profile.name!r} (EPSG:{profile.storage_srid}) needs a data folder of its own: use --data."
    )
