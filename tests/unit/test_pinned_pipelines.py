"""Numbers move by the steps that the profile pins, whatever else they carry."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from importers.crs.pipelines import placement
from importers.crs.reading import Reading
from layers.core.declared_crs import METRES_IN, DeclaredCrs
from layers.core.profile import ProfileError, load_profile

PROFILES = sorted((Path(__file__).parents[2] / "profiles").glob("*.toml"))
IZMIR = load_profile(next(path for path in PROFILES if path.stem == "izmir"))
PLACE = np.array([[512_226.086, 4_254_127.493]])
ZONE_9 = np.array([[9_000_000, 0]])


def moved(spelled: str, points):
    return placement(Reading.declared(DeclaredCrs.parse(spelled)), IZMIR).moved(np.asarray(points, dtype=float))


def test_the_old_datum_moves_by_what_its_publisher_states():
    """The same numbers in ED50 lie 40.9 m west and 186.0 m south; measured with the pinned parameters."""
    east, north = (moved("2319", PLACE) - PLACE)[0]
    assert (east, north) == (pytest.approx(-40.885, abs=0.002), pytest.approx(-185.974, abs=0.002))
    assert placement(Reading.of_srid(2319), IZMIR).accuracy_m == 2.1


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_candidate_of_a_profile_has_a_pinned_way_there_and_lands_in_the_region(path):
    profile = load_profile(path)
    unpinned = replace(profile, datum_shifts=())
    for srid in profile.crs_candidates:
        back = Transformer.from_crs(4326, srid, always_xy=True).transform(*profile.center_lonlat)
        found = placement(Reading.of_srid(srid), profile)
        assert profile.envelope.holds(*found.moved(np.array([back]))[0]), srid
        assert found.accuracy_m is None or found.accuracy_m <= 2.1
        if found.accuracy_m:
            assert Reading.of_srid(srid).crs.geodetic_crs.to_epsg() in {s.srid for s in profile.datum_shifts}
        else:
            assert placement(Reading.of_srid(srid), unpinned) == found


@pytest.mark.parametrize("srid", IZMIR.crs_candidates)
def test_swapped_prefixed_and_wrongly_measured_numbers_land_where_the_plain_ones_do(srid):
    plain = np.array([Transformer.from_crs(5253, srid, always_xy=True).transform(*PLACE[0])])
    wanted = moved(str(srid), plain)
    assert np.allclose(moved(f"-{srid}", plain[:, ::-1]), wanted, atol=1e-4)
    for unit, metres in METRES_IN.items():
        assert np.allclose(moved(f"{srid}/{unit}", plain / metres), wanted, atol=1e-4, equal_nan=True)
    prefixed = (plain + ZONE_9) * 1000
    assert np.allclose(moved(f"-{srid}+9/mm", prefixed[:, ::-1]), wanted, atol=1e-4)
    assert np.allclose(moved(f"{srid}-9", plain - ZONE_9), wanted, atol=1e-4)


def test_numbers_of_the_storage_system_are_not_touched():
    assert placement(Reading.of_srid(5253), IZMIR).pipeline is None
    assert placement(Reading.declared(DeclaredCrs(5253, is_swapped=True)), IZMIR).is_reprojected


def test_a_datum_that_the_profile_does_not_pin_is_moved_by_the_best_operation_for_the_region():
    european = placement(Reading.of_srid(25835), IZMIR)
    assert "proj=utm zone=35" in european.pipeline
    assert european.accuracy_m == 0.1


def test_steps_that_are_not_known_are_told_when_the_profile_is_read(tmp_path):
    text = PROFILES[0].read_text().replace("proj=longlat ellps=clrk80ign", "proj=nowhere")
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(ProfileError, match="4807"):
        load_profile(tmp_path / "p.toml")
