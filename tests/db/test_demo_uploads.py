"""Every file of demo/uploads gets the answer that its README promises, against the sample it was made from."""

import os
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from demo.sample.accounts import sample_accounts
from demo.sample.city import plan_city
from demo.sample.district import make_boundaries, make_district
from demo.sample.sources import read_sources
from gisserver.access.accounts import create_account
from gisserver.cli._block_life import live_through
from gisserver.cluster import DatabaseUrls, copy_database, drop_database
from importers.pipeline import Checked, Failed, check
from layers.core.bulk import BulkPublish
from layers.core.declared_crs import DeclaredCrs
from layers.core.inbox import recheck
from layers.core.profile import load_profile
from layers.core.profile_store import apply_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Actor, Store
from tests.importing import Desk

ROOT = Path(__file__).parent.parent.parent
UPLOADS = ROOT / "demo/uploads"
KONAK = 1819
BEYDAG = 1776
DEFAULT_PARCELS = 60_000
DEFAULT_SEED = 1


@pytest.fixture(scope="module")
def desk(cluster, template_database, tmp_path_factory):
    """The two districts of the default sample that the files are about."""
    name = f"demo_uploads_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    drop_database(cluster, name)
    copy_database(cluster, template_database, name)
    urls = DatabaseUrls.of_cluster(cluster, name)
    profile = load_profile(ROOT / "profiles/izmir.toml")
    apply_profile(urls.owner, profile)
    store = Store(urls.worker)
    registry = Registry.of_folder()
    plan = plan_city(read_sources(profile), DEFAULT_PARCELS, DEFAULT_SEED)
    folder = tmp_path_factory.mktemp("fabric")
    made = (*make_boundaries(plan, folder), *(make_district(plan, number, folder) for number in (KONAK, BEYDAG)))
    with store.writing(WORKER) as connection:
        BulkPublish.begin(connection, registry, made).end({"sample": True})
    with closing(Store(urls.owner)) as owner, owner.writing(Actor("administrator")) as connection:
        for account in sample_accounts(profile):
            create_account(connection, account.email, account.name, account.password, account.role, account.district_id)
    assert live_through(store, registry, profile)
    yield Desk(store, registry, profile)
    store.close()
    drop_database(cluster, name)


def send(desk: Desk, start: str, **more) -> Checked | Failed:
    (file,) = UPLOADS.glob(f"{start}*")
    return desk.send(file.name, file.read_bytes(), **{"district_id": KONAK, **more})


def again(desk: Desk, outcome: Failed, declared_crs: DeclaredCrs) -> Checked:
    """What one click on a candidate does."""
    with desk.store.writing(WORKER) as connection:
        recheck(connection, outcome.upload_id, declared_crs=declared_crs)
        checked = check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert isinstance(checked, Checked), checked
    return checked


def kinds(desk: Desk, outcome: Checked) -> Counter[str]:
    rows = desk.rows("SELECT kind FROM inbox.change WHERE changeset_id = :id", id=outcome.changeset_id)
    return Counter(row.kind for row in rows)


def refusals(desk: Desk, outcome: Checked) -> set[str]:
    return {rule for rule, severity, _ in desk.rules(outcome) if severity == "refusal"}


def operations(desk: Desk, outcome: Checked) -> Counter[str]:
    rows = desk.rows("SELECT operation FROM inbox.kinship WHERE changeset_id = :id", id=outcome.changeset_id)
    return Counter(row.operation for row in rows)


def test_a_block_has_a_family_and_a_story_to_read(desk):
    lines = desk.rows(
        "SELECT operation, role, count(*) AS n FROM pool.lineage GROUP BY operation, role ORDER BY min(epoch)"
    )
    assert [tuple(line) for line in lines] == [
        ("subdivision", "result", 3),
        ("amalgamation", "result", 2),
        ("road_cession", "remainder", 1),
        ("use_change", "remainder", 1),
    ]
    acts = desk.rows("SELECT DISTINCT a.name FROM ops.audit JOIN auth.account AS a ON a.id = account_id")
    assert len(acts) == 2, "the district's and the department's"


def test_a_file_from_the_field_waits_with_its_conflicts(desk):
    (file,) = desk.rows("SELECT id, state FROM inbox.upload WHERE filename LIKE 'from-the-field%'")
    parts = desk.rows("SELECT part FROM inbox.conflict WHERE upload_id = :id ORDER BY part", id=file.id)
    assert [row.part for row in parts] == ["geom", "land_use_text", "registered_area_m2"]


def test_a_clean_subdivision_meets_no_objection(desk):
    outcome = send(desk, "01")
    assert kinds(desk, outcome) == {"insert": 3, "retire": 1}
    assert operations(desk, outcome) == {"subdivision": 3}
    assert not refusals(desk, outcome)


