"""The accounts with which a visitor tries the sample as a planner, a district and the department."""

import tomllib
from dataclasses import dataclass

from demo.sample.sources import DATA
from layers.core.profile import Profile


@dataclass(frozen=True)
class SampleAccount:
    """Somebody who may sign in with a password that everybody may know."""

    email: str
    name: str
    password: str
    role: str
    district_id: int | None


def sample_accounts(profile: Profile) -> tuple[SampleAccount, ...]:
    """None unless the profile asks for them."""
    if not profile.sample_accounts:
        return ()
    facts = tomllib.loads((DATA / profile.name / "sample.toml").read_text(encoding="utf-8"))
    return tuple(
        SampleAccount(
            email=account["email"],
            name=account["name"],
            password=facts["password"],
            role=account["role"],
            district_id=_district_id(account.get("district"), profile),
        )
        for account in facts["accounts"]
    )


def _district_id(name: str | None, profile: Profile) -> int | None:
    district = profile.district_named(name) if name else None
    return district.id if district else None
