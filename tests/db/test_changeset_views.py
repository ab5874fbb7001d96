"""What people see of a changeset, on real tables."""

import uuid

import pytest
from sqlalchemy import text

from layers.core.changeset_views import balance, changes, operations
from layers.core.store import WORKER, Store
from tests.web.site.paperwork import add_changeset
from tests.worlds import WEST, square


@pytest.fixture
def store(database):
    opened = Store(database.worker)
    yield opened
    opened.close()


def join(store: Store, changeset: int, operation: str, parent: uuid.UUID, child: uuid.UUID) -> None:
    """Kinship of two features; each gets a change with a ref of its first letters."""
    with store.writing(WORKER) as connection:
        for uid, kind in ((parent, "retire"), (child, "insert")):
            connection.execute(
                text(
                    "INSERT INTO inbox.change (changeset_id, district_id, kind, uid, ref) "
                    "VALUES (:changeset, :district, :kind, :uid, :ref) ON CONFLICT DO NOTHING"
                ),
                {"changeset": changeset, "district": WEST, "kind": kind, "uid": uid, "ref": uid.hex[-2:]},
            )
        connection.execute(
            text(
                "INSERT INTO inbox.kinship (changeset_id, district_id, parent_uid, child_uid, operation, area_m2) "
                "VALUES (:changeset, :district, :parent, :child, :operation, 10)"
            ),
            {"changeset": changeset, "district": WEST, "parent": parent, "child": child, "operation": operation},
        )


def named(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def test_features_that_share_a_parent_or_a_child_are_one_operation(database, store):
    changeset = add_changeset(database, WEST, "west.gpkg", {})
    join(store, changeset, "subdivision", named(0x10), named(0x11))
    join(store, changeset, "subdivision", named(0x10), named(0x12))
    join(store, changeset, "subdivision", named(0x20), named(0x21))
    join(store, changeset, "amalgamation", named(0x30), named(0x40))
    join(store, changeset, "amalgamation", named(0x31), named(0x40))
    with store.reading(WORKER) as connection:
        told = operations(connection, changeset)
    assert [(one.operation, one.parents, one.children, one.area_m2) for one in told] == [
        ("amalgamation", ("30", "31"), ("40",), 20.0),
        ("subdivision", ("10",), ("11", "12"), 20.0),
        ("subdivision", ("20",), ("21",), 10.0),
    ]


def test_a_readjustment_of_many_into_many_is_one_operation(database, store):
    changeset = add_changeset(database, WEST, "west.gpkg", {})
    for parent, child in ((0x10, 0x20), (0x11, 0x21), (0x11, 0x20)):
        join(store, changeset, "readjustment", named(parent), named(child))
    with store.reading(WORKER) as connection:
        (only,) = operations(connection, changeset)
    assert (only.parents, only.children) == (("10", "11"), ("20", "21"))


def test_the_balance_says_how_much_ground_and_where(database, store):
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0), "w-2": square(1, 0)})
    with store.reading(WORKER) as connection:
        found = balance(connection, changeset)
    assert (found.before_m2, found.after_m2, found.difference_m2) == (0.0, 800.0, 800.0)
    assert (round(found.place.lon, 3), round(found.place.lat, 3)) == (27.0, 38.383)


def test_a_changeset_without_changes_has_no_place(database, store):
    changeset = add_changeset(database, WEST, "west.gpkg", {})
    with store.reading(WORKER) as connection:
        assert balance(connection, changeset).place is None


def test_changes_come_page_by_page_and_drawn_from_their_own_corner(database, store):
    changeset = add_changeset(database, WEST, "west.gpkg", {f"w-{n}": square(n, 0) for n in range(5)})
    with store.reading(WORKER) as connection:
        first = changes(connection, changeset, limit=3)
        rest = changes(connection, changeset, after=first.after, limit=3)
    assert [change.ref for change in (*first.changes, *rest.changes)] == ["w-0", "w-1", "w-2", "w-3", "w-4"]
    assert rest.after is None
    drawing = first.changes[0].drawing
    assert (drawing.before, drawing.width, drawing.height) == (None, 20.0, 20.0)
    assert drawing.view_box == "-2.00 -2.00 24.00 24.00"
