"""What a district offers at an address becomes an ordinary file of it; what cannot be used changes nothing."""

import datetime
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from importers.pipeline import Checked, Failed
from importers.pulling import note_failure
from importers.sources import folder
from importers.unfetched import (
    AnsweredWithPage,
    CutShort,
    LeadsElsewhere,
    MovedMeanwhile,
    NoSuchFile,
    NoSuchTable,
    NotFetched,
    NothingThere,
    NotUnderstood,
    SeveralSystems,
    SourceNotAllowed,
    SourceNotReached,
    SourceRefused,
    SourceTooSlow,
    StillWritten,
    TooMuch,
    UnknownKind,
)
from layers.core import pulls
from layers.core.hosts import Hosts
from layers.core.inbox import original
from layers.core.store import WORKER, Actor
from tests.importing import DEPARTMENT, Desk, geojson, open_desk, parcel
from tests.pulling import declared, knowing, taken
from tests.receiver import drip
from tests.source_server import SourceServer, breaks_off, gives, giving, goes_on, if_other
from tests.tcp import by_tcp
from tests.worlds import EAST, WEST, square

FILE = geojson([parcel("w-1", 0, 0), parcel("w-2", 1, 0)], 5253)
OTHER = geojson([parcel("w-1", 0, 0), parcel("w-2", 1, 0), parcel("w-3", 2, 0)], 5253)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with giving() as opened:
        yield opened


def file_at(server: SourceServer, *answers, **more):
    server.answers["/parcels.geojson"] = list(answers)
    return declared("http_file", f"{server.address}/parcels.geojson", **more)


def test_a_file_at_an_address_is_taken_once_and_its_bytes_are_kept(desk, server):
    source = file_at(server, if_other(FILE, '"1"'))
    (first,) = taken(desk, source)
    assert desk.changes(first) == [("insert", "w-1"), ("insert", "w-2")]
    (row,) = desk.rows("SELECT source_id, filename, district_id, sent_by FROM inbox.upload")
    assert tuple(row) == ("west-parcels", "parcels.geojson", WEST, None)
    with desk.store.reading(DEPARTMENT) as connection:
        assert b"".join(original(connection, first.upload_id)) == FILE
    assert taken(desk, source) == []
    assert [headers.get("if-none-match") for _, headers in server.asked] == [None, '"1"']


def test_the_same_bytes_under_another_name_are_nothing_new(desk, server):
    source = file_at(server, gives(FILE), gives(FILE), gives(OTHER))
    assert len(taken(desk, source)) == 1
    assert taken(desk, source) == []
    assert len(taken(desk, source)) == 1


def test_a_file_that_breaks_off_goes_on_where_it_stopped(desk, server):
    source = file_at(server, breaks_off(FILE, 100, '"1"'), goes_on(FILE, '"1"'))
    (outcome,) = taken(desk, source)
    assert len(desk.changes(outcome)) == 2
    assert server.asked[1][1]["range"] == "bytes=100-"


def test_half_a_file_is_not_taken(desk, server):
    with pytest.raises(CutShort, match="only a part"):
        taken(desk, file_at(server, breaks_off(FILE, 100, 'W/"1"')))
    assert desk.rows("SELECT 1 FROM inbox.upload") == []


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (gives(b"<!DOCTYPE html><html>sign in</html>", Content_Type="text/html"), AnsweredWithPage),
        (gives(b"\n <HTML><body>at work</body></HTML>", Content_Type="application/json"), AnsweredWithPage),
        (gives(b"", 401), SourceRefused),
        (gives(b"", 503), SourceRefused),
        (gives(b"x" * 2_000_000), TooMuch),
        (drip, SourceTooSlow),
    ],
    ids=["page", "hidden-page", "no-right", "at-work", "too-large", "slow"],
)
def test_what_is_no_file_is_told_in_a_sentence(desk, server, answer, trouble):
    with pytest.raises(trouble):
        taken(desk, file_at(server, answer), most_bytes=1_000_000, patience_s=1.0)
    assert desk.rows("SELECT 1 FROM inbox.upload") == []


