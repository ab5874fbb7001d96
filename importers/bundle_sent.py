"""What a bundle has lost or gained in the programs that it went through."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from importers.reader import SourceDescription
from layers.core.bundle_mark import MARK_FIELD, BundleMark
from layers.core.bundle_parts import AROUND, EDITABLE, EDITORS, fields_of
from layers.core.layer import Layer
from layers.core.words import Title


@dataclass(frozen=True)
class SentBundle:
    """A district's bundle that came back."""

    added_layers: tuple[str, ...] = ()
    """Layers that no bundle has."""
    lost_fields: tuple[Title, ...] = ()
    """What the file no longer says of any record."""
    unreadable_marks: tuple[str, ...] = ()
    """Words in place of the one that says of which pool and publish a record is."""
    is_marked: bool = True
    """Some record says of which publish it is."""


def is_bundle(described: Iterable[SourceDescription]) -> bool:
    """By the mark in the records, or by the neighbours that no other file has."""
    return any(one.name == AROUND or mark_header(one) is not None for one in described)


def mark_header(described: SourceDescription) -> str | None:
    """The column that says of which publish a record is; programs change the case of letters."""
    return next((name for name in described.fields if name.lower() == MARK_FIELD), None)


def other_layers(described: Iterable[SourceDescription], layer: Layer) -> Iterator[str]:
    """Layers of ours that a bundle brings back beside this one."""
    known = list(described)
    if is_bundle(known):
        yield from sorted(one.name for one in known if one.name in EDITABLE and one.name != layer.id and one.count)


def sent_bundle(
    described: Iterable[SourceDescription],
    read: SourceDescription,
    layer: Layer,
    carried: Iterable[str],
    marks: Mapping[str, int],
) -> SentBundle | None:
    """None where the file is no bundle, or of a layer that no bundle has."""
    known = list(described)
    if layer.id not in EDITABLE or not is_bundle(known):
        return None
    spoken = frozenset(carried)
    return SentBundle(
        added_layers=tuple(sorted({one.name for one in known} - {*EDITABLE, AROUND, read.name})),
        lost_fields=tuple(field.title for field in fields_of(layer, EDITORS) if field.name not in spoken),
        unreadable_marks=tuple(sorted(word for word in marks if BundleMark.parse(word) is None)),
        is_marked=any(BundleMark.parse(word) for word in marks),
    )
