"""`gis webhook`: receivers that are told of publishes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gisserver.cli._deployment import Deployment, opened
from gisserver.cli._options import data_option, json_option, number_argument
from gisserver.cli._trouble import NotReachable, WrongUse

if TYPE_CHECKING:
    from layers.core.watching import Webhook

_AUDIENCES = ("public", "planner", "department")


@dataclass(frozen=True)
class _Wish:
    """What a receiver is to be told of."""

    layers: tuple[str, ...]
    district: str | None
    area: Path | None
    feature: str | None

    def said(self, deployment: Deployment) -> dict[str, Any]:
        """As the API takes it."""
        said: dict[str, Any] = {"layers": list(self.layers)} if self.layers else {}
        if self.district is not None:
            said["district_id"] = deployment.district_named(self.district).id
        if self.area is not None:
            said["area"] = _drawn(self.area)
        if self.feature is not None:
            said["feature"] = self.feature
        return said


@click.group("webhook")
def webhook() -> None:
    """Tell other programs of publishes, signed and again until they answer."""


@webhook.command("add")
@click.argument("url")
@click.option("--layer", "layers", multiple=True, help="Only this layer; may be given several times.")
@click.option("--district", help="Only this district's publishes: name or number.")
@click.option(
    "--area",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Only what touches the polygon in this GeoJSON file, in degrees.",
)
@click.option(
    "--feature", help="Only this feature and what descends from it: ref or lasting number; needs its --layer."
)
@click.option("--audience", type=click.Choice(_AUDIENCES), default="public", show_default=True, help="For whom.")
@click.option("--address", help="Where the service is for the receiver; links begin with it.")
@json_option
@data_option
def add(
    url: str,
    layers: tuple[str, ...],
    district: str | None,
    area: Path | None,
    feature: str | None,
    audience: str,
    address: str | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Tell URL of every publish from now on. The secret that signs is shown this once."""
    from gisserver.webhooks.signature import new_secret
    from gisserver.webhooks.telling import receivers_of
    from layers.core import watching
    from layers.core.hosts import NotAllowed
    from layers.core.layer import Audience
    from layers.core.query import WrongQuery
    from layers.core.store import WORKER

    secret, least = new_secret(), Audience[audience.upper()]
    with opened(data) as deployment:
        registry, profile = deployment.registry, deployment.profile
        seen = [layer.id for layer in registry if layer.audience <= least]
        root = (address or deployment.settings.address).rstrip("/")
        try:
            receivers_of(deployment.settings).check(url)
            said = _Wish(layers, district, area, feature).said(deployment)
            with deployment.store.writing(WORKER) as connection:
                watched = watching.Watched.parse(said, seen, connection, registry, profile)
                number = watching.add_webhook(connection, WORKER, watched, url, root, secret, least)
        except NotAllowed as refused:
            raise WrongUse(
                f"{url}: {refused}. GIS_WEBHOOK_HOSTS and GIS_WEBHOOK_PRIVATE say what is allowed."
            ) from refused
        except WrongQuery as wrong:
            raise WrongUse(wrong.sentence("en")) from wrong
    told = {"id": number, "url": url, "secret": secret}
    click.echo(json.dumps(told) if as_json else f"Webhook {number} tells {url}. Its secret, shown this once: {secret}")


@webhook.command("list")
@json_option
@data_option
def list_(as_json: bool, data: Path | None) -> None:
    """All, and how each is getting on."""
    from layers.core import watching
    from layers.core.store import WORKER

    with opened(data) as deployment, deployment.store.reading(WORKER) as connection:
        found = watching.webhooks(connection)
    for one in found:
        click.echo(_as_json(one) if as_json else _line(one))


@webhook.command("test")
@number_argument
@data_option
def test(number: int, data: Path | None) -> None:
    """Send a test message now; a receiver that was given up is told again from where it was left."""
    from gisserver.webhooks.telling import Teller
    from layers.core.watching import UnknownWebhook

    with opened(data) as deployment:
        teller = Teller.of(deployment.settings, deployment.store, deployment.registry, deployment.profile)
        try:
            outcome = teller.test(number)
        except UnknownWebhook as unknown:
            raise WrongUse(f"There is no webhook {number}.") from unknown
    if not outcome.is_taken:
        raise NotReachable(f"Webhook {number} did not take it: {outcome.said}.")
    click.echo(f"Webhook {number} took it: {outcome.said}.")


@webhook.command("remove")
@number_argument
@data_option
def remove(number: int, data: Path | None) -> None:
    """Tell it nothing any more."""
    from layers.core import watching
    from layers.core.store import WORKER

    with opened(data) as deployment:
        try:
            with deployment.store.writing(WORKER) as connection:
                watching.remove_webhook(connection, number)
        except watching.UnknownWebhook as unknown:
            raise WrongUse(f"There is no webhook {number}.") from unknown
    click.echo(f"Webhook {number} is removed.")


def _drawn(file: Path) -> Any:
    """The first shape of a GeoJSON file."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        first = said["features"][0] if said.get("type") == "FeatureCollection" else said
        return first["geometry"] if first.get("type") == "Feature" else first
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as cause:
        raise WrongUse(f"{file} is no GeoJSON with a polygon in it.") from cause


def _line(one: "Webhook") -> str:
    state = "tells" if one.is_active else "given up"
    since = f", failing since {one.failing_since:%Y-%m-%d %H:%M}" if one.failing_since else ""
    return f"{one.id:>6} {state:<9} {one.url}: publish {one.told_epoch}, {one.outcome or 'not tried yet'}{since}"


def _as_json(one: "Webhook") -> str:
    told = {
        "id": one.id,
        "url": one.url,
        "account": one.account,
        "is_active": one.is_active,
        "told_epoch": one.told_epoch,
        "failures": one.failures,
        "failing_since": one.failing_since and one.failing_since.isoformat(),
        "outcome": one.outcome,
    }
    return json.dumps(told, ensure_ascii=False)


COMMAND = webhook