def test_an_amalgamation_is_recognised_from_the_outline_alone(desk):
    outcome = send(desk, "02")
    assert kinds(desk, outcome) == {"insert": 1, "retire": 2}
    assert operations(desk, outcome) == {"amalgamation": 2}
    assert not refusals(desk, outcome)


def test_a_wrong_datum_is_suspected_and_with_the_right_one_three_uses_change(desk):
    doubted = send(desk, "03")
    assert isinstance(doubted, Failed)
    assert doubted.failure["code"] == "crs_shifted"
    assert "2319" in str(doubted.failure["facts"])
    outcome = again(desk, doubted, declared_crs=DeclaredCrs.parse("2319"))
    assert kinds(desk, outcome) == {"update": 3}
    assert "reprojection_accurate" in {rule for rule, _, _ in desk.rules(outcome)}


def test_old_letters_are_read_whole(desk):
    outcome = send(desk, "04")
    assert kinds(desk, outcome) == {"update": 3}
    assert not refusals(desk, outcome)
    texts = desk.rows("SELECT after FROM inbox.change WHERE changeset_id = :id", id=outcome.changeset_id)
    assert any(set("ığşİĞŞçöü") & set(row.after["land_use_text"]) for row in texts)


def test_without_a_coordinate_system_the_likely_ones_are_offered(desk):
    unknown = send(desk, "05")
    assert isinstance(unknown, Failed)
    assert unknown.failure["code"] == "crs_unknown"
    assert kinds(desk, again(desk, unknown, declared_crs=DeclaredCrs.parse("5253"))) == {"update": 3}


def test_owners_are_kept_nowhere(desk):
    outcome = send(desk, "06")
    assert kinds(desk, outcome) == {"update": 1}
    assert "personal_columns_removed" in {rule for rule, _, _ in desk.rules(outcome)}
    kept = desk.rows(
        "SELECT attributes::text AS told FROM inbox.record WHERE upload_id = :id "
        "UNION ALL SELECT facts::text FROM inbox.finding WHERE upload_id = :id "
        "UNION ALL SELECT report::text FROM inbox.upload WHERE id = :id",
        id=outcome.upload_id,
    )
    assert not any("ÖRNEK KİŞİ" in row.told for row in kept)


@pytest.mark.parametrize(
    ("start", "rule"),
    [("07", "no_overlap_within_file"), ("08", "inside_district"), ("10", "geometry_valid")],
)
def test_a_wrong_outline_is_refused_with_its_place(desk, start, rule):
    outcome = send(desk, start)
    assert rule in refusals(desk, outcome), desk.rules(outcome)
    places = desk.rows(
        "SELECT ST_IsEmpty(geom) AS nowhere FROM inbox.finding WHERE upload_id = :id AND rule = :rule",
        id=outcome.upload_id,
        rule=rule,
    )
    assert all(row.nowhere is False for row in places)


def test_a_whole_state_ends_what_it_leaves_out(desk):
    outcome = send(desk, "09", district_id=BEYDAG, is_whole_state=True)
    assert kinds(desk, outcome) == {"retire": 1, "update": 1}


def test_attribute_edits_move_no_outline(desk):
    outcome = send(desk, "12")
    assert kinds(desk, outcome) == {"update": 10}
    moved = desk.rows(
        "SELECT 1 FROM inbox.change WHERE changeset_id = :id AND NOT ST_Equals(geom_before, geom_after)",
        id=outcome.changeset_id,
    )
    assert not moved


def test_a_name_with_an_apostrophe_and_turkish_letters_stays_as_it_is(desk):
    outcome = send(desk, "16")
    assert kinds(desk, outcome) == {"update": 3}
    (name,) = desk.rows("SELECT filename FROM inbox.upload WHERE id = :id", id=outcome.upload_id)
    assert name.filename == "16-ada 12'nin düzeltmesi (ş, ğ, İ).geojson"


@pytest.mark.parametrize("start", ["11", "13", "14", "15"])
def test_a_broken_file_is_answered_in_plain_words_and_leaves_nothing(desk, start):
    outcome = send(desk, start)
    assert isinstance(outcome, Failed)
    (upload,) = desk.rows("SELECT state, failure FROM inbox.upload WHERE id = :id", id=outcome.upload_id)
    assert upload.state == "failed"
    for language in ("tr", "en"):
        assert upload.failure["text"][language].endswith(".")
    assert not desk.rows("SELECT 1 FROM inbox.record WHERE upload_id = :id", id=outcome.upload_id)


def test_no_file_is_missing_from_this_page():
    told = {file.name[:2] for file in UPLOADS.iterdir() if file.name[0].isdigit()}
    assert told == {f"{number:02}" for number in range(1, 17)}
