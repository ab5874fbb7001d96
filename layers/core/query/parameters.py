"""The parameters of a question: what parses them and what describes them read the same list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from layers.core.layer import Field
from layers.core.query.filters.syntax import LANGUAGES, LONGEST
from layers.core.query.properties import ReadableLayer
from layers.core.query.wrong import WrongQuery
from layers.core.words import Title

LIMIT_DEFAULT = 100
LIMIT_MOST = 10_000
COUNTS = ("exact", "estimate")
JSON_PROFILES = ("rfc7946", "jsonfg", "jsonfg-plus")
GEOMETRIES = ("wkt", "xy", "none")
LARGEST_EPOCH = 2**62
EVERYWHERE = ("f", "lang")
"""Read by every address, not only here."""

Schema = Mapping[str, Any]
_UNKNOWN = Title(
    "Burada “{parameter}” diye bir parametre yok. Olanlar: {known}.",
    "There is no parameter “{parameter}” here. Known: {known}.",
)


@dataclass(frozen=True)
class Parameter:
    """One that a request may carry."""

    name: str
    about: Title
    schema: Schema
    is_required: bool = False


@lru_cache(maxsize=256)
def page_parameters(readable: ReadableLayer) -> tuple[Parameter, ...]:
    """Of a page of features, those that select by a field last."""
    return (
        *_SELECTING,
        *_about_shapes(readable),
        *_about_fields(readable),
        *_PAGING,
        *_LOOKS,
        *_other_schemas(readable),
        *_by_field(readable),
    )


@lru_cache(maxsize=256)
def item_parameters(readable: ReadableLayer) -> tuple[Parameter, ...]:
    """Of one feature."""
    return tuple(one for one in page_parameters(readable) if one.name in _OF_AN_ITEM)


def check_names(arguments: Mapping[str, str], known: Iterable[Parameter]) -> None:
    """Refuse a parameter nobody reads: a misspelt filter must not look like an answer."""
    names = (*(parameter.name for parameter in known), *EVERYWHERE)
    for name in arguments:
        if name not in names:
            raise WrongQuery(name, _UNKNOWN, parameter=name, known=", ".join(names))


_SELECTING = (
    Parameter(
        "bbox",
        Title(
            "Bu kutuya değenler: iki köşenin koordinatları, dört ya da altı sayı. Batı doğudan büyükse kutu 180. "
            "meridyeni aşar.",
            "Those that touch the box: its two corners, four or six numbers. West beyond east crosses the 180th "
            "meridian.",
        ),
        {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
    ),
    Parameter(
        "datetime",
        Title(
            "O gün ya da o aralıkta hukuken geçerli olanlar; açık uç için “..”.",
            "Those valid by law on that day or in that span; “..” for an open end.",
        ),
        {"type": "string"},
    ),
    Parameter(
        "epoch",
        Title("Havuz o yayından sonra nasılsa öyle.", "The pool as it was after that publish."),
        {"type": "integer", "minimum": 0, "maximum": LARGEST_EPOCH},
    ),
    Parameter("filter", Title("CQL2 ile bir koşul.", "A condition in CQL2."), {"type": "string", "maxLength": LONGEST}),
    Parameter(
        "filter-lang",
        Title("Koşulun dili; söylenmezse cql2-text.", "Language of the filter; cql2-text where nothing is said."),
        {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
    ),
)
_PAGING = (
    Parameter(
        "limit",
        Title(
            f"En çok bu kadar kayıt; {LIMIT_MOST} üstü {LIMIT_MOST} sayılır. Söylenmezse sayfalı biçimler "
            f"{LIMIT_DEFAULT} kayıt, dosya biçimleri uyanların hepsini verir.",
            f"At most so many features; more than {LIMIT_MOST} is taken for {LIMIT_MOST}. Where nothing is said, "
            f"formats with pages give {LIMIT_DEFAULT} features, formats that are files give all that match.",
        ),
        {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT_DEFAULT},
    ),
    Parameter(
        "after",
        Title("Bir sayfanın “next” bağlantısındaki im.", "The mark in the “next” link of a page."),
        {"type": "string"},
    ),
    Parameter(
        "before",
        Title("Bir sayfanın “prev” bağlantısındaki im.", "The mark in the “prev” link of a page."),
        {"type": "string"},
    ),
    Parameter(
        "count",
        Title(
            "Koşula uyanları say (exact) ya da kestir (estimate); süzgeçsiz sayı hep verilir.",
            "Count what matches (exact) or guess it (estimate); without a filter the number is always told.",
        ),
        {"type": "string", "enum": list(COUNTS)},
    ),
)
_LOOKS = (
    Parameter(
        "profile",
        Title(
            "f=json için: düz GeoJSON (rfc7946), JSON-FG (jsonfg) ya da ikisini de okuyanlar için (jsonfg-plus).",
            "Of f=json: plain GeoJSON (rfc7946), JSON-FG (jsonfg), or JSON-FG for readers of either (jsonfg-plus).",
        ),
        {"type": "string", "enum": list(JSON_PROFILES), "default": JSON_PROFILES[0]},
    ),
    Parameter(
        "geometry",
        Title(
            "f=csv için: şekil WKT olarak (wkt), içindeki bir noktanın koordinatları olarak (xy) ya da hiç (none).",
            "Of f=csv: the shape as WKT (wkt), as the coordinates of a point inside (xy), or not at all (none).",
        ),
        {"type": "string", "enum": list(GEOMETRIES), "default": GEOMETRIES[0]},
    ),
)
_OF_AN_ITEM = ("crs", "properties", "epoch", "profile", "schema")


def _other_schemas(readable: ReadableLayer) -> tuple[Parameter, ...]:
    if not readable.schemas:
        return ()
    told_en = ", ".join(f"{word} ({one.title('en')})" for word, one in readable.schemas.items())
    told_tr = ", ".join(f"{word} ({one.title('tr')})" for word, one in readable.schemas.items())
    return (
        Parameter(
            "schema",
            Title(
                f"Alanlar başka bir standarttaki adlarıyla: {told_tr}. Süzgeç ve sıra kendi adlarımızla yazılır.",
                f"Fields under their names in another standard: {told_en}. Filters and orders keep our names.",
            ),
            {"type": "string", "enum": list(readable.schemas)},
        ),
    )


def _about_shapes(readable: ReadableLayer) -> tuple[Parameter, ...]:
    systems = {"type": "string", "format": "uri", "enum": [crs.uri for crs in readable.offered]}
    return (
        Parameter("crs", Title("Yanıtın koordinat sistemi.", "Coordinate system of the answer."), systems),
        Parameter("bbox-crs", Title("bbox değerinin koordinat sistemi.", "Coordinate system of bbox."), systems),
        Parameter("filter-crs", Title("Süzgeçteki şekillerin sistemi.", "Of the filter's shapes."), systems),
    )


def _about_fields(readable: ReadableLayer) -> tuple[Parameter, ...]:
    names = list(readable.names)
    signed = [f"{sign}{name}" for name in names for sign in ("", "-", "+")]
    return (
        Parameter(
            "properties",
            Title("Yanıtta yalnız bu alanlar.", "Only these fields in the answer."),
            {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1},
        ),
        Parameter(
            "sortby",
            Title("Sıra; büyükten küçüğe için başında -.", "The order; with - before a name the largest come first."),
            {"type": "array", "items": {"type": "string", "enum": signed}, "minItems": 1},
        ),
    )


def _by_field(readable: ReadableLayer) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(
            field.name,
            Title(f"Yalnız “{field.title.tr}” bu değer olanlar.", f"Only those with this value as “{field.title.en}”."),
            kind_schema(field),
        )
        for field in readable.properties
    )


def kind_schema(field: Field) -> dict[str, Any]:
    """The field's type as JSON schema spells it."""
    return {"type": "string", "format": "date"} if field.kind == "date" else {"type": field.kind}
