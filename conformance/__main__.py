"""Try a service: script/conformance [URL] [--write]."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext

import click

from conformance.report import PAGE, page, short
from conformance.sample import sample_service
from conformance.service import Service
from conformance.suite import Result, walk


@click.command()
@click.argument("url", required=False)
@click.option("--key", help="Of an account that may edit: then a feature is created, changed and ended in each test.")
@click.option("--write", is_flag=True, help="Write docs/conformance.md.")
def main(url: str | None, key: str | None, write: bool) -> None:
    """Try the service whose landing page is at URL; without one, a small sample deployment of its own."""
    with nullcontext(Service(url, key)) if url else sample_service() as service:
        results = list(_shown(service))
    if write:
        PAGE.write_text(page(results), encoding="utf-8")
    sys.exit(int(any(result.troubles for result in results)))


def _shown(service: Service) -> Sequence[Result]:
    results = []
    for result in walk(service):
        click.echo(f"{result.word:9} {short(result.uri)} {result.check.requirement}")
        for trouble in result.troubles or filter(None, (result.untried,)):
            click.echo(f"          {trouble}")
        results.append(result)
    return results


main()
