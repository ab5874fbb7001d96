"""A file that repeats the pool is looked at where it changes ground: nothing new is missed, nothing is invented."""

import random
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import pytest
import shapely

from importers.apart.room import reading_room
from importers.checking import end_absent
from importers.deadline import Deadline
from importers.pipeline import lay_out
from importers.sent_file import SentFile
from importers.sidebyside import Workbench
from importers.understand import understand
from layers.core.bundle_mark import MARK_FIELD, BundleMark, pool_mark
from layers.core.inbox import locked_upload
from layers.core.store import WORKER
from tests.coverings import grid, with_corner_added, with_corner_moved
from tests.importing import Desk, feature, geojson, open_desk
from tests.worlds import WEST, publish_parcels, square

COLUMNS, ROWS = 15, 12


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def disturbed(areas: list[shapely.Polygon], chance: random.Random, mistakes: int) -> list[shapely.Polygon]:
    """A few areas without regard to their neighbours: common ground, open ground, corners of one side only."""
    made = list(areas)
    for place in chance.sample(range(len(made)), mistakes):
        if chance.random() < 0.7:
            moved = with_corner_moved(made[place], chance.randrange(4), chance.uniform(-1, 1), chance.uniform(-1, 1))
            made[place] = moved if moved.is_valid else made[place]
        else:
            made[place] = with_corner_added(made[place], chance.randrange(4), chance.uniform(0.2, 0.8))
    return made


def as_kept(area: shapely.Polygon) -> str:
    return shapely.MultiPolygon([area]).wkt


def told(bench: Workbench) -> dict[str, list[Any]]:
    """Everything between areas, without the names of those around it."""
    deadline = Deadline.after(60)
    return {
        "overlaps": list(bench.overlaps(deadline)),
        "gaps": list(bench.gaps(deadline)),
        "corners": list(bench.lacking_corners(deadline)),
    }


@pytest.mark.parametrize("seed", range(12))
def test_what_is_new_is_told_and_nothing_that_is_not_there(desk, database, seed):
    chance = random.Random(seed)
    published = disturbed(grid(COLUMNS, ROWS, seed), chance, mistakes=20)
    epoch = publish_parcels(database, WEST, {f"w-{n}": as_kept(area) for n, area in enumerate(published, start=1)})
    sent = dict(enumerate(disturbed(published, chance, mistakes=3), start=1))
    del sent[chance.choice(list(sent))]
    with desk.store.writing(WORKER) as connection, reading_room() as room:
        mark = str(BundleMark(pool_mark(connection), epoch))
        records = [feature(f"w-{n}", as_kept(area), **{MARK_FIELD: mark}) for n, area in sent.items()]
        receipt = desk.receive("bundle.geojson", geojson(records, 5253), is_whole_state=True)
        upload = locked_upload(connection, receipt.upload_id)
        opened = SentFile(connection, desk.profile, upload, room)
        _, context = lay_out(connection, understand(connection, desk.registry["parcels"], upload, opened))
        end_absent(connection, WEST, epoch)
        assert context.side_by_side.repeats_pool
        whole = told(Workbench(connection, WEST, desk.profile.limits))
        part = told(Workbench(connection, WEST, desk.profile.limits, repeats_pool=True))
    assert any(not one.was_there_before for found in whole.values() for one in found)
    for kind, found in whole.items():
        of_part, of_whole = [list(map(astuple, some)) for some in (part[kind], found)]
        assert [one for one in of_part if one not in of_whole] == []
        assert [one for one in found if not one.was_there_before and astuple(one) not in of_part] == []


@pytest.mark.parametrize(("is_bundle", "rules"), [(True, []), (False, ["no_overlap_within_file"])])
def test_an_old_fault_far_from_every_change_is_told_of_a_file_that_does_not_say_where_it_is_from(
    desk, database, is_bundle, rules
):
    old = {"w-1": square(0, 0, 21), "w-2": square(1, 0), "w-9": square(9, 0)}
    epoch = publish_parcels(database, WEST, old)
    with desk.store.reading(WORKER) as connection:
        said = {MARK_FIELD: str(BundleMark(pool_mark(connection), epoch))} if is_bundle else {}
    sent = [feature(ref, wkt, **said) for ref, wkt in {**old, "w-9": square(9, 0, 19)}.items()]
    outcome = desk.send_features(sent, is_whole_state=True)
    assert [rule for rule, *_ in desk.rules(outcome) if "overlap" in rule] == rules
