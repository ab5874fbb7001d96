"""The zoning answer: shares that add up, values kept apart, and a "no" that is always earned."""

import datetime
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import shapely
from sqlalchemy import text

from layers.answers.answer import Doubt, EndedParcel, Role, ValueState, Withheld, ZoningAnswer
from layers.answers.ask import zoning_answer
from layers.answers.canonical import canonical_bytes, thawed, to_json
from layers.answers.ground import parcel_at, parcel_named
from layers.answers.sentences import sentences
from layers.answers.states import Reason, State
from layers.core.answer_rules import AnswerRules
from layers.core.profile import Profile, load_profile
from layers.core.store import Store
from layers.core.themes import ThemeKind
from tests.db.small_world import EAST, SRID, WEST, add, parcel, publish, publishing, rectangle

PROFILE = load_profile(Path(__file__).parents[1] / "data/profiles/test.toml")
EVERYWHERE = rectangle(-500, -500, 3000, 3000)


def plan(ref: str, status: str = "in_force", **more):
    """A plan over the whole world."""
    return {"ref": ref, "plan_no": f"35-{ref}", "name": f"Plan {ref}", "status": status, "geom": EVERYWHERE, **more}


def zone(ref: str, geom: str, plan_ref: str = "p1", **more):
    """A residential zone."""
    return {
        "ref": ref,
        "plan_ref": plan_ref,
        "use_key": "residential_existing",
        "use_label": "Yerleşik konut alanı",
        "geom": geom,
        **more,
    }


def constraint(ref: str, geom: str, kind: str = "flood", status: str = "in_force", **more):
    """A flood area."""
    return {"ref": ref, "kind": kind, "label": f"{kind} {ref}", "status": status, "geom": geom, **more}


def surveyed(theme: str, geom: str = EVERYWHERE, state: str = "surveyed", layer_id: str = "plan_constraints"):
    """A patch of coverage."""
    return {"theme": theme, "geom": geom, "state": state, "layer_id": layer_id}


@pytest.fixture
def ask(database):
    """`ask("ref")` is the answer about that parcel."""
    store = Store(database.web)

    def answer(ref: str, as_of: int | None = None, profile: Profile = PROFILE) -> ZoningAnswer | EndedParcel | None:
        with store.reading() as connection:
            uid = parcel_named(connection, ref)
            return zoning_answer(connection, uid, profile, as_of) if uid else None

    yield answer
    store.close()


def theme(answer: ZoningAnswer, name: str):
    """What the answer says about one theme."""
    return next(one for one in answer.constraints if one.theme == name)


Ask = Callable[..., ZoningAnswer]


def test_each_use_has_its_share_of_the_parcel(database, ask: Ask):
    zones = [
        zone("z1", rectangle(0, 0, 5, 20)),
        zone("z2", rectangle(5, 0, 15, 20), use_key="park", use_label="Park"),
    ]
    publish(database, WEST, {"plans": [plan("p1")], "parcels": [parcel("a", 0, 0, "1", "1")], "zones": zones})
    answer = ask("a")
    assert [(one.use_key, one.share.area_m2, one.share.percent) for one in answer.zoning.zones] == [
        ("park", pytest.approx(300), pytest.approx(75)),
        ("residential_existing", pytest.approx(100), pytest.approx(25)),
    ]
    assert answer.zoning.unzoned.area_m2 == 0


def test_pieces_with_the_same_conditions_are_summed_before_rounding(database, ask: Ask):
    pieces = [zone(f"z{n}", rectangle(n * 2.0011, 0, 2.0011, 20), kaks=Decimal("1.20")) for n in range(3)]
    publish(database, WEST, {"plans": [plan("p1")], "parcels": [parcel("a", 0, 0, "1", "1")], "zones": pieces})
    (only,) = ask("a").zoning.zones
    assert only.refs == ("z0", "z1", "z2")
    assert only.share.area_m2 == pytest.approx(3 * 2.0011 * 20)
    assert only.share.percent == pytest.approx(3 * 2.0011 * 20 / 4)


def test_ground_without_a_use_is_said(database, ask: Ask):
    zones = [zone("z1", rectangle(0, 0, 12, 20)), zone("z2", rectangle(10, 0, 5, 20), use_key="park")]
    publish(database, WEST, {"plans": [plan("p1")], "parcels": [parcel("a", 0, 0, "1", "1")], "zones": zones})
    zoning = ask("a").zoning
    assert zoning.zoned.area_m2 == pytest.approx(300)
    assert zoning.unzoned.area_m2 == pytest.approx(100)


