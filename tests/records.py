"""Single records as rules see them, with whatever surroundings a test gives them."""

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import shapely

from importers.checking import said_of
from importers.rule import Context, Examined, Kind, Rule, Trouble
from layers.core.profile import load_profile
from layers.core.registry import Registry

PROFILE = load_profile(Path(__file__).parents[1] / "profiles/izmir.toml")
REGISTRY = Registry.of_folder()
X, Y = 500_000.0, 4_250_000.0
TODAY = datetime.date(2026, 3, 14)


class Quiet:
    """A file alone in an empty pool: every question has an empty answer."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: ()


class Hearing(Quiet):
    """Surroundings that give the same answer to every question."""

    def __init__(self, *answers: Any) -> None:
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: self._answers


def context_of(layer_id: str, **more: Any) -> Context:
    """What rules know beside a record of that layer."""
    layer = REGISTRY[layer_id]
    made = Context(
        layer=layer,
        fields=tuple(field for field in layer.fields if not field.is_derived),
        profile=PROFILE,
        district_id=1448,
        outline=shapely.box(X, Y, X + 1000, Y + 1000),
        side_by_side=Quiet(),
        nearby=Quiet(),
        today=TODAY,
    )
    return dataclasses.replace(made, **more)


def record_of(shape: Any = None, ref: str = "12-0481", **attributes: Any) -> Examined:
    """A new record with these attributes; a square of 400 m² where no shape is given."""
    return Examined(
        line=14,
        ref=ref,
        attributes=attributes,
        geometry=shapely.box(X, Y, X + 20, Y + 20) if shape is None else shape,
        geometry_before=None,
        is_new=True,
        is_reshaped=True,
    )


def said_by(rule: Rule, context: Context, record: Examined | None = None) -> list[Trouble]:
    """What the rule says; empty also where it does not run."""
    if rule.why_not(context) is not None:
        return []
    if record is None or rule.kind not in (Kind.RECORD, Kind.BATCH):
        return list(rule.check(context))
    return [trouble for _, trouble in said_of(rule, [record], context)]
