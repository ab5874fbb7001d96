"""Whose data it is, as documents for programs tell it."""

from typing import Any

from layers.core.profile import Profile


def contact(profile: Profile, language: str) -> dict[str, Any]:
    """`contact`, where the profile names somebody."""
    publisher = profile.publisher
    told = {"name": publisher.name(language), "email": publisher.email, "url": publisher.url}
    known = {name: value for name, value in told.items() if value}
    return {"contact": known} if known else {}