def test_redirects_are_followed_and_do_not_lead_to_private_addresses(desk, server):
    server.answers["/new"] = [gives(FILE)]
    source = file_at(server, gives(b"", 302, Location="/new"))
    assert len(taken(desk, source)) == 1
    server.answers["/parcels.geojson"] = [gives(b"", 302, Location="http://169.254.169.254/latest/meta-data")]
    with pytest.raises(SourceNotAllowed):
        taken(desk, source)
    server.answers["/parcels.geojson"] = [gives(b"", 302, Location="/parcels.geojson")]
    with pytest.raises(LeadsElsewhere):
        taken(desk, source)


def test_only_hosts_that_are_allowed_are_called(desk, server):
    source = file_at(server, gives(FILE))
    for hosts in (Hosts(()), Hosts(("gis.example.org",), may_be_private=True), Hosts(("*",))):
        with pytest.raises(SourceNotAllowed):
            taken(desk, source, hosts)
    assert server.asked == []
    with pytest.raises(SourceNotReached):
        taken(desk, declared("http_file", "http://127.0.0.1:9/parcels.gpkg"))


def test_the_secret_is_shown_to_the_source_and_to_nobody_else(desk, server):
    with giving() as elsewhere:
        elsewhere.answers["/file"] = [gives(FILE)]
        source = file_at(server, gives(b"", 302, Location=f"{elsewhere.address}/file"), sign_in="bearer")
        taken(desk, source, secret="s3cret")
        assert "authorization" not in elsewhere.asked[0][1]
    assert server.asked[0][1]["authorization"] == "Bearer s3cret"
    taken(desk, replace(file_at(server, gives(OTHER)), sign_in="basic"), secret="me:s3cret")
    assert server.asked[1][1]["authorization"] == "Basic bWU6czNjcmV0"


def test_a_part_leaves_the_rest_alone_and_a_whole_state_ends_what_it_lacks(desk, server):
    source = file_at(server, gives(OTHER), gives(FILE))
    (first,) = taken(desk, source)
    desk.publish(first)
    (part,) = taken(desk, source)
    assert desk.changes(part) == []
    server.answers["/parcels.geojson"] = [gives(FILE + b"\n")]
    (whole,) = taken(desk, replace(source, whole_state=True, most_missing=0.5))
    assert desk.changes(whole) == [("retire", "w-3")]


def test_a_source_that_suddenly_holds_far_less_is_not_believed(desk, server):
    source = file_at(server, gives(OTHER), gives(FILE), whole_state=True)
    desk.publish(taken(desk, source)[0])
    (outcome,) = taken(desk, source)
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == "far_fewer"
    assert "Nothing was ended" in outcome.failure["text"]["en"]
    with desk.store.reading(WORKER) as connection:
        (stands,) = pulls.standings(connection, (source,))
    assert stands.is_failing
    assert "Hiçbir şey sonlandırılmadı" in stands.sentence("tr")


def test_nothing_is_never_taken_for_the_end_of_everything(desk, server):
    source = file_at(server, gives(OTHER), gives(geojson([], 5253)), whole_state=True, most_missing=1.0)
    desk.publish(taken(desk, source)[0])
    (outcome,) = taken(desk, source)
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == "nothing_inside"
    assert len(desk.rows("SELECT 1 FROM pool.parcels")) == 3


def test_another_system_than_yesterday_is_a_warning(desk, server):
    moved = geojson([parcel("w-1", 0, 0), parcel("w-2", 1, 0)], 5253)
    source = file_at(server, gives(FILE), gives(moved + b"\n"), gives(FILE + b"\n\n"))
    taken(desk, source)
    (same,) = taken(desk, source)
    assert "system_as_before" not in [rule for rule, _, _ in desk.rules(same)]
    (other,) = taken(desk, replace(source, crs="4917"))
    assert isinstance(other, Failed)  # it does not even lie here
    (declared_otherwise,) = taken(desk, replace(file_at(server, gives(_in_degrees())), crs=None))
    assert ("system_as_before", "warning", None) in desk.rules(declared_otherwise)