def test_nothing_zero_and_free_are_three_things(database, ask: Ask):
    values = {
        "floors_state": "free",
        "taks": Decimal("0.00"),
        "taks_state": "value",
        "kaks_state": "not_applicable",
        "h_max_m": Decimal("9.50"),
        "h_state": "something else",
        "setback_front_m": Decimal("0"),
    }
    rows = {"plans": [plan("p1")], "parcels": [parcel("a", 0, 0, "1", "1")], "zones": [zone("z", EVERYWHERE, **values)]}
    publish(database, WEST, rows)
    (only,) = ask("a").zoning.zones
    assert only.floors.state is ValueState.FREE
    assert (only.taks.state, only.taks.number) == (ValueState.VALUE, Decimal("0"))
    assert only.kaks.state is ValueState.NOT_APPLICABLE
    assert (only.height.state, only.height.number) == (ValueState.UNKNOWN, None)
    assert only.setback_front.number == 0
    assert only.setback_side.state is ValueState.UNKNOWN


def test_what_we_compute_says_from_what(database, ask: Ask):
    zones = [zone("z", rectangle(0, 0, 10, 20), taks=Decimal("0.40"), kaks=Decimal("1.20"))]
    publish(database, WEST, {"plans": [plan("p1")], "parcels": [parcel("a", 0, 0, "1", "1")], "zones": zones})
    footprint, floor_area = to_json(ask("a"))["zoning"]["zones"][0]["computed"]
    assert footprint == {
        "kind": "largest_footprint",
        "ratio": 0.4,
        "area_m2": 200.0,
        "result_m2": 80.0,
        "formula": "ratio × area_m2",
    }
    assert floor_area["result_m2"] == 240.0


@pytest.mark.parametrize("status", ["proposed", "on_display", "under_review", "withdrawn"])
def test_a_plan_that_is_not_in_force_is_shown_beside_and_never_summed(database, ask: Ask, status):
    rows = {
        "plans": [plan("p1"), plan("p2", status)],
        "parcels": [parcel("a", 0, 0, "1", "1")],
        "zones": [zone("z1", rectangle(0, 0, 20, 20)), zone("z2", EVERYWHERE, "p2", use_key="park")],
    }
    publish(database, WEST, rows)
    zoning = ask("a").zoning
    assert [one.use_key for one in zoning.zones] == ["residential_existing"]
    assert [one.use_key for one in zoning.pending_zones] == ["park"]
    assert [one.ref for one in zoning.plans] == ["p1", "p2"]
    assert zoning.zoned.percent == pytest.approx(100)


def test_a_zone_of_an_unknown_plan_is_never_in_force(database, ask: Ask):
    publish(database, WEST, {"parcels": [parcel("a", 0, 0, "1", "1")], "zones": [zone("z", EVERYWHERE, "lost")]})
    zoning = ask("a").zoning
    assert (zoning.state, zoning.zones, len(zoning.pending_zones)) == (State.UNDER_REVIEW, (), 1)


def test_without_a_plan_the_answer_names_who_knows(database, ask: Ask):
    publish(database, EAST, {"parcels": [parcel("a", 0, 0, "1", "1")]})
    answer = ask("a")
    assert answer.zoning.state is State.NO_COVERAGE
    page = sentences(answer, "en")
    assert page.headline == "There is no digital zoning plan for this parcel."
    assert page.next_step == "No digital plan here: apply to the municipality of Doğu."
    assert sentences(answer, "tr").next_step == "Burada sayısal plan yok: Doğu Belediyesine başvurun."


def test_who_answers_is_told_with_the_contact_that_the_profile_knows(database, ask: Ask):
    publish(database, EAST, {"parcels": [parcel("a", 0, 0, "1", "1")]})
    reachable = tuple(replace(one, contact="imar@dogu.example") for one in PROFILE.districts)
    page = sentences(ask("a", profile=replace(PROFILE, districts=reachable)), "en")
    assert page.answered_by == "Responsible: municipality of Doğu. Ask the municipality of Doğu: imar@dogu.example."
    assert "No telephone or address of the municipality of Doğu" in sentences(ask("a"), "en").answered_by


