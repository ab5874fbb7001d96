"""The worker's report and refusal of a file, as the pages tell them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from layers.core.layer import Layer


@dataclass(frozen=True)
class Counts:
    """Of the file's records each is one of four; beside them, what ends because it is missing."""

    records: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    retired: int


@dataclass(frozen=True)
class Heading:
    """A column of the file and the field it became."""

    header: str
    field: str
    is_proposed: bool
    """True where the header is only alike."""


@dataclass(frozen=True)
class Remembered:
    """What somebody confirmed for an earlier file of the same kind."""

    at: datetime.datetime
    by: str | None
    filename: str
    is_of_system: bool
    is_of_columns: bool

    @classmethod
    def parse(cls, told: Mapping[str, Any] | None) -> "Remembered | None":
        """None where the file was read afresh."""
        if not told:
            return None
        day = datetime.datetime.fromisoformat(told["at"])
        return cls(day, told["by"], told["filename"], told["crs"], told["columns"])


@dataclass(frozen=True)
class Place:
    """Where a way to read the numbers puts the file."""

    crs: str | None
    """As the form sends it back; None for a system without a code, which only the file itself can name."""
    name: str
    score: float
    inside: float
    """Share of the sample that lies in the district then."""
    why: tuple[str, ...]
    """What speaks for it, in words."""
    area: Mapping[str, Any] | None
    """GeoJSON geometry in degrees."""
    is_used: bool = False

    @classmethod
    def parse(cls, fact: Mapping[str, Any], language: str, *, is_used: bool = False) -> "Place":
        """Failures of the version before knew codes only."""
        return cls(
            crs=fact["crs"] if "crs" in fact else str(fact["srid"]),
            name=fact["name"],
            score=fact["score"],
            inside=fact.get("inside", fact["score"]),
            why=tuple(sentence.get(language) or sentence["en"] for sentence in fact.get("why", ())),
            area=fact.get("area"),
            is_used=is_used,
        )


@dataclass(frozen=True)
class Understood:
    """What the worker took the file for."""

    counts: Counts
    headings: tuple[Heading, ...]
    ignored: tuple[str, ...]
    removed: tuple[str, ...]
    held: tuple[str, ...]
    """Headers with another unit than their field's."""
    remembered: Remembered | None
    source_layer: str
    crs: str
    accuracy_m: float | None
    places: tuple[Place, ...]
    """Where it may lie, where there is more than one choice."""
    encoding: str
    is_encoding_guessed: bool

    @classmethod
    def parse(cls, report: Mapping[str, Any], layer: Layer, language: str) -> "Understood | None":
        """None while there is no report."""
        if "counts" not in report:
            return None
        columns, crs, encoding = report["columns"], report["crs"], report["encoding"]
        return cls(
            counts=Counts(**report["counts"]),
            headings=(
                *_headings(columns["mapped"], layer, language, is_proposed=False),
                *_headings(columns["proposed"], layer, language, is_proposed=True),
            ),
            ignored=tuple(columns["ignored"]),
            removed=tuple(columns["removed"]),
            held=tuple(columns.get("held", ())),
            remembered=Remembered.parse(report.get("remembered")),
            source_layer=report["source_layer"],
            crs=crs["used"]["name"],
            accuracy_m=crs["accuracy_m"],
            places=tuple(
                Place.parse(place, language, is_used=place["crs"] == crs["used"]["crs"])
                for place in crs.get("places", ())
            ),
            encoding=encoding["name"],
            is_encoding_guessed=encoding["is_guessed"],
        )


@dataclass(frozen=True)
class Failure:
    """Why the file could not be used, and what its sender may choose to go on."""

    sentence: str
    places: tuple[Place, ...]
    source_layers: tuple[str, ...]
    has_columns: bool
    """True where saying what they mean would help."""

    @classmethod
    def parse(cls, failure: Mapping[str, Any] | None, language: str) -> "Failure | None":
        """None where nothing failed."""
        if failure is None:
            return None
        text, facts = failure["text"], failure.get("facts", {})
        is_about_layers = failure.get("code") in ("several_layers", "no_such_layer")
        return cls(
            sentence=text.get(language) or text["en"],
            places=tuple(Place.parse(place, language) for place in facts.get("candidates", ())),
            source_layers=tuple(facts.get("layers", ())) if is_about_layers else (),
            has_columns=bool(facts.get("samples")),
        )


def _headings(mapped: Mapping[str, str], layer: Layer, language: str, *, is_proposed: bool) -> tuple[Heading, ...]:
    titles = {field.name: field.title.in_language(language) for field in layer.fields}
    titles |= {"ref": _("Lasting name"), "valid_from": _("Valid from"), "valid_to": _("Valid until")}
    return tuple(Heading(header, titles.get(field, field), is_proposed) for header, field in sorted(mapped.items()))
