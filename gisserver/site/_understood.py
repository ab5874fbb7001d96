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

    @classmethod
    def parse(cls, told: Mapping[str, Any] | None) -> "Remembered | None":
        """None where the file was read afresh."""
        return cls(datetime.datetime.fromisoformat(told["at"]), told["by"], told["filename"]) if told else None


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
            encoding=encoding["name"],
            is_encoding_guessed=encoding["is_guessed"],
        )


@dataclass(frozen=True)
class Candidate:
    """A coordinate system that would put the file where it belongs."""

    crs: str
    """As the form sends it back."""
    name: str
    inside: float
    """Share of the sample that lies in the district then."""
    why: tuple[str, ...] = ()
    """What speaks for it, in words."""

    @classmethod
    def parse(cls, fact: Mapping[str, Any], language: str) -> "Candidate":
        """Failures of the version before knew codes only."""
        why = tuple(sentence.get(language) or sentence["en"] for sentence in fact.get("why", ()))
        return cls(fact.get("crs") or str(fact["srid"]), fact["name"], fact.get("inside", fact["score"]), why)


@dataclass(frozen=True)
class Failure:
    """Why the file could not be used, and what its sender may choose to go on."""

    sentence: str
    candidates: tuple[Candidate, ...]
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
            candidates=tuple(Candidate.parse(one, language) for one in facts.get("candidates", ())),
            source_layers=tuple(facts.get("layers", ())) if is_about_layers else (),
            has_columns=bool(facts.get("samples")),
        )


def _headings(mapped: Mapping[str, str], layer: Layer, language: str, *, is_proposed: bool) -> tuple[Heading, ...]:
    titles = {field.name: field.title.in_language(language) for field in layer.fields}
    titles |= {"ref": _("Lasting name"), "valid_from": _("Valid from"), "valid_to": _("Valid until")}
    return tuple(Heading(header, titles.get(field, field), is_proposed) for header, field in sorted(mapped.items()))