@pytest.mark.parametrize(
    ("features", "coverage", "state"),
    [
        ([], [], State.NO_COVERAGE),
        ([], [surveyed("flood")], State.NOT_AFFECTED),
        ([], [surveyed("protected_site")], State.NO_COVERAGE),
        ([], [surveyed("flood", layer_id="zones")], State.NO_COVERAGE),
        ([], [surveyed("flood", rectangle(0, 0, 19.9, 20))], State.NO_COVERAGE),
        (
            [],
            [surveyed("flood", rectangle(0, 0, 11, 20)), surveyed("flood", rectangle(11, 0, 9, 20))],
            State.NOT_AFFECTED,
        ),
        ([], [surveyed("flood", state="under_review")], State.UNDER_REVIEW),
        ([], [surveyed("flood"), surveyed("flood", rectangle(0, 0, 1, 1), "under_review")], State.UNDER_REVIEW),
        ([constraint("f", rectangle(15, 0, 20, 20))], [], State.AFFECTED),
        ([constraint("f", rectangle(15, 0, 20, 20))], [surveyed("flood")], State.AFFECTED),
        ([constraint("f", rectangle(15, 0, 20, 20), status="under_review")], [surveyed("flood")], State.UNDER_REVIEW),
        ([constraint("f", rectangle(15, 0, 20, 20), status="on_display")], [], State.UNDER_REVIEW),
        ([constraint("f", rectangle(20, 0, 20, 20))], [surveyed("flood")], State.NOT_AFFECTED),
        ([constraint("f", rectangle(15, 0, 9, 9), kind="protected_site")], [surveyed("flood")], State.NOT_AFFECTED),
    ],
)
def test_every_state_is_earned(database, ask: Ask, features, coverage, state):
    rows = {"parcels": [parcel("a", 0, 0, "1", "1")], "plan_constraints": features, "coverage": coverage}
    publish(database, WEST, rows)
    assert theme(ask("a"), "flood").state is state


def test_every_theme_of_the_profile_is_answered_once(database, ask: Ask):
    publish(database, WEST, {"parcels": [parcel("a", 0, 0, "1", "1")]})
    assert [one.theme for one in ask("a").constraints] == ["protected_site", "flood"]


def test_a_hit_of_a_kind_without_a_theme_is_told_too(database, ask: Ask):
    features = [constraint("x", EVERYWHERE, kind="airport"), constraint("y", rectangle(30, 30, 5, 5), kind="mine")]
    publish(database, WEST, {"parcels": [parcel("a", 0, 0, "1", "1")], "plan_constraints": features})
    assert [one.theme for one in ask("a").constraints] == ["protected_site", "flood", "airport"]


def test_a_border_that_runs_along_the_parcel_is_mentioned_but_does_not_affect_it(database, ask: Ask):
    features = [constraint("f", rectangle(20, 0, 20, 20))]
    rows = {"parcels": [parcel("a", 0, 0, "1", "1")], "plan_constraints": features, "coverage": [surveyed("flood")]}
    publish(database, WEST, rows)
    flood = theme(ask("a"), "flood")
    assert (flood.state, [touch.label for touch in flood.touching], flood.examined) == (
        State.NOT_AFFECTED,
        ["flood f"],
        1,
    )


def test_overlapping_areas_of_a_theme_count_common_ground_once(database, ask: Ask):
    features = [constraint("f", rectangle(0, 0, 10, 20)), constraint("g", rectangle(5, 0, 10, 20), degree="2")]
    publish(database, WEST, {"parcels": [parcel("a", 0, 0, "1", "1")], "plan_constraints": features})
    flood = theme(ask("a"), "flood")
    assert flood.share.area_m2 == pytest.approx(300)
    assert [hit.share.area_m2 for hit in flood.hits] == [pytest.approx(200), pytest.approx(200)]


BOW_TIE = "MULTIPOLYGON(((500005 4250005, 500015 4250015, 500015 4250005, 500005 4250015, 500005 4250005)))"


def test_a_broken_outline_nearby_is_never_a_no(database, ask: Ask):
    rows = {
        "parcels": [parcel("a", 0, 0, "1", "1")],
        "plan_constraints": [constraint("f", BOW_TIE)],
        "coverage": [surveyed("flood"), surveyed("protected_site")],
    }
    publish(database, WEST, rows)
    answer = ask("a")
    assert (theme(answer, "flood").state, theme(answer, "flood").reason) == (State.NOT_CHECKED, Reason.BROKEN_OUTLINE)
    assert theme(answer, "protected_site").state is State.NOT_AFFECTED


def test_a_broken_survey_is_no_survey(database, ask: Ask):
    rows = {"parcels": [parcel("a", 5, 5, "1", "1")], "coverage": [surveyed("flood", BOW_TIE)]}
    publish(database, WEST, rows)
    assert theme(ask("a"), "flood").state is State.NO_COVERAGE


