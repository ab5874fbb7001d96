"""What a sent file is: its format, its columns, and where its coordinates lie. Nothing is written yet."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from importers.broken import BrokenFile, NoUsableColumn
from importers.bundle_sent import mark_header, sent_bundle
from importers.crs.evidence import Evidence
from importers.crs.locate import Located, locate
from importers.crs.pipelines import Placement
from importers.crs.reading import Reading
from importers.file_layers import FileLayer, chosen_layer
from importers.habits import Said, said_about, signature_of
from importers.mapping import Columns, Held, is_about_operations, is_personal, map_columns
from importers.nearby import Nearby
from importers.normalise import LONGEST_SHOWN, Normalised, Observations, normalise
from importers.personal import numberings, without_national_numbers
from importers.published import outlines_near, published_points
from importers.reader import Record, SourceDescription
from importers.rule import Context, OtherUnit, SideBySide
from importers.samples import samples_of
from importers.sent_back import is_sent_back
from importers.sent_file import SentFile
from importers.shapes import Shapes
from importers.units import factor
from layers.core.inbox import Upload
from layers.core.layer import Layer
from layers.core.profile import Profile
from sql import query

SAMPLE = 1_000
"""Records that decide where the file lies; each one is judged by the rules afterwards."""


@dataclass(frozen=True)
class Understood:
    """A file that can be read as records of a layer."""

    upload: Upload
    layer: Layer
    profile: Profile
    source: FileLayer
    columns: Columns
    located: Located
    outline: BaseGeometry | None
    """The district's published boundary."""
    said: Said
    samples: Mapping[str, list[str]]
    """A few values of each column."""
    in_file: tuple[SourceDescription, ...] = ()
    """Every layer of the file, this one among them."""
    numberings: frozenset[str] = frozenset()
    """Columns whose numbers are as long as a person's and mean something else."""

    @property
    def district_id(self) -> int:
        """Whose file it is."""
        return self.upload.district_id

    @property
    def is_whole_state(self) -> bool:
        """What is absent ends, where the sender says so; what was right before is absent from corrected records."""
        return self.upload.is_whole_state and not is_sent_back(self.source.described.fields)

    def records(self, seen: Observations) -> Iterator[Normalised]:
        """All records as the pool holds them; what only shows on the way is left in `seen`."""
        return normalise(
            self._marked(seen),
            self.columns,
            self.located.placement,
            self.layer.shape,
            self.profile,
            seen,
            self.numberings,
        )

    def _marked(self, seen: Observations) -> Iterator[Record]:
        header = mark_header(self.source.described)
        operation = self.operation_column
        for record in self.source.records():
            if header is not None and (mark := record.attributes.get(header)):
                seen.marks[str(mark)] += 1
            if operation is not None and (said := str(record.attributes.get(operation) or "").strip()):
                self._hear_operation(seen, record.line, said)
            yield record

    @property
    def operation_column(self) -> str | None:
        """The column that says which operation a record is part of, where features have shares of ground."""
        if not self.layer.is_exclusive:
            return None
        fields = self.source.described.fields
        return next((name for name in fields if is_about_operations(name, self.profile)), None)

    def _hear_operation(self, seen: Observations, line: int, said: str) -> None:
        kind = self.profile.operations.kind(said, self.profile.fold)
        if kind is None:
            seen.unknown_operations.setdefault(said[:LONGEST_SHOWN], line)
        else:
            seen.declared[line] = kind

    def context(self, side_by_side: SideBySide, nearby: Nearby, seen: Observations, today: datetime.date) -> Context:
        """What rules may know."""
        placement, described = self.located.placement, self.source.described
        return Context(
            layer=self.layer,
            fields=tuple(field for field in self.layer.fields if not field.is_derived),
            profile=self.profile,
            district_id=self.district_id,
            outline=self.outline,
            side_by_side=side_by_side,
            nearby=nearby,
            today=today,
            encoding=described.encoding.name,
            is_encoding_guessed=described.encoding.is_guessed,
            repair=seen.repair,
            removed_columns=tuple(without_national_numbers(self.columns.removed, self.profile)),
            withheld_cells=seen.withheld_cells,
            declared_operations=seen.declared,
            unknown_operations=seen.unknown_operations,
            columns_in_other_units={held.header: _other_unit(held) for held in self.columns.held},
            proposed_columns={c.header: c.target.field for c in self.columns.mapped if c.is_proposed},
            reprojection=placement.reading.name if placement.pipeline else None,
            accuracy_m=placement.accuracy_m,
            offset=self.located.offset,
            is_whole_state=self.is_whole_state,
            is_part_called_whole=self.upload.is_whole_state and not self.is_whole_state,
            system=placement.reading.name,
            rival_systems=tuple(rival.name for rival in self.located.rivals),
            bundle=sent_bundle(self.in_file, described, self.layer, self.columns.carried, seen.marks),
        )


