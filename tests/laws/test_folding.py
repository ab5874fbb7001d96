"""Names fold the same way in Python and in the database, or nothing would be found."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from layers.core.profile import load_profile

PROFILES = sorted((Path(__file__).parent.parent.parent / "profiles").glob("*.toml"))
LETTERS = "abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZâîûÂÎÛéèêàœ0123456789/.,-'’ \t"


@pytest.fixture
def fold_in_database(database):
    """The function as another profile would set it, in a schema of its own."""
    engine = create_engine(database.owner)

    def fold(profile, value: str) -> str:
        with engine.connect() as connection:
            connection.execute(
                text("SELECT ops.set_folding(:old, :new)"), {"old": profile.fold_from, "new": profile.fold_to}
            )
            return connection.execute(text("SELECT pool.fold(:value)"), {"value": value}).scalar_one()

    yield fold
    engine.dispose()


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(value=st.text(alphabet=LETTERS, max_size=40))
def test_python_and_database_fold_alike(path, fold_in_database, value):
    profile = load_profile(path)
    assert fold_in_database(profile, value) == profile.fold(value)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
@given(value=st.text(max_size=40))
def test_folding_twice_changes_nothing(path, value):
    profile = load_profile(path)
    assert profile.fold(profile.fold(value)) == profile.fold(value)


def test_turkish_letters_meet_what_people_type():
    profile = load_profile(PROFILES[-1])
    assert profile.fold("IŞIK Sokağı, No:5/A") == "isik sokagi no 5 a"
    assert profile.fold("İZMİR") == profile.fold("ızmır") == profile.fold("Izmir") == "izmir"