@pytest.mark.parametrize(
    ("damage", "state", "reason"),
    [
        ("ALTER TABLE pool.plan_constraints RENAME TO lost", State.NOT_CHECKED, Reason.QUERY_FAILED),
        ("ALTER TABLE pool.coverage RENAME COLUMN state TO lost", State.NOT_CHECKED, Reason.QUERY_FAILED),
        ("REVOKE SELECT ON pool.plan_constraints FROM gis_web", State.NOT_CHECKED, Reason.QUERY_FAILED),
        (
            "TRUNCATE pool.plan_constraints",
            State.NOT_CHECKED,
            Reason.LAYER_INCOMPLETE,
        ),
        (
            "CREATE POLICY hides ON pool.plan_constraints AS RESTRICTIVE FOR SELECT USING (false)",
            State.NOT_CHECKED,
            Reason.LAYER_INCOMPLETE,
        ),
        ("DELETE FROM pool.coverage", State.NO_COVERAGE, None),
    ],
)
def test_a_missing_or_damaged_layer_is_never_a_no(database, ask: Ask, damage, state, reason):
    rows = {
        "plans": [plan("p1")],
        "parcels": [parcel("a", 0, 0, "1", "1")],
        "zones": [zone("z", EVERYWHERE)],
        "plan_constraints": [constraint("far", rectangle(500, 500, 20, 20))],
        "coverage": [surveyed("flood")],
    }
    publish(database, WEST, rows)
    assert theme(ask("a"), "flood").state is State.NOT_AFFECTED
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.execute(text(damage))
    owner.close()
    answer = ask("a")
    assert (theme(answer, "flood").state, theme(answer, "flood").reason) == (state, reason)
    assert len(answer.zoning.zones) == 1


def test_lost_zones_are_never_read_as_ground_without_a_plan(database, ask: Ask):
    rows = {
        "plans": [plan("p1")],
        "parcels": [parcel("a", 0, 0, "1", "1")],
        "zones": [zone("z", EVERYWHERE)],
        "coverage": [surveyed("zones", layer_id="zones")],
    }
    publish(database, WEST, rows)
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.execute(text("TRUNCATE pool.zones"))
    owner.close()
    assert ask("a").zoning.state is State.NOT_CHECKED


def test_an_ended_parcel_answers_with_its_successors(database, ask: Ask):
    publish(database, WEST, {"parcels": [parcel("a", 0, 0, "1", "1")]})
    with publishing(database, WEST) as connection:
        parent = connection.execute(text("DELETE FROM pool.parcels WHERE ref = 'a' RETURNING uid")).scalar_one()
        add(connection, WEST, "parcels", [parcel("b", 0, 0, "1", "2")])
        connection.execute(
            text(
                "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, area_m2) "
                "SELECT :parent, uid, 1, CAST(current_setting('gis.epoch') AS bigint), 'renumber', 400 "
                "FROM pool.parcels"
            ),
            {"parent": parent},
        )
    ended = ask("a")
    assert isinstance(ended, EndedParcel)
    assert [(heir.ref, heir.operation) for heir in ended.successors] == [("b", "renumber")]


def test_a_past_answer_stays_what_it_was(database, ask: Ask):
    rows = {
        "plans": [plan("p1")],
        "parcels": [parcel("a", 0, 0, "1", "1")],
        "zones": [zone("z", EVERYWHERE, floors=3)],
        "plan_constraints": [constraint("f", EVERYWHERE)],
        "coverage": [surveyed("flood")],
    }
    publish(database, WEST, rows)
    before = canonical_bytes(ask("a"))
    with publishing(database, WEST) as connection:
        connection.execute(text("UPDATE pool.zones SET floors = 5"))
        connection.execute(text("UPDATE pool.plans SET status = 'under_review'"))
        connection.execute(text("DELETE FROM pool.plan_constraints"))
        connection.execute(text("UPDATE pool.parcels SET parcel_no = '2'"))
    assert ask("a").parcel.parcel_no == "2"
    assert canonical_bytes(ask("a")) != before
    assert canonical_bytes(ask("a", as_of=1)) == before


