"""Files and changesets as the worker leaves them, and forms filled in as a browser does."""

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import Connection, text
from werkzeug.test import TestResponse

from layers.core.progress import begin_progress
from layers.core.store import WORKER, Store

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Found:
    """A finding to put into the inbox."""

    severity: str
    sentence: str
    line: int | None = None
    ref: str | None = None
    wkt: str | None = None
    rule: str = "test"


def fill_in(client: FlaskClient, page: str, action: str, **fields: object) -> TestResponse:
    """Load the page, take its token, send the form."""
    token = _TOKEN.search(client.get(page).text)
    assert token, f"{page} shows no form"
    return client.post(action, data={"csrf_token": token[1], **fields}, content_type="multipart/form-data")


def add_upload(
    database,
    district_id: int,
    filename: str,
    *,
    state: str = "checked",
    findings: Iterable[Found] = (),
    report: Mapping[str, object] | None = None,
    failure: str | None = None,
) -> uuid.UUID:
    """A file with what was found in it."""
    with _worker(database) as store, store.writing(WORKER) as connection:
        upload_id = connection.execute(
            text(
                "INSERT INTO inbox.upload "
                "(district_id, layer_id, filename, size_bytes, sha256, state, report, failure) VALUES "
                "(:district, 'parcels', :filename, 2048, :sha256, :state, CAST(:report AS jsonb), "
                "CAST(:failure AS jsonb)) RETURNING id"
            ),
            {
                "district": district_id,
                "filename": filename,
                "sha256": filename,
                "state": state,
                "report": json.dumps(report or {}),
                "failure": json.dumps({"code": "x", "facts": {}, "text": {"tr": failure, "en": failure}})
                if failure
                else None,
            },
        ).scalar_one()
        for finding in findings:
            _add_finding(connection, upload_id, district_id, finding)
    return upload_id


def report_progress(database, upload_id: uuid.UUID, step: str, done: int, total: int) -> None:
    """As the worker says on its way how far it is."""
    with _worker(database) as store, store.writing(WORKER) as connection:
        begin_progress(connection, upload_id)
        connection.execute(
            text("UPDATE inbox.progress SET step = :step, done = :done, total = :total WHERE upload_id = :upload"),
            {"upload": upload_id, "step": step, "done": done, "total": total},
        )


def add_changeset(
    database,
    district_id: int,
    title: str,
    inserts: Mapping[str, str],
    *,
    upload_id: uuid.UUID | None = None,
) -> int:
    """A checked changeset that brings new parcels (ref to WKT)."""
    with _worker(database) as store, store.writing(WORKER) as connection:
        changeset_id = connection.execute(
            text(
                "INSERT INTO inbox.changeset (upload_id, district_id, layer_id, title, base_epoch, state) "
                "VALUES (:upload, :district, 'parcels', :title, pool.current_epoch(), 'checked') RETURNING id"
            ),
            {"upload": upload_id, "district": district_id, "title": title},
        ).scalar_one()
        for number, (ref, wkt) in enumerate(inserts.items(), start=1):
            _add_insert(connection, changeset_id, district_id, number, ref, wkt)
    return changeset_id


def _worker(database) -> "_ClosingStore":
    return _ClosingStore(database.worker)


class _ClosingStore(Store):
    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.close()


def _add_finding(connection: Connection, upload_id: uuid.UUID, district_id: int, finding: Found) -> None:
    connection.execute(
        text(
            "INSERT INTO inbox.finding (upload_id, district_id, rule, severity, line, ref, facts, geom) "
            "SELECT :upload, :district, :rule, :severity, :line, :ref, CAST(:facts AS jsonb), "
            "ST_GeomFromText(:wkt, storage_srid) FROM ops.profile"
        ),
        {
            "upload": upload_id,
            "district": district_id,
            "rule": finding.rule,
            "severity": finding.severity,
            "line": finding.line,
            "ref": finding.ref,
            "facts": json.dumps({"text": {"tr": finding.sentence, "en": finding.sentence}}),
            "wkt": finding.wkt,
        },
    )


def _add_insert(connection: Connection, changeset_id: int, district_id: int, number: int, ref: str, wkt: str) -> None:
    connection.execute(
        text(
            "INSERT INTO inbox.change (changeset_id, district_id, kind, line, uid, ref, after, geom_after) "
            "SELECT :changeset, :district, 'insert', :line, gen_random_uuid(), :ref, CAST(:after AS jsonb), "
            "ST_GeomFromText(:wkt, storage_srid) FROM ops.profile"
        ),
        {
            "changeset": changeset_id,
            "district": district_id,
            "line": number,
            "ref": ref,
            "after": json.dumps({"block_no": "1", "parcel_no": str(number)}),
            "wkt": wkt,
        },
    )
