"""Data about people in a district's file: after a check it is in the original bytes and nowhere else."""

from collections.abc import Iterator
from itertools import count

import pytest

from importers.pipeline import Failed
from tests.importing import Desk, geojson, open_desk, parcel
from tests.worlds import ORIGIN

NUMBER = "10000000146"
PERSON = "Somebody Unlikely"


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def places_that_hold(database, *secrets: str) -> set[str]:
    """Tables in which a row, whatever its columns, shows one of the texts; looked at by the owner of all."""
    import psycopg2
    from psycopg2.sql import SQL, Identifier

    found = set()
    with psycopg2.connect(database.owner) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'")
        for schema, table in cursor.fetchall():
            asked = SQL("SELECT count(*) FROM {} AS t WHERE to_jsonb(t)::text LIKE ANY (%s)")
            cursor.execute(asked.format(Identifier(schema, table)), [[f"%{secret}%" for secret in secrets]])
            if cursor.fetchone()[0]:
                found.add(f"{schema}.{table}")
    connection.close()
    return found


def test_no_name_and_no_number_of_a_person_is_anywhere_but_in_the_bytes(desk, database):
    owned = [
        parcel(
            f"w-{n}",
            n,
            0,
            malik=PERSON,
            hissedar_2=PERSON,
            locality=NUMBER,
            sheet_no=f"{PERSON} {NUMBER}" if n == 3 else "L18",
            alan=f"400 {NUMBER}" if n == 4 else "400",
            weather=f"fine, says {NUMBER}",
        )
        for n in range(8)
    ]
    owned[0]["properties"][f"{PERSON} {NUMBER}"] = "x"
    outcome = desk.send_features(owned)
    assert outcome.report["columns"]["removed"] == ["•••", "hissedar_2", "locality", "malik", "weather"]
    desk.publish(outcome)
    assert places_that_hold(database, NUMBER, PERSON) == set()
    assert "•••, hissedar_2" in desk.texts(outcome, "personal_columns_removed")[0]


def test_a_number_among_words_is_removed_with_its_cell_and_what_is_published_stays(desk):
    desk.publish(desk.send_features([parcel(f"w-{n}", n, 0, locality="Bağlar") for n in range(10)]))
    edits = [parcel(f"w-{n}", n, 0, locality=f"Ali Veli {NUMBER}" if n == 4 else "Tepe") for n in range(10)]
    outcome = desk.send_features(edits)
    assert desk.texts(outcome, "personal_cells_removed") == [
        "In column “locality”, 1 cells held an identity number; they were written nowhere, and what is published stays "
        "as it is. First lines: 5. Delete the numbers and send the file again."
    ]
    desk.publish(outcome)
    localities = {row.ref: row.locality for row in desk.rows("SELECT ref, locality FROM pool.parcels")}
    assert localities == {**{f"w-{n}": "Tepe" for n in range(10)}, "w-4": "Bağlar"}


def test_numbers_that_mean_something_else_stay_although_one_looks_proven(desk):
    known = count(10_000_000_140)
    refs = [str(next(known)) for _ in range(20)]
    assert NUMBER in refs
    outcome = desk.send_features([parcel(f"w-{n}", n, 0, registry_id=ref) for n, ref in enumerate(refs)])
    kept = desk.rows("SELECT after ->> 'registry_id' FROM inbox.change ORDER BY 1")
    assert [row[0] for row in kept] == refs
    assert "personal_cells_removed" not in {rule for rule, _, _ in desk.rules(outcome)}


def test_a_file_that_is_refused_shows_no_number_either(desk, database):
    feature = {"type": "Feature", "properties": {f"x {NUMBER}": "1"}, "geometry": None}
    point = {"type": "Point", "coordinates": list(ORIGIN)}
    outcome = desk.send("people.geojson", geojson([{**feature, "geometry": point}]))
    assert isinstance(outcome, Failed)
    assert "•••" in outcome.failure["text"]["en"]
    assert places_that_hold(database, NUMBER) == set()