@pytest.mark.parametrize("layer", ["plan_constraints", "zones"])
def test_a_version_lost_from_the_past_is_never_a_no(database, ask: Ask, layer):
    rows = {
        "parcels": [parcel("a", 0, 0, "1", "1")],
        "zones": [zone("far", rectangle(500, 500, 20, 20))],
        "plan_constraints": [constraint("far", rectangle(500, 500, 20, 20))],
        "coverage": [surveyed("flood"), surveyed("zones", layer_id="zones")],
    }
    publish(database, WEST, rows)
    with publishing(database, WEST) as connection:
        connection.execute(text(f"UPDATE pool.{layer} SET plan_ref = 'other'"))

    def states(as_of: int | None) -> dict[str, State]:
        answer = ask("a", as_of)
        return {"zones": answer.zoning.state, "plan_constraints": theme(answer, "flood").state}

    assert set(states(1).values()) == {State.NOT_AFFECTED}
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM history.{layer}"))
    owner.close()
    assert states(1)[layer] is State.NOT_CHECKED
    assert states(None)[layer] is State.NOT_AFFECTED


def test_a_parcel_is_found_by_the_point_it_holds(database):
    publish(database, WEST, {"parcels": [parcel("a", 0, 0, "1", "1")]})
    store = Store(database.web)
    with store.reading() as connection:
        uid = parcel_named(connection, "a")
        answer = zoning_answer(connection, uid, PROFILE)
        assert parcel_at(connection, answer.parcel.lon, answer.parcel.lat, SRID) == uid
        assert parcel_at(connection, 0.0, 0.0, SRID) is None
        assert parcel_named(connection, "nobody") is None
    store.close()


def test_the_page_says_everything_in_plain_sentences(database, ask: Ask):
    rows = {
        "plans": [plan("p1", scale_den=1000, approval_date=datetime.date(2021, 5, 3))],
        "parcels": [parcel("a", 0, 0, "12", "3", registered_area_m2=Decimal("1402.5"))],
        "zones": [zone("z", rectangle(0, 0, 15, 20), taks=Decimal("0.40"), h_state="free")],
        "plan_constraints": [constraint("f", rectangle(0, 0, 5, 20), degree="2", legal_basis="Kanun")],
        "coverage": [surveyed("flood")],
    }
    publish(database, WEST, rows)
    page = sentences(ask("a"), "tr", "Europe/Istanbul")
    assert page.title == "Batı, 12 ada 3 parsel"
    assert page.headline == "Bu parsel yürürlükteki imar planında: Yerleşik konut alanı %75."
    assert page.lines[0].startswith("Tapu alanı 1.402,50 m², çizimden hesaplanan alan 400,00 m².")
    assert page.lines[1].startswith("Parselin 100,00 m² kadarında (%25)")
    (only,) = page.zones
    assert (only.share, only.plan) == (
        "300,00 m² (%75)",
        "Plan p1 (PİN 35-p1, 1/1.000), yürürlükte, onay 3 Mayıs 2021",
    )
    texts = {fact.term: (fact.text, fact.is_stated) for fact in only.conditions}
    assert texts["TAKS"] == ("0,40", True)
    assert texts["Yençok"] == ("serbest", True)
    assert texts["Kat adedi"] == ("belirtilmemiş", False)
    assert only.computed[0].text == "0,40 × 300,00 m² = 120,00 m²"
    site, flood = page.constraints
    assert (site.word, site.sentence) == (
        "Veri yok",
        "Sit alanı: bu parselin tamamı için veri yok; “etkilemiyor” anlamına gelmez. Belediyeye sorun.",
    )
    assert flood.sentence == "Taşkın alanı: parselin 100,00 m² kadarını (%25) etkiliyor."
    assert flood.details == ("flood f, 2, 100,00 m² (%25), yürürlükte, Kanun",)
    assert page.disclaimer.startswith("Bu sonuç bilgi amaçlıdır")


def random_world(seed: int) -> tuple[list[shapely.Geometry], list[shapely.Geometry], list[shapely.Geometry]]:
    """Parcels on a grid of whole metres, zones and constraints that often share its borders exactly."""
    rng = random.Random(seed)

    def blob() -> shapely.Geometry:
        x, y = rng.randrange(0, 100, 5), rng.randrange(0, 100, 5)
        if rng.random() < 0.5:
            return shapely.box(x, y, x + rng.randrange(5, 60, 5), y + rng.randrange(5, 60, 5))
        return shapely.Point(x + rng.random(), y + rng.random()).buffer(rng.uniform(3, 40), quad_segs=5)

    parcels = [shapely.box(x, y, x + 20, y + 20) for x in range(0, 100, 20) for y in range(0, 100, 20)]
    return parcels, [blob() for _ in range(12)], [blob() for _ in range(8)]


