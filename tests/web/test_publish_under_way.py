"""While another publish has to end first: what people, programs and the worker's jobs are told."""

from collections.abc import Iterator

import pytest
from procrastinate.jobs import Job
from sqlalchemy import create_engine, text

from gisserver.settings import Settings
from gisserver.tasks import build_app
from layers.core import epochs, review
from layers.core.epochs import PublishUnderWay
from layers.core.store import Store
from tests.importing import DEPARTMENT
from tests.web.site.paperwork import add_changeset, fill_in
from tests.worlds import WEST, square


@pytest.fixture
def accepted(database, monkeypatch) -> Iterator[int]:
    """A changeset ready to be published, while a large publish of its district goes on."""
    monkeypatch.setattr(epochs, "PATIENCE_S", 0.1)
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    store = Store(database.worker)
    with store.writing(DEPARTMENT) as connection:
        review.submit(connection, DEPARTMENT, changeset)
        review.accept(connection, DEPARTMENT, changeset)
    other = create_engine(database.worker)
    with other.begin() as connection:
        connection.execute(text("SELECT pool.begin_epoch(ARRAY[:district], true)"), {"district": WEST})
        yield changeset
    other.dispose()
    store.close()


def test_a_person_is_told_to_try_again(signed_in, accepted):
    department = signed_in("department")
    answer = fill_in(
        department, f"/changeset/{accepted}?lang=en", f"/changeset/{accepted}/publish", why="Yearly renewal"
    )
    assert answer.status_code == 503
    assert "Another publish has to end before this one. Try again in a minute." in answer.text
    assert "Publish" in department.get(f"/changeset/{accepted}?lang=en").text


def test_a_program_is_told_when_to_come_again(app, signed_in, accepted):
    app.config["WTF_CSRF_ENABLED"] = False
    answer = signed_in("department").post(
        f"/api/changesets/{accepted}/publish", headers={"Accept": "application/json", "Accept-Language": "en"}
    )
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["detail"] == "Another publish has to end before this one. Try again in a minute."


def test_the_worker_tries_again_later(database, accepted, tmp_path):
    store = Store(database.worker)
    task = build_app(database.worker, store, Settings.load({"GIS_DATA": str(tmp_path)}, tmp_path / ".env")).tasks[
        "publish_changeset"
    ]
    with pytest.raises(PublishUnderWay) as refused:
        task.func(changeset_id=accepted)
    store.close()
    job = Job(id=1, lock=None, queueing_lock=None, task_name=task.name, queue="default", attempts=50)
    again = task.get_retry_exception(exception=refused.value, job=job)
    assert again is not None
    assert again.retry_decision.retry_at is not None
