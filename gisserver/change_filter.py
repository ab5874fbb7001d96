"""Which changes of a changeset a request asks for; the page's form and the API say it by the same names."""

from collections.abc import Mapping

from flask_babel import gettext as _

from gisserver.errors import Refused
from layers.core.changeset_views import ChangeFilter
from layers.core.layer import Audience, Layer

KINDS = ("insert", "update", "retire")
PARAMETERS = ("kind", "field", "rule", "ref")
SHAPE, ANY_RULE = "geom", "*"
LONGEST_REF = 100


def change_filter(arguments: Mapping[str, str], layer: Layer, audience: Audience) -> ChangeFilter:
    """`kind`, `field`, `rule` and `ref`; empty ones choose nothing, as a form sends them."""
    kind, field = arguments.get("kind", ""), arguments.get("field", "")
    fields = (SHAPE, *(one.name for one in layer.fields_for(audience)))
    _refuse_unknown("kind", kind, KINDS)
    _refuse_unknown("field", field, fields)
    ref = arguments.get("ref", "").strip()[:LONGEST_REF]
    return ChangeFilter(kind=kind, field=field, rule=arguments.get("rule", "")[:LONGEST_REF], ref=ref)


def _refuse_unknown(parameter: str, value: str, known: tuple[str, ...]) -> None:
    if value and value not in known:
        sentence = _("“%(name)s” is one of %(known)s.", name=parameter, known=", ".join(known))
        raise Refused(sentence, parameter=parameter, known=list(known))