def placed(shape: shapely.Geometry) -> str:
    """WKT in the storage CRS, every digit kept."""
    moved = shapely.transform(shape, lambda points: np.add(points, (500_000, 4_250_000)))
    return shapely.to_wkt(shapely.MultiPolygon([moved]), rounding_precision=-1)


@pytest.mark.parametrize("seed", range(3))
def test_shares_are_those_of_a_reckoning_without_any_index(database, ask: Ask, seed):
    parcels, zones, areas = random_world(seed)
    settled = shapely.box(0, 0, 60, 100)
    rows = {
        "plans": [plan("p1")],
        "parcels": [
            {"ref": f"a{n}", "block_no": "1", "parcel_no": str(n), "geom": placed(shape)}
            for n, shape in enumerate(parcels)
        ],
        "zones": [zone(f"z{n:02}", placed(shape), floors=n) for n, shape in enumerate(zones)],
        "plan_constraints": [constraint(f"f{n}", placed(shape)) for n, shape in enumerate(areas)],
        "coverage": [surveyed("flood", placed(settled))],
    }
    publish(database, WEST, rows)
    for n, shape in enumerate(parcels):
        answer = ask(f"a{n}")
        expected = {f"z{m:02}": shape.intersection(one).area for m, one in enumerate(zones)}
        found = {one.refs[0]: one.share.area_m2 for one in answer.zoning.zones}
        assert found == {ref: pytest.approx(area, abs=1e-4) for ref, area in expected.items() if area >= 0.005}
        together = shapely.union_all([shape.intersection(one) for one in zones]).area
        assert answer.zoning.zoned.area_m2 == pytest.approx(together, abs=1e-4)
        flooded = shapely.union_all([shape.intersection(one) for one in areas]).area
        flood = theme(answer, "flood")
        assert flood.share.area_m2 == pytest.approx(flooded, abs=1e-4)
        clear = State.NOT_AFFECTED if settled.covers(shape) else State.NO_COVERAGE
        assert flood.state is (State.AFFECTED if flooded >= 0.005 else clear)


def publish_one(database, **layers):
    """One parcel of 20 by 20 metres with what else there is."""
    publish(database, WEST, {"plans": [plan("p1")], "parcels": [parcel("a", 0, 0, "1", "1")], **layers})


def with_rules(**rules) -> Profile:
    """The test profile with other rules for floods."""
    flood = next(one for one in PROFILE.themes if one.key == "flood")
    return replace(PROFILE, themes=(replace(flood, **rules),))


def test_what_lies_below_a_themes_limit_touches_and_is_never_dropped(database, ask: Ask):
    features = [constraint("small", rectangle(19, 0, 20, 20)), constraint("large", rectangle(0, 0, 5, 20))]
    publish_one(database, plan_constraints=features, coverage=[surveyed("flood")])
    flood = theme(ask("a", profile=with_rules(limit_m2=50.0)), "flood")
    assert [hit.ref for hit in flood.hits] == ["large"]
    assert [(touch.ref, touch.area_m2) for touch in flood.touching] == [("small", pytest.approx(20))]
    assert flood.share.area_m2 == pytest.approx(100)


def test_the_limit_stands_beside_the_hit(database, ask: Ask):
    features = [constraint("small", rectangle(19, 0, 20, 20)), constraint("large", rectangle(0, 0, 5, 20))]
    publish_one(database, plan_constraints=features, coverage=[surveyed("flood")])
    (line,) = sentences(ask("a", profile=with_rules(limit_m2=50.0)), "en").constraints
    assert "counts from 50.00 m²" in line.details[0]
    assert (
        line.details[1] == "flood small: touches 20.00 m² of the parcel; less than 50.00 m² does not count as affected."
    )


def test_a_theme_that_stands_in_a_text_only_sends_the_reader_there(database, ask: Ask):
    publish_one(database, coverage=[surveyed("flood")], plan_constraints=[constraint("f", EVERYWHERE)])
    rules = with_rules(kind=ThemeKind.TEXT_ONLY, article={"en": "article 14 of the regulation."})
    answer = ask("a", profile=rules)
    assert (theme(answer, "flood").state, theme(answer, "flood").reason) == (State.NOT_CHECKED, Reason.TEXT_ONLY)
    (line,) = sentences(answer, "en").constraints
    assert line.sentence.endswith("Read article 14 of the regulation.")