def _in_degrees() -> bytes:
    import shapely
    from pyproj import Transformer

    to_degrees = Transformer.from_crs(5253, 4326, always_xy=True)
    features = [parcel("w-1", 0, 0), parcel("w-2", 1, 0)]
    for feature in features:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        moved = shapely.transform(shape, to_degrees.transform, interleaved=False)
        feature["geometry"] = json.loads(shapely.to_geojson(moved))
    return geojson(features)


def test_what_a_source_gives_may_go_to_the_department_by_itself(desk, server):
    outcome = taken(desk, file_at(server, gives(FILE), submits=True))[0]
    assert isinstance(outcome, Checked)
    assert desk.rows("SELECT state FROM inbox.changeset")[0].state == "submitted"
    twice = geojson([parcel("w-3", 5, 0), parcel("w-3", 6, 0)], 5253)
    taken(desk, file_at(server, gives(twice), submits=True))
    assert [row.state for row in desk.rows("SELECT state FROM inbox.changeset ORDER BY id")] == ["submitted", "checked"]


def page(features, srid: int, **more) -> bytes:
    return json.dumps({**json.loads(geojson(features, srid)), **more}).encode()


def test_a_collection_is_read_page_by_page_and_must_be_whole(desk, server):
    path = "/collections/parcels/items"
    first = page([parcel("w-1", 0, 0)], 5253, numberMatched=2, links=[{"rel": "next", "href": "?page=2"}])
    system = {"Content_Crs": "<http://www.opengis.net/def/crs/EPSG/0/5253>"}
    server.answers[path] = [gives(first, **system)]
    server.answers[f"{path}?page=2"] = [gives(page([parcel("w-2", 1, 0)], 5253), **system)]
    source = declared("ogc_api_features", f"{server.address}/collections/parcels", crs="5253")
    (outcome,) = taken(desk, source)
    assert len(desk.rows("SELECT 1 FROM inbox.record WHERE upload_id = :id", id=outcome.upload_id)) in (0, 2)
    assert taken(desk, source) == []
    server.answers[f"{path}?page=2"] = [gives(page([], 5253), **system)]
    with pytest.raises(MovedMeanwhile, match="announced 2 features and gave 1"):
        taken(desk, source)
    server.answers[path] = [gives(page([], 5253, numberMatched=0), **system)]
    with pytest.raises(NothingThere, match="all deleted"):
        taken(desk, source)


@pytest.mark.parametrize(
    "answer",
    [
        gives(b'{"type": "FeatureCollection", "features": [{'),
        gives(b"[]"),
        gives(page([parcel("w-1", 0, 0)], 5253)),
        gives(
            page([parcel("w-1", 0, 0)], 5253, links=[{"rel": "next", "href": "?limit=1000&crs=x"}]),
            Content_Crs="<http://www.opengis.net/def/crs/EPSG/0/32635>",
        ),
    ],
    ids=["half", "no-collection", "system-not-said", "other-system"],
)
def test_a_collection_that_is_none_is_told_so(desk, server, answer):
    server.answers["/c/items"] = [answer]
    with pytest.raises(NotUnderstood):
        taken(desk, declared("ogc_api_features", f"{server.address}/c", crs="5253"))


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (b'<ows:ExceptionReport xmlns:ows="o"><ows:Exception exceptionCode="X"/></ows:ExceptionReport>', SourceRefused),
        (b"<a/>", NotUnderstood),
        (b'<wfs:FeatureCollection xmlns:wfs="w"><wfs:member>', NotUnderstood),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><wfs:FeatureCollection xmlns:wfs="w"/>', NotUnderstood),
        (b'<wfs:FeatureCollection xmlns:wfs="w" numberMatched="0"/>', NothingThere),
        (b'<wfs:FeatureCollection xmlns:wfs="w" numberMatched="3"/>', MovedMeanwhile),
    ],
    ids=["refused", "other", "half", "entities", "empty", "cut"],
)
def test_a_wfs_that_gives_no_features_is_told_so(desk, server, body, trouble):
    server.answers["/ows"] = [gives(body)]
    with pytest.raises(trouble):
        taken(desk, declared("wfs", f"{server.address}/ows?map=a", layer_there="x:parcels"))


