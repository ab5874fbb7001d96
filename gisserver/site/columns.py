"""/upload/ID/columns: what each column of a file became, and what it is to be instead."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import EDITORS, actor, needs_role
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import inbox
from layers.core.columns import Choice, FieldTwice, Target, UnknownField, parse_choices, targets_of
from layers.core.inbox_views import UploadReport, UploadSummary, report, upload
from layers.core.layer import Layer

bp = Blueprint("columns", __name__)
NAV = None


@dataclass(frozen=True)
class Row:
    """A column of the file as the page shows it."""

    header: str
    samples: tuple[str, ...]
    choice: str
    """What is selected: a field, a field with a unit, or nothing."""
    remark: str = ""
    error: str = ""


@dataclass(frozen=True)
class Option:
    """Something a column can become."""

    value: str
    title: str


@bp.get("/upload/<uuid:upload_id>/columns")
@needs_role(*EDITORS)
def page(upload_id: uuid.UUID) -> str:
    """Every column with samples and a list of fields."""
    found, told = _looked_up(upload_id)
    return _page(found, _rows(told))


@bp.post("/upload/<uuid:upload_id>/columns")
@needs_role(*EDITORS)
def choose(upload_id: uuid.UUID) -> Response | tuple[str, HTTPStatus]:
    """Check the file again with these columns; what was chosen is never lost."""
    found, told = _looked_up(upload_id)
    said = dict(zip(request.form.getlist("header"), request.form.getlist("field"), strict=False))
    try:
        columns = parse_choices(said, service().registry[found.layer_id])
    except FieldTwice as twice:
        return _page(found, _rows_again(told, said, twice)), HTTPStatus.UNPROCESSABLE_ENTITY
    except UnknownField as unknown:
        raise Refused(_("Choose one of the fields that are offered."), parameter="field") from unknown
    with service().store.writing(actor()) as connection:
        inbox.recheck(connection, upload_id, columns=columns)
    return redirect(url_for("upload.page", upload_id=upload_id), HTTPStatus.SEE_OTHER)


@bp.post("/upload/<uuid:upload_id>/forget")
@needs_role(*EDITORS)
def forget(upload_id: uuid.UUID) -> Response:
    """Read this file and the next of its kind afresh."""
    with service().store.writing(actor()) as connection:
        inbox.forget_habit(connection, upload_id)
    return redirect(url_for("upload.page", upload_id=upload_id), HTTPStatus.SEE_OTHER)


def _looked_up(upload_id: uuid.UUID) -> tuple[UploadSummary, UploadReport]:
    with service().store.reading(actor()) as connection:
        found = upload(connection, upload_id)
        if found is None:
            raise inbox.UnknownUpload
        return found, report(connection, upload_id)


def _page(found: UploadSummary, rows: Sequence[Row]) -> str:
    layer = service().registry[found.layer_id]
    return render_template(
        "columns.html",
        upload=found,
        rows=rows,
        errors={f"field-{number}": row.error for number, row in enumerate(rows) if row.error},
        layer=layer,
        required=_options(layer, is_required=True),
        others=_options(layer, is_required=False),
        in_units={row.header: _in_unit(row, layer) for row in rows},
    )


def _rows(told: UploadReport) -> list[Row]:
    """Of the report; of the refusal where no column was recognised."""
    columns: Mapping[str, Any] = told.report.get("columns", {})
    samples: Mapping[str, Any] = columns.get("samples") or (told.failure or {}).get("facts", {}).get("samples", {})
    became = {**columns.get("mapped", {}), **columns.get("proposed", {}), **columns.get("held", {})}
    units = columns.get("converted", {})
    became |= {header: f"{became[header]} [{unit}]" for header, unit in units.items()}
    headers = dict.fromkeys((*samples, *became, *columns.get("ignored", ())))
    return [
        Row(header, tuple(samples.get(header, ())), became.get(header, ""), _remark(header, columns))
        for header in headers
    ]


def _remark(header: str, columns: Mapping[str, Any]) -> str:
    if header in columns.get("proposed", {}):
        return str(_("only alike: please check"))
    if header in columns.get("held", {}):
        return str(_("left out until you say how the unit is meant"))
    return ""


def _rows_again(told: UploadReport, said: Mapping[str, str], twice: FieldTwice) -> list[Row]:
    title = twice.target.title.in_language(str(get_locale()))
    sentence = _("“%(one)s” and “%(other)s” cannot both be %(field)s. Choose one of them.", field=title,
                 one=twice.headers[0], other=twice.headers[1])  # fmt: skip
    rows = [replace(row, choice=said.get(row.header, row.choice)) for row in _rows(told)]
    return [replace(row, error=sentence) if row.header in twice.headers else row for row in rows]


def _options(layer: Layer, *, is_required: bool) -> list[Option]:
    wanted = [target for target in targets_of(layer) if target.is_required == is_required]
    return [Option(target.field, _title(target)) for target in wanted]


def _title(target: Target) -> str:
    title = target.title.in_language(str(get_locale()))
    return f"{title} ({target.unit})" if target.unit else title


def _in_unit(row: Row, layer: Layer) -> Option | None:
    """The field of a column that names another unit, with its numbers turned into the field's."""
    choice = Choice.parse(row.choice)
    if choice is None or choice.unit is None:
        return None
    target = next((one for one in targets_of(layer) if one.field == choice.field), None)
    if target is None:
        return None
    title = _("%(field)s, turned from %(unit)s", field=_title(target), unit=choice.unit)
    return Option(row.choice, title)
