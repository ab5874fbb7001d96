"""/district: a district sends its files and sees what became of each."""

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from gisserver.access import actor, needs_role
from gisserver.downloads.apart import contents, folder_of
from gisserver.downloads.order import BUNDLE, Order
from gisserver.errors import NotYours, Refused, wants_json
from gisserver.loose_files import chosen_files, taken_as_one
from gisserver.problems import problem_of_sending
from gisserver.service import service
from gisserver.site import Navigation
from gisserver.site.sources import shown
from layers.core.changeset_views import changesets
from layers.core.inbox import QuotaExceeded, Receipt, Sending, receive
from layers.core.inbox_views import uploads
from layers.core.words import Title

MEMBERS = ("editor", "approver")
_BUNDLE_NAME = "bundle.gpkg"

bp = Blueprint("district", __name__)
NAV = Navigation(Title("İlçe", "District"), "district.page", 30, frozenset(MEMBERS))


@dataclass(frozen=True)
class UploadForm:
    """What was typed, and what is wrong with it by field."""

    layer_id: str = "parcels"
    is_whole_state: bool = False
    files: tuple[FileStorage, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls) -> "UploadForm":
        """The form of this request."""
        layer_id = request.form.get("layer", "")
        files = chosen_files()
        errors = {}
        if not files:
            errors["file"] = _("Choose the file to send.")
        if layer_id not in service().registry:
            errors["layer"] = _("Choose what the file holds.")
        return cls(layer_id, request.form.get("whole_state") == "yes", files, errors)


@bp.get("/district")
@needs_role(*MEMBERS)
def page() -> str:
    """The form and the list; with ?fragment=1 the list alone, for the page that refreshes itself."""
    if request.args.get("fragment"):
        return render_template("district_uploads.html", **_lists())
    return _page(UploadForm(layer_id=request.args.get("layer", UploadForm.layer_id)))


@bp.post("/district")
@needs_role(*MEMBERS)
def send() -> AnyResponse | tuple[str, HTTPStatus]:
    """Keep the file; the worker opens it."""
    form = UploadForm.parse()
    if form.errors:
        return _again(form)
    try:
        receipt = _received(form)
    except QuotaExceeded as error:
        return _again(replace(form, errors={"file": problem_of_sending(error).sentence}))
    except Refused as refused:
        return _again(replace(form, errors={"file": refused.sentence}))
    return redirect(url_for("upload.page", upload_id=receipt.upload_id), HTTPStatus.SEE_OTHER)


@bp.get("/district/bundle.gpkg")
@needs_role(*MEMBERS)
def bundle() -> Response:
    """What the district edits, to take along; sent back, it is joined with what the pool has changed meanwhile."""
    pieces = _bundle()
    size = next(pieces).decode()
    about = {"Content-Length": size, "Content-Disposition": f"attachment; filename={_BUNDLE_NAME}"}
    return Response(stream_with_context(pieces), headers=about, content_type="application/geopackage+sqlite3")


def _bundle() -> Generator[bytes, None, None]:
    settings = service().settings
    with service().downloads.one(), folder_of(settings.data) as folder:
        order = Order(
            database_url=service().store.engine.url.render_as_string(hide_password=False),
            profile=str(service().profile.path),
            layer="parcels",
            format=BUNDLE,
            arguments={"language": str(get_locale())},
            role=actor().role,
            district_id=_own_district(),
            account_id=actor().account_id,
            target=str(Path(folder) / _BUNDLE_NAME),
            query_seconds=settings.query_seconds,
            most_bytes=settings.download_limit_mb * 1_000_000,
        )
        yield from contents(order, settings.download_seconds)


def _received(form: UploadForm) -> Receipt:
    with taken_as_one(form.files) as file, service().store.writing(actor()) as connection:
        sending = Sending(
            district_id=_own_district(),
            layer_id=form.layer_id,
            filename=file.name,
            sent_by=actor().account_id,
            is_whole_state=form.is_whole_state,
        )
        return receive(connection, sending, file.stream, service().quota)


def _own_district() -> int:
    district_id = actor().district_id
    if district_id is None:
        raise NotYours(_("Your account belongs to no district. Ask the department to set it right."))
    return district_id


def _again(form: UploadForm) -> tuple[str, HTTPStatus]:
    """A script gets the sentence, a browser the form as it was filled in."""
    if wants_json():
        parameter, sentence = next(iter(form.errors.items()))
        raise Refused(sentence, parameter=parameter)
    return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(form: UploadForm) -> str:
    district = service().profile.district(_own_district())
    return render_template("district.html", form=form, district=district, layers=list(service().registry), **_lists())


def _lists() -> dict[str, object]:
    with service().store.reading(actor()) as connection:
        return {
            "uploads": uploads(connection, district_id=_own_district(), limit=30),
            "returned": changesets(connection, district_id=_own_district(), state="returned", limit=10),
            "sources": shown(connection),
        }