def understand(connection: Connection, layer: Layer, upload: Upload, opened: SentFile) -> Understood:
    """Find out what a file is that was sent for a layer. Raises BrokenFile."""
    profile, sources = opened.profile, opened.layers
    said = said_about(connection, upload, signature_of(sources))
    source = chosen_layer(sources, layer, profile, said.source_layer)
    sample = list(source.records(SAMPLE))
    columns, samples = _columns(source, sample, layer, profile, said)
    outline = outline_of(connection, upload.district_id)
    named = _as_sent(sample, columns, layer, profile)
    evidence = Evidence(
        outline,
        published_points(connection, layer, upload.district_id, named),
        outlines_near(connection, layer, profile.storage_srid),
    )
    shapes = np.array([record.geometry for record in sample], dtype=object)
    located, said = _locate(shapes, source, evidence, profile, said)
    return Understood(
        upload,
        layer,
        profile,
        source,
        columns,
        located,
        outline,
        said,
        samples,
        in_file=tuple(one.described for one in sources),
        numberings=numberings(sample, profile),
    )


def _columns(
    source: FileLayer, sample: list[Record], layer: Layer, profile: Profile, said: Said
) -> tuple[Columns, Mapping[str, list[str]]]:
    """How the columns are read, and what they hold; where none is known, a person is shown that as well."""
    headers = source.described.fields
    try:
        columns = map_columns(headers, layer, profile, said.columns)
    except NoUsableColumn as broken:
        removed = {header for header in headers if is_personal(header, profile)}
        raise NoUsableColumn(**broken.facts, samples=samples_of(sample, headers, removed, profile)) from None
    return columns, samples_of(sample, headers, columns.removed, profile)


def _locate(
    shapes: Shapes, source: FileLayer, evidence: Evidence, profile: Profile, said: Said
) -> tuple[Located, Said]:
    """A system that was remembered and does not fit is as if it had not been said."""
    try:
        return locate(shapes, said.declared_crs, source.described.crs, evidence, profile), said
    except BrokenFile:
        if said.remembered is None or not said.remembered["crs"]:
            raise
        own = said.without_system
        return locate(shapes, own.declared_crs, source.described.crs, evidence, profile), own


def _other_unit(held: Held) -> OtherUnit:
    target = held.target
    return OtherUnit(target.title, held.unit, target.unit, factor(held.unit, target.unit) is not None)


def _as_sent(sample: Iterable[Record], columns: Columns, layer: Layer, profile: Profile) -> Iterator[Normalised]:
    """The sample's names and numbers; its shapes have no place yet."""
    unmoved = Placement(Reading.of_srid(profile.storage_srid), None, None)
    bare = (record._replace(geometry=None) for record in sample)
    return normalise(bare, columns, unmoved, layer.shape, profile, Observations())


def outline_of(connection: Connection, district_id: int) -> BaseGeometry | None:
    """The district's published boundary, prepared for many questions."""
    stored = connection.execute(text(query("checks.outline")), {"district": district_id}).scalar_one()
    if stored is None:
        return None
    outline = shapely.from_wkb(bytes(stored))
    shapely.prepare(outline)
    return outline
