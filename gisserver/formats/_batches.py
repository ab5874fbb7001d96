"""Features as Arrow batches, a block of the database at a time."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from layers.core.query import FeatureQuery, read_rows
from layers.core.query.file_columns import file_columns, file_fields
from layers.core.store import Connection

if TYPE_CHECKING:
    import pyarrow

UID = "uid"
SHAPE = "geometry"


class Batches:
    """Those that match a question; what goes wrong while a library pulls them is kept, since it would be hidden."""

    def __init__(self, connection: Connection, query: FeatureQuery, names: Sequence[str] = ()) -> None:
        self._connection = connection
        self._query = query
        self.schema = _schema(query, names)
        self.trouble: Exception | None = None

    def __iter__(self) -> "Iterator[pyarrow.RecordBatch]":
        import pyarrow

        try:
            for block in read_rows(self._connection, self._query, file_columns):
                columns = zip(*block, strict=True)
                arrays = [_array(values, kind) for values, kind in zip(columns, self.schema.types, strict=True)]
                yield pyarrow.RecordBatch.from_arrays(arrays, schema=self.schema)
        except Exception as trouble:
            self.trouble = trouble
            raise

    def reader(self) -> "pyarrow.RecordBatchReader":
        """As libraries take them."""
        import pyarrow

        return pyarrow.RecordBatchReader.from_batches(self.schema, iter(self))


def _schema(query: FeatureQuery, names: Sequence[str]) -> "pyarrow.Schema":
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    kinds = [pyarrow.string(), *(types[field.kind] for field in file_fields(query))]
    own = (UID, *(query.name_told(field.name) for field in file_fields(query)))
    fields = [pyarrow.field(name, kind) for name, kind in zip(names or own, kinds, strict=True)]
    return pyarrow.schema([*fields, pyarrow.field(SHAPE, pyarrow.binary())])


def _array(values: tuple[Any, ...], kind: "pyarrow.DataType") -> "pyarrow.Array":
    """The driver hands shapes on as views of memory."""
    import pyarrow

    plain = [bytes(value) for value in values] if kind == pyarrow.binary() else values
    return pyarrow.array(plain, kind)