def settle(*files: Path) -> None:
    for number, file in enumerate(files):
        os.utime(file, (1_700_000_000 + number,) * 2)


def test_each_file_in_a_watched_folder_is_taken_in_its_turn(desk, tmp_path):
    place = tmp_path / "west"
    place.mkdir()
    (place / "b.geojson").write_bytes(FILE)
    (place / "a.geojson").write_bytes(OTHER)
    (place / ".hidden").write_bytes(b"x")
    settle(place / "b.geojson", place / "a.geojson")
    source = declared("folder", "west")
    first, second = taken(desk, source, root=tmp_path)
    names = desk.rows("SELECT filename FROM inbox.upload ORDER BY received_at")
    assert [row.filename for row in names] == ["b.geojson", "a.geojson"]
    assert (len(desk.changes(first)), len(desk.changes(second))) == (2, 3)
    assert taken(desk, source, root=tmp_path) == []
    (place / "c.geojson").write_bytes(FILE + b"\n")
    with pytest.raises(StillWritten):
        taken(desk, source, root=tmp_path)
    settle(place / "b.geojson", place / "a.geojson", place / "c.geojson")
    assert len(taken(desk, source, root=tmp_path)) == 1


def test_of_whole_states_in_a_folder_the_newest_counts(desk, tmp_path):
    for name, content in (("a.geojson", OTHER), ("b.geojson", FILE)):
        (tmp_path / name).write_bytes(content)
    settle(tmp_path / "a.geojson", tmp_path / "b.geojson")
    (outcome,) = taken(desk, declared("folder", ".", whole_state=True), root=tmp_path)
    assert len(desk.changes(outcome)) == 2


