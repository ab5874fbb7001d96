"""The version of a feature in HTTP: an ETag out, If-Match in."""

import uuid

from flask import request

from layers.core.edits import WHICHEVER, validator

_WEAK = "W/"


def version_tag(uid: uuid.UUID, version: int, variant: str = "") -> str:
    """The opaque text of an ETag; formats of one version differ in their variant."""
    return f"{validator(uid, version)}-{variant}" if variant else validator(uid, version)


def wanted_versions() -> tuple[str, ...] | None:
    """Of If-Match; None where it is missing.

    Weak tags and tags without quotes are taken as well: some programs send them, and they name a version all the same.
    """
    header = request.headers.get("If-Match")
    return None if header is None else parse_versions(header)


def parse_versions(header: str) -> tuple[str, ...]:
    """One or several, as If-Match has them."""
    return tuple(_bare(tag) for tag in header.split(",") if tag.strip())


def must_be_new() -> bool:
    """`If-None-Match: *`: only where there is nothing yet."""
    return request.headers.get("If-None-Match", "").strip() == WHICHEVER


def _bare(tag: str) -> str:
    return tag.strip().removeprefix(_WEAK).strip('"')