def test_a_whole_area_theme_counts_for_its_district_wherever_it_is_drawn(database, ask: Ask):
    far = constraint("f", rectangle(900, 900, 5, 5))
    publish_one(database, plan_constraints=[far])
    publish(database, EAST, {"parcels": [parcel("b", 100, 0, "1", "1")], "coverage": [surveyed("flood", far["geom"])]})
    rules = with_rules(kind=ThemeKind.WHOLE_AREA)
    ours, theirs = (theme(ask(ref, profile=rules), "flood") for ref in "ab")
    assert (ours.state, ours.share.percent) == (State.AFFECTED, pytest.approx(100))
    assert theirs.state is State.NOT_AFFECTED


def border_world(database, survey: str) -> None:
    """A parcel at the eastern border of its district, and how far floods are surveyed."""
    west = {"ref": "west", "name": "Batı", "geom": rectangle(-500, -500, 520, 1000)}
    publish_one(database, districts=[west], coverage=[surveyed("flood", survey)])


NARROW = replace(PROFILE, answers=AnswerRules(border_m=0.5))


def test_a_thin_gap_at_a_districts_border_is_a_warning_and_no_gap(database, ask: Ask):
    border_world(database, rectangle(-500, -500, 519.7, 1000))
    flood = theme(ask("a", profile=NARROW), "flood")
    assert (flood.state, flood.border.doubt) == (State.NOT_AFFECTED, Doubt.THIN_GAP)
    assert flood.border.area_m2 == pytest.approx(0.3 * 20)
    assert "thin strip of 6.00 m²" in sentences(ask("a", profile=NARROW), "en").constraints[1].warning


def test_a_survey_that_ends_with_the_parcel_at_a_border_is_warned_of(database, ask: Ask):
    border_world(database, rectangle(-500, -500, 520, 1000))
    flood = theme(ask("a", profile=NARROW), "flood")
    assert (flood.state, flood.border.doubt) == (State.NOT_AFFECTED, Doubt.NEAR_EDGE)
    assert flood.border.area_m2 == pytest.approx(0.5 * 20)


def test_a_wider_gap_at_the_border_stays_a_gap(database, ask: Ask):
    border_world(database, rectangle(-500, -500, 519.4, 1000))
    assert theme(ask("a", profile=NARROW), "flood").state is State.NO_COVERAGE


def test_a_thin_gap_far_from_the_border_stays_a_gap(database, ask: Ask):
    publish_one(database, coverage=[surveyed("flood", rectangle(0, 0, 19.7, 20))])
    assert theme(ask("a", profile=NARROW), "flood").state is State.NO_COVERAGE


def test_a_survey_that_was_withdrawn_still_counts_for_the_past(database, ask: Ask):
    publish_one(database, coverage=[surveyed("flood")])
    with publishing(database, WEST) as connection:
        connection.execute(text("DELETE FROM pool.coverage"))
    assert theme(ask("a"), "flood").state is State.NO_COVERAGE
    assert theme(ask("a", as_of=1), "flood").state is State.NOT_AFFECTED


def test_a_parcel_says_what_it_came_from(database, ask: Ask):
    publish_one(database)
    with publishing(database, WEST) as connection:
        parent = connection.execute(text("DELETE FROM pool.parcels RETURNING uid")).scalar_one()
        add(connection, WEST, "parcels", [parcel("b", 0, 0, "1", "2")])
        connection.execute(
            text(
                "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, area_m2) "
                "SELECT :parent, uid, 1, CAST(current_setting('gis.epoch') AS bigint), 'subdivision', 400 "
                "FROM pool.parcels"
            ),
            {"parent": parent},
        )
    assert "This parcel came from 1/1 by subdivision on " in " ".join(sentences(ask("b"), "en").lines)


def test_ground_that_two_districts_claim_is_told(database, ask: Ask):
    publish_one(database)
    publish(database, EAST, {"parcels": [parcel("theirs", 19, 0, "7", "7")]})
    (claim,) = ask("a").parcel.claims
    assert (claim.ref, claim.district, claim.share.area_m2) == ("theirs", "Doğu", pytest.approx(20))
    assert "The municipality of Doğu shows 20.00 m² (5%) of this parcel as theirs too" in " ".join(
        sentences(ask("a"), "en").lines
    )


def test_with_a_broken_outline_of_its_own_nothing_about_a_parcel_is_a_no(database, ask: Ask):
    broken = {"ref": "a", "block_no": "1", "parcel_no": "1", "geom": BOW_TIE}
    rows = {"parcels": [broken], "coverage": [surveyed("flood"), surveyed("zones", layer_id="zones")]}
    publish(database, WEST, rows)
    answer = ask("a")
    assert {one.reason for one in answer.constraints} == {Reason.BROKEN_PARCEL}
    assert {one.state for one in answer.constraints} == {State.NOT_CHECKED} == {answer.zoning.state}
    assert "crosses itself" in " ".join(sentences(answer, "en").lines)


