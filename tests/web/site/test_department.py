"""The department's one look at all districts."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from layers.core.store import Store
from tests.web.site.paperwork import add_changeset, add_upload, fill_in
from tests.worlds import EAST, WEST, publish_parcels, square


def test_what_a_district_submits_waits_on_the_departments_page(signed_in, database):
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    department = signed_in("department")
    assert "Nothing waits." in department.get("/department?lang=en").text
    fill_in(signed_in("editor", WEST), f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    page = department.get("/department").text
    assert f'href="/changeset/{changeset}"' in page
    assert "Nothing waits." not in page


def test_what_is_out_of_the_ordinary_is_seen_in_the_list(signed_in, database):
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0, 0.2)})
    fill_in(signed_in("editor", WEST), f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    page = signed_in("department").get("/department?lang=en").text
    assert "Look twice" in page
    assert "1 areas are of an odd size" in page


def test_a_file_that_could_not_be_read_is_seen(signed_in, database):
    add_upload(database, EAST, "plan.dwg", state="failed", failure="Unknown.")
    assert "plan.dwg" in signed_in("department").get("/department").text


def test_every_district_has_its_line_also_one_that_never_sent_anything(signed_in, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    page = signed_in("department").get("/department?lang=en").text
    assert "Batı" in page
    assert "Doğu" in page
    assert "never" in page


def test_the_page_is_for_the_department(signed_in):
    assert signed_in("editor", WEST).get("/department").status_code == 403


def test_the_first_lines_say_what_wants_attention(signed_in, database):
    department = signed_in("department")
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    fill_in(signed_in("editor", WEST), f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    page = department.get("/department?lang=en").text
    assert "1 matter waits for you. Not all goes as it should." in page
    assert matters(page) == [
        ("care", "1", "wait for a decision"),
        ("good", "0", "accepted, not published"),
        ("good", "0", "exceptions asked for"),
        ("good", "0", "unreadable files in 30 days"),
        ("good", "0", "failing sources"),
        ("bad", "1", "parts of the service out of order"),
        ("care", "1", "new notices"),
    ]
    assert "the longest since" in page.partition("accepted, not published")[0]


def test_the_districts_that_need_somebody_come_first(signed_in, database):
    changeset = add_changeset(database, EAST, "east.gpkg", {"e-1": square(5, 0)})
    fill_in(signed_in("editor", EAST), f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    rows = signed_in("department").get("/department?lang=en").text.partition('id="districts"')[2]
    assert rows.index("Doğu") < rows.index("Batı")


def matters(page: str) -> list[tuple[str, str, str]]:
    """Tone, number and words of each number of the first look."""
    glance = page.partition('<ul class="glance">')[2].partition("</ul>")[0]
    return re.findall(r'class="glance-(\w+)".*?</svg>\s*(\d+)</b>\s*<span>([^<]*)</span>', glance, re.DOTALL)


def part(page: str, name: str) -> str:
    """What the page says of a part of the service."""
    row = page.partition(f'<th scope="row">{name}</th>')[2].partition("</tr>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", row).split())


def test_a_worker_that_is_silent_is_told_with_what_to_do(signed_in, database):
    department = signed_in("department")
    assert part(department.get("/department?lang=en").text, "Worker").startswith("Wrong No worker has ever begun here")
    heard(database, "1 second")
    assert part(department.get("/department?lang=en").text, "Worker") == "Good Works."
    heard(database, "10 minutes")
    said = part(department.get("/department?lang=en").text, "Worker")
    assert said.startswith("Wrong Not heard of since")
    assert "Start the service anew" in said


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """One transaction of that user."""
    store = Store(url)
    with store.engine.begin() as connection:
        yield connection
    store.close()


def heard(database, ago: str) -> None:
    """As if a worker had said so long ago that it lives."""
    with connected(database.owner) as connection:
        connection.execute(text("DELETE FROM jobs.procrastinate_workers"))
        connection.execute(
            text("INSERT INTO jobs.procrastinate_workers (last_heartbeat) VALUES (now() - CAST(:ago AS interval))"),
            {"ago": ago},
        )


def test_jobs_that_were_given_up_are_counted(signed_in, database):
    with connected(database.owner) as connection:
        for state, number in (("todo", 3), ("failed", 2)):
            connection.execute(
                text(
                    "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, status) "
                    "SELECT 'default', 'test', CAST(:state AS jobs.procrastinate_job_status) "
                    "FROM generate_series(1, :number)"
                ),
                {"state": state, "number": number},
            )
        connection.execute(
            text(
                "INSERT INTO jobs.procrastinate_events (job_id, type) "
                "SELECT id, 'failed' FROM jobs.procrastinate_jobs WHERE status = 'failed'"
            )
        )
    said = part(signed_in("department").get("/department?lang=en").text, "Jobs")
    assert said.startswith("Look after it 3 wait, 0 are being done. 2 were given up within seven days")


def test_publishes_are_counted_week_by_week(signed_in, database):
    for column in range(3):
        publish_parcels(database, WEST, {f"w-{column}": square(column, 0)})
    table = signed_in("department").get("/department?lang=en").text.partition('<table id="weeks">')[2]
    counted = re.findall(r'data-value="(\d+)"', table.partition("</table>")[0])
    assert counted == ["0"] * 11 + ["3"]


def test_tiles_disk_and_backup_are_told(signed_in, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    page = signed_in("department").get("/department?lang=en").text
    assert "the newest is of publish 1, the pool's newest is 1." in html.unescape(part(page, "Tiles"))
    assert re.search(r"[MG]B of [\d.,]+ [MG]B are free; the database takes [\d.,]+ [MG]B\.", part(page, "Disk"))
    assert part(page, "Backup").startswith("Look after it PostgreSQL archives nothing here")
