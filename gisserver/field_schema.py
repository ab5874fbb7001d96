"""Fields as JSON schema tells them: title, type, unit, code list, role."""

from typing import Any

from gisserver.codes import codes_of
from layers.core.allowed import ANYTHING
from layers.core.columns import receivable
from layers.core.layer import Field, Layer
from layers.core.query import GEOMETRY, ReadableLayer
from layers.core.query.parameters import kind_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ROLES = {"valid_from": "primary-interval-start", "valid_to": "primary-interval-end"}
_SHAPES = {"Point": "point", "MultiLineString": "multilinestring", "MultiPolygon": "multipolygon"}
_UCUM = {"m²": "m2", "‰": "[ppth]", "persons": "{persons}"}
"""Units that UCUM writes otherwise than people do."""


def fields_schema(readable: ReadableLayer, language: str) -> dict[str, Any]:
    """Name to schema, in the order of an answer."""
    return {field.name: field_schema(field, readable, language) for field in readable.properties}


def field_schema(field: Field, readable: ReadableLayer, language: str) -> dict[str, Any]:
    """One field; what the database works out itself cannot be written."""
    unit = {"x-ogc-unit": _UCUM.get(field.unit, field.unit), "x-ogc-unitTitle": field.unit} if field.unit else {}
    role = {"x-ogc-role": _ROLES[field.name]} if field.name in _ROLES else {}
    return {
        "title": field_title(field, readable, language),
        **kind_schema(field),
        **unit,
        **role,
        **_codes(field, readable, language),
        **({"readOnly": True} if field.is_derived else {}),
        **({"x-ogc-ordered": True} if field.is_ordered else {}),
    }


def written_schema(field: Field, readable: ReadableLayer, language: str) -> dict[str, Any]:
    """With what its values may be: for those who write."""
    own = readable.profile.allowed.get(readable.layer.id, {}).get(field.name, ANYTHING)
    allowed = own.over(field.allowed)
    limits = {
        "enum": list(allowed.one_of) or None,
        "minimum": allowed.least,
        "maximum": allowed.most,
        "pattern": allowed.pattern or None,
    }
    return {
        **field_schema(field, readable, language),
        **{word: value for word, value in limits.items() if value is not None},
    }


def geometry_schema(layer: Layer, title: str) -> dict[str, Any]:
    """The shape, which GeoJSON keeps apart from the fields."""
    return {
        "title": title,
        "format": f"geometry-{_SHAPES[layer.shape]}",
        "x-ogc-role": "primary-geometry",
    }


def required_fields(readable: ReadableLayer) -> list[str]:
    """What a new feature must bring."""
    return [*(field.name for field in readable.properties if field.is_required and not field.is_derived), GEOMETRY]


def receivable_fields(readable: ReadableLayer, language: str) -> dict[str, Any]:
    """Name to schema of what this reader may write."""
    writable = {target.field for target in receivable(readable.layer, readable.audience)}
    return {
        field.name: written_schema(field, readable, language) for field in readable.properties if field.name in writable
    }


def required_to_create(readable: ReadableLayer) -> list[str]:
    """Beside the shape. The ref is not among them: it may follow from other fields, and a rule asks for it."""
    fields = readable.layer.fields_for(readable.audience)
    return [field.name for field in fields if field.is_required and not field.is_derived]


def field_title(field: Field, readable: ReadableLayer, language: str) -> str:
    """In the profile's own words where it has some."""
    own = readable.profile.titles_of_fields.get(f"{readable.layer.id}.{field.name}", {})
    return own.get(language) or field.title.in_language(language)


def _codes(field: Field, readable: ReadableLayer, language: str) -> dict[str, Any]:
    """The values that have a name."""
    codes = codes_of(readable.layer, field, readable.profile, language)
    return {"x-ogc-codes": [{"value": value, "title": title} for value, title in codes]} if codes else {}