def test_a_broader_plan_over_the_same_ground_is_never_added_to_the_detailed_one(database, ask: Ask):
    plans = [plan("fine", scale_den=1000), plan("broad", scale_den=5000)]
    zones = [zone("z1", rectangle(0, 0, 10, 20), "fine"), zone("z2", EVERYWHERE, "broad", use_key="park")]
    publish(database, WEST, {"plans": plans, "parcels": [parcel("a", 0, 0, "1", "1")], "zones": zones})
    answer = ask("a")
    assert [(one.role, one.scale_den, one.share.area_m2) for one in answer.sums] == [
        (Role.BASE, 1000, pytest.approx(200)),
        (Role.OVERLAY, 5000, pytest.approx(400)),
    ]
    assert {one.use_key: one.role for one in answer.zoning.zones} == {
        "residential_existing": Role.BASE,
        "park": Role.OVERLAY,
    }


def test_sums_keep_themes_and_legal_states_apart(database, ask: Ask):
    features = [
        constraint("f", rectangle(0, 0, 10, 20)),
        constraint("g", rectangle(5, 0, 10, 20)),
        constraint("h", rectangle(0, 0, 20, 20), status="proposed"),
        constraint("s", rectangle(0, 0, 1, 20), kind="protected_site"),
    ]
    publish_one(database, plan_constraints=features)
    assert {(one.theme, one.status): round(one.share.area_m2) for one in ask("a").sums} == {
        ("flood", "in_force"): 300,
        ("flood", "proposed"): 400,
        ("protected_site", "in_force"): 20,
    }


@pytest.mark.parametrize(
    ("conditions", "withheld"),
    [
        ({"notes": "TAKS, köşe parsellerde plan notuyla belirlenir."}, Withheld.NOTES_SPEAK),
        ({"notes": "Zemin katta ticaret yapılabilir."}, None),
        ({"min_parcel_m2": Decimal("500")}, Withheld.PARCEL_TOO_SMALL),
        ({"min_parcel_m2": Decimal("400")}, None),
    ],
)
def test_only_what_the_notes_leave_open_is_worked_out(database, ask: Ask, conditions, withheld):
    publish_one(database, zones=[zone("z", EVERYWHERE, taks=Decimal("0.40"), taks_state="value", **conditions)])
    (only,) = ask("a", profile=replace(PROFILE, answers=AnswerRules(ratio_words=frozenset({"taks"})))).zoning.zones
    assert (only.withheld, len(only.computed)) == (withheld, 0 if withheld else 1)


def test_a_zone_without_conditions_says_so(database, ask: Ask):
    publish_one(database, zones=[zone("z", EVERYWHERE)])
    (line,) = sentences(ask("a"), "en").zones
    assert line.remark == "The plan states no building conditions for this use; ask the municipality for them."


def test_a_plan_on_display_says_until_when_to_object_and_where(database, ask: Ask):
    shown = plan(
        "p2",
        "on_display",
        display_from=datetime.date(2026, 3, 1),
        display_to=datetime.date(2026, 3, 30),
        authority="Meclis",
        decision_no="2026/12",
    )
    publish_one(database, plans=[shown], zones=[zone("z", EVERYWHERE, "p2")])
    page = sentences(ask("a"), "en")
    assert page.objections == (
        "Plan p2 is on display: objections may be made in writing to Meclis until 30 March 2026.",
    )
    assert "decided by Meclis (2026/12)" in page.plans[0]


def test_an_answer_is_the_same_when_it_comes_back_from_its_bytes(database, ask: Ask):
    zones = [zone("z", rectangle(0, 0, 7.333, 20), taks=Decimal("0.33"), notes="Not", floors_state="free")]
    features = [constraint("f", rectangle(0, 0, 3.331, 20)), constraint("t", rectangle(20, 0, 5, 20))]
    publish_one(database, zones=zones, plan_constraints=features, coverage=[surveyed("flood")])
    answer = ask("a")
    back = thawed(canonical_bytes(answer))
    assert canonical_bytes(back) == canonical_bytes(answer)
    assert sentences(back, "tr") == sentences(answer, "tr")
    assert back.sketch == answer.sketch
    assert answer.sketch is not None
