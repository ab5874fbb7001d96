"""Reference pages, made from the declarations so that they cannot lie."""

from collections.abc import Callable, Iterator
from dataclasses import fields

import click

import importers.readers
import importers.rules
from gisserver import api
from gisserver.settings import Settings, variable
from importers.rule import Kind
from layers.core.allowed import Allowed
from layers.core.registry import Registry, discover

GENERATED = "*Made by `gis reference` from the declarations; a test compares it.*"


def pages(gis: click.Group) -> dict[str, str]:
    """File name -> Markdown."""
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "layers.md": _layers,
        "rules.md": _rules,
        "readers.md": _readers,
        "settings.md": _settings,
        "commands.md": lambda: _commands(gis),
        "endpoints.md": _endpoints,
    }
    return {name: "\n".join(make()) + "\n" for name, make in makers.items()}


def _layers() -> Iterator[str]:
    yield from ("# Layers", "", GENERATED)
    for layer in Registry.of_folder():
        zooms = f"{layer.tile_zooms.start}–{layer.tile_zooms.stop - 1}"
        audience = layer.audience.name.lower()
        yield from ("", f"## `{layer.id}`: {layer.title.en}", "", layer.description.en, "")
        yield from (f"{layer.shape}, tiles at zoom {zooms}, for {audience} readers.", "")
        yield from ("| field | title | type | unit | audience | |", "|---|---|---|---|---|---|")
        for field in layer.fields:
            required = "required" if field.is_required else "worked out by the database" if field.is_derived else ""
            remark = "; ".join(filter(None, (required, _values(field.allowed))))
            names = f"{field.title.en} / {field.title.tr}"
            reader = field.audience.name.lower()
            yield f"| `{field.name}` | {names} | {field.kind} | {field.unit or ''} | {reader} | {remark} |"


def _values(allowed: Allowed) -> str:
    """What the layer says of a field's values; a profile may say more."""
    if allowed.one_of:
        return "one of " + ", ".join(f"`{value}`" for value in allowed.one_of)
    if allowed.is_class:
        return "a key of the legend"
    if allowed.has_range:
        least, most = (None if end is None else f"{end:,.10g}" for end in (allowed.least, allowed.most))
        return f"{least} or more" if most is None else f"{most} or less" if least is None else f"{least} to {most}"
    return "not in the future" if allowed.is_past else ""


def _rules() -> Iterator[str]:
    yield from ("# Rules", "", GENERATED, "", "A profile may soften or harden a rule (`severities`).", "")
    yield from ("| rule | says that | looks at | draft | submit | publish |", "|---|---|---|---|---|---|")
    rules = discover(importers.rules, "RULE")
    for rule in rules:
        severities = rule.severities
        moments = f"{severities.draft} | {severities.submit} | {severities.publish}"
        yield f"| [`{rule.id}`](#{rule.id}) | {rule.title.en} / {rule.title.tr} | {_LOOKS_AT[rule.kind]} | {moments} |"
    for rule in rules:
        yield from ("", f"## `{rule.id}`")
        for said in (rule.text, rule.cause, rule.remedy):
            yield from ("", f"{said.en}<br>{said.tr}")


_LOOKS_AT = {
    Kind.RECORD: "each record",
    Kind.BATCH: "each record",
    Kind.SET: "the whole file",
    Kind.OUTCOME: "what comes of it",
}


def _readers() -> Iterator[str]:
    yield from ("# Readers", "", GENERATED, "", "| format | title | suffixes |", "|---|---|---|")
    for reader in discover(importers.readers, "READER"):
        yield f"| `{reader.id}` | {reader.title.en} | {', '.join(reader.suffixes)} |"


def _settings() -> Iterator[str]:
    yield from ("# Settings", "", GENERATED, "", "Environment variables, or lines of a `.env` file.", "")
    yield from ("| variable | says | takes |", "|---|---|---|")
    for setting in fields(Settings):
        yield f"| `{variable(setting)}` | {setting.metadata['help']} | {setting.metadata['takes']} |"


def _commands(gis: click.Group) -> Iterator[str]:
    yield from ("# Commands", "", GENERATED, "")
    yield "Exit codes: 0 done, 1 findings refuse it, 2 wrong use, 3 not reachable."
    for verb in _verbs(gis, click.Context(gis, info_name="gis", terminal_width=100, **gis.context_settings)):
        yield from ("", f"## `{verb.command_path}`", "", "```text", verb.get_help().strip(), "```")


def _verbs(group: click.Group, context: click.Context) -> Iterator[click.Context]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = click.Context(command, parent=context, info_name=name)
        if isinstance(command, click.Group):
            yield from _verbs(command, inner)
        else:
            yield inner


def _endpoints() -> Iterator[str]:
    yield from ("# Endpoints", "", GENERATED, "", "`/api/openapi` has the details.", "")
    yield from ("| path | methods | |", "|---|---|---|")
    for path, item in sorted(api.paths().items()):
        methods = {
            method: about for method, about in item.items() if method in ("get", "post", "put", "patch", "delete")
        }
        summaries = "; ".join(about["summary"] for about in methods.values() if "summary" in about)
        yield f"| `{path}` | {', '.join(method.upper() for method in methods)} | {summaries} |"
