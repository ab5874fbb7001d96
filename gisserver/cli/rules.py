"""`gis rules`: what files are checked against."""

import json
from dataclasses import asdict

import click


@click.command("rules")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def show(as_json: bool) -> None:
    """List the rules with their severity at each moment."""
    from importers.findings import known_rules
    from importers.rule import Moment

    for rule in known_rules():
        severities = {moment.value: rule.severities.at(moment).value for moment in Moment}
        if as_json:
            said = {name: getattr(rule, name) for name in ("title", "text", "cause", "remedy")}
            told = {"id": rule.id, **{name: text and asdict(text) for name, text in said.items()}}
            told |= {"looks_at": rule.kind.value, "severities": severities}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"{rule.id:<26} {severities['submit']:<8} {rule.title.en}")


COMMAND = show
