"""`gis certificate`: whose signature answers carry."""

from pathlib import Path

import click

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option


@click.command("certificate")
@data_option
def certificate(data: Path | None) -> None:
    """Show the certificate that signs answers; a self-signed one is made if none is set."""
    from gisserver.documents.signing import signing_key

    with opened(data) as deployment:
        profile = deployment.profile
        key = signing_key(deployment.settings, profile.title(profile.languages[0]))
    click.echo(f"{key.signer}\n{key.certificate_file}\nSHA-256 {key.fingerprint}")
    click.echo(f"Valid until {key.certificate.not_valid_after_utc:%Y-%m-%d}")
    if key.is_self_signed:
        click.echo("Self-signed: for trying out. Set GIS_SIGNING_CERTIFICATE and GIS_SIGNING_KEY to use your own.")


COMMAND = certificate