def test_a_folder_is_not_left(desk, tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.geojson").write_bytes(FILE)
    (inside / "link").symlink_to(tmp_path)
    (inside / "link.geojson").symlink_to(tmp_path / "secret.geojson")
    for address in ("../secret.geojson", str(tmp_path), "link", "link/secret.geojson", "link.geojson"):
        with pytest.raises(SourceNotAllowed):
            taken(desk, declared("folder", address), root=inside)
    assert taken(desk, declared("folder", "."), root=inside) == []
    with pytest.raises(SourceNotAllowed):
        taken(desk, declared("folder", "."), root=None)
    with pytest.raises(NoSuchFile):
        taken(desk, declared("folder", "away"), root=inside)
    assert folder.SETTLED_S > 0


def test_a_kind_that_there_is_not_is_told_so(desk):
    with pytest.raises(UnknownKind, match="folder"):
        taken(desk, declared("carrier_pigeon", "west"))


def test_a_source_is_due_by_its_cron_and_asked_once(desk):
    source = declared("folder", "west", cron="30 2 * * *")
    profile = knowing(desk, source).profile
    evening = datetime.datetime(2031, 5, 1, 21, 0, tzinfo=datetime.UTC)  # midnight in the profile's zone
    night, morning = evening + datetime.timedelta(hours=3), evening + datetime.timedelta(hours=9)

    def call(now: datetime.datetime) -> list[str]:
        with desk.store.writing(WORKER) as connection:
            return pulls.call_due(connection, profile, now)

    assert call(evening) == []  # seen for the first time
    assert call(evening + datetime.timedelta(hours=2)) == []
    assert call(night) == ["west-parcels"]
    assert call(night) == []
    jobs = desk.rows("SELECT args FROM jobs.procrastinate_jobs WHERE task_name = 'pull_source'")
    assert [row.args for row in jobs] == [{"source_id": "west-parcels"}]
    with desk.store.writing(DEPARTMENT) as connection:
        pulls.pause(connection, source, is_paused=True)
    assert call(morning + datetime.timedelta(days=2)) == []
    with desk.store.writing(DEPARTMENT) as connection:
        pulls.pause(connection, source, is_paused=False)
    assert call(morning + datetime.timedelta(days=9)) == ["west-parcels"]  # what a stopped worker missed is caught up
    assert len(desk.rows("SELECT 1 FROM jobs.procrastinate_jobs WHERE task_name = 'pull_source'")) == 1


def test_failures_are_counted_until_it_answers(desk, server):
    source = file_at(server, gives(b"", 500), gives(b"", 500), gives(FILE))
    for number in (1, 2):
        with pytest.raises(NotFetched) as trouble:
            taken(desk, source)
        assert note_failure(desk.store, source, trouble.value) == number
    with desk.store.reading(Actor("editor", WEST)) as connection:
        (stands,) = pulls.standings(connection, (source,))
    assert (stands.failures, stands.is_failing) == (2, True)
    assert "its answer: 500" in stands.sentence("en")
    with desk.store.reading(Actor("editor", EAST)) as connection:
        assert pulls.standings(connection, (source,)) == (pulls.Standing(source),)
    assert len(taken(desk, source)) == 1
    with desk.store.reading(Actor("editor", WEST)) as connection:
        (stands,) = pulls.standings(connection, (source,))
    assert not stands.is_failing


@pytest.fixture
def elsewhere(cluster, database):
    """A table in somebody else's database; who asks may read it and nothing else. Its address is by TCP."""
    import psycopg

    with psycopg.connect(database.owner.replace("gis_owner@", "postgres@"), autocommit=True) as owner:
        owner.execute("CREATE SCHEMA cadastre")
        owner.execute("CREATE TABLE cadastre.parcels (ref text, ada text, parsel text, area numeric, geom geometry)")
        for number in (1, 2):
            owner.execute(
                "INSERT INTO cadastre.parcels VALUES (%s, '1', %s, 400.50, ST_SetSRID(%s::geometry, 5253))",
                (f"w-{number}", str(number), square(number - 1, 0)),
            )
        owner.execute("CREATE TABLE cadastre.hidden (geom geometry)")
        owner.execute("GRANT USAGE ON SCHEMA cadastre TO gis_web")
        owner.execute("GRANT SELECT ON cadastre.parcels TO gis_web")
        with by_tcp(database.owner) as port:
            name = urlsplit(database.owner).path
            yield owner, f"postgresql://gis_web@127.0.0.1:{port}{name}?sslmode=disable"


def test_a_table_is_taken_once_and_again_when_a_row_has_changed(desk, elsewhere):
    owner, address = elsewhere
    source = declared("database", address, layer_there="cadastre.parcels")
    (first,) = taken(desk, source)
    assert desk.changes(first) == [("insert", "w-1"), ("insert", "w-2")]
    desk.publish(first)
    assert taken(desk, source) == []
    owner.execute("UPDATE cadastre.parcels SET parsel = '7' WHERE ref = 'w-2'")
    (second,) = taken(desk, source)
    assert desk.changes(second) == [("update", "w-2")]


def test_a_table_that_cannot_be_taken_is_told_so(desk, elsewhere):
    owner, address = elsewhere
    for table in ("cadastre.hidden", "cadastre.none", "pg_class", "cadastre.parcels; DROP TABLE cadastre.parcels"):
        with pytest.raises(NoSuchTable):
            taken(desk, declared("database", address, layer_there=table))
    source = declared("database", address, layer_there="cadastre.parcels")
    owner.execute("UPDATE cadastre.parcels SET geom = ST_SetSRID(geom, 4326) WHERE ref = 'w-2'")
    with pytest.raises(SeveralSystems, match="4326, 5253"):
        taken(desk, source)
    owner.execute("DELETE FROM cadastre.parcels")
    with pytest.raises(NothingThere):
        taken(desk, source)


def test_unfit_addresses_of_databases_are_refused(desk):
    for address in ("postgresql://me:pw@127.0.0.1/db", "mysql://127.0.0.1/db", "postgresql://127.0.0.1/db?sslmode=off"):
        with pytest.raises(SourceNotAllowed):
            taken(desk, declared("database", address, layer_there="cadastre.parcels"))
    with pytest.raises(SourceNotAllowed):
        taken(desk, declared("database", "postgresql://127.0.0.1/db?sslmode=disable"), Hosts(("*",)))
