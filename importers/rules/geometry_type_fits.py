"""A layer holds points, lines or areas, never a mixture."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.layer import Shape
from layers.core.words import Title

_FITTING = {
    Shape.POINT: ("Point",),
    Shape.LINES: ("MultiLineString", "LineString"),
    Shape.POLYGONS: ("MultiPolygon", "Polygon"),
}
_WANTED = {
    Shape.POINT: Title("tek nokta", "single points"),
    Shape.LINES: Title("çizgi", "lines"),
    Shape.POLYGONS: Title("alan", "areas"),
}
_FOUND = {
    "Point": Title("nokta", "a point"),
    "MultiPoint": Title("çoklu nokta", "several points"),
    "LineString": Title("çizgi", "a line"),
    "MultiLineString": Title("çizgiler", "lines"),
    "Polygon": Title("alan", "an area"),
    "MultiPolygon": Title("alanlar", "areas"),
}
_MIXED = Title("karışık geometri", "a mixture of shapes")


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Single and multiple shapes of the same kind both fit."""
    shape = record.geometry
    if shape is None or not record.is_reshaped or shape.geom_type in _FITTING[context.layer.shape]:
        return
    found, wanted = _FOUND.get(shape.geom_type, _MIXED), _WANTED[context.layer.shape]
    yield Trouble(
        {"found": found.written, "wanted": wanted.written},
        shape if not shape.is_empty else None,
    )


RULE = Rule(
    id="geometry_type_fits",
    title=Title("Geometri türü katmana uyuyor", "The shape is of the layer's kind"),
    text=Title(
        "Bu kaydın şekli {found}; katman {wanted} tutar.",
        "The shape of this record is {found}; the layer holds {wanted}.",
    ),
    cause=Title(
        "Çoklu çizgi kapatılmamış ya da dosyaya başka bir çizim katmanı karışmıştır.",
        "Usually an outline was not closed, or another drawing layer got into the file.",
    ),
    remedy=Title(
        "Kaydı doğru katmana gönderin ya da şekli dönüştürün.",
        "Send the record to its own layer or convert the shape.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
