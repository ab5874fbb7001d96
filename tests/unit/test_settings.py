"""Settings are read once, and a wrong one is refused with the remedy."""

from dataclasses import fields
from pathlib import Path

import pytest

from gisserver.settings import Settings, UnknownProfile, UnknownSetting, WrongSetting

NOWHERE = Path("/nonexistent/.env")


def test_every_setting_explains_itself():
    assert [setting.name for setting in fields(Settings) if len(setting.metadata["help"]) < 20] == []


def test_a_misspelt_setting_is_answered_with_the_nearest_one():
    with pytest.raises(UnknownSetting, match="Did you mean GIS_PORT") as refusal:
        Settings.load({"GIS_PROT": "8081"}, NOWHERE)
    assert refusal.value.nearest == "GIS_PORT"


def test_a_misspelt_setting_in_the_file_is_refused_as_well(tmp_path):
    (tmp_path / ".env").write_text("GIS_PROT=8081\n")
    with pytest.raises(UnknownSetting):
        Settings.load({}, tmp_path / ".env")


def test_variables_of_other_programs_are_none_of_our_business(tmp_path):
    (tmp_path / ".env").write_text("# a comment\nPGHOST=elsewhere\n\nexport GIS_PORT='8081'\n")
    assert Settings.load({"EDITOR": "ed"}, tmp_path / ".env").port == 8081


def test_a_variable_beats_the_file(tmp_path):
    (tmp_path / ".env").write_text("GIS_PORT=8081\nGIS_PROFILE=epinay\n")
    settings = Settings.load({"GIS_PORT": "8082"}, tmp_path / ".env")
    assert (settings.port, settings.profile) == (8082, "epinay")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIS_PORT", "eighty"),
        ("GIS_PORT", "70000"),
        ("GIS_WEB_PROCESSES", "0"),
        ("GIS_TILE_CACHE_MB", "-1"),
        ("GIS_SECURE_COOKIES", "perhaps"),
    ],
)
def test_an_unusable_value_is_refused_by_name(name, value):
    with pytest.raises(WrongSetting, match=f"{name} is '{value}'; it takes "):
        Settings.load({name: value}, NOWHERE)


def test_an_empty_variable_leaves_the_default():
    assert Settings.load({"GIS_PORT": "", "GIS_DATABASE_URL": ""}, NOWHERE).database_url is None


def test_a_child_process_loads_the_same_settings(tmp_path):
    settings = Settings.load({"GIS_DATA": str(tmp_path), "GIS_SECURE_COOKIES": "yes", "GIS_PORT": "8099"}, NOWHERE)
    assert Settings.load(settings.environment(), NOWHERE) == settings


def test_cookies_need_https_as_soon_as_other_machines_may_come():
    assert not Settings.load({}, NOWHERE).secure_cookies
    assert Settings.load({"GIS_HOST": "0.0.0.0"}, NOWHERE).secure_cookies
    assert not Settings.load({"GIS_HOST": "0.0.0.0", "GIS_SECURE_COOKIES": "no"}, NOWHERE).secure_cookies


def test_the_session_key_is_made_once_and_nobody_else_can_read_it(tmp_path):
    settings = Settings.load({"GIS_DATA": str(tmp_path)}, NOWHERE)
    assert settings.session_key() == settings.session_key()
    assert len(settings.session_key()) >= 48
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_a_given_session_key_is_not_written_down(tmp_path):
    settings = Settings.load({"GIS_DATA": str(tmp_path), "GIS_SECRET_KEY": "of the operator"}, NOWHERE)
    assert settings.session_key() == "of the operator"
    assert list(tmp_path.iterdir()) == []


def test_a_profile_is_a_name_or_a_path(tmp_path):
    own = tmp_path / "own.toml"
    own.touch()
    assert Settings.load({"GIS_PROFILE": "izmir"}, NOWHERE).profile_path.name == "izmir.toml"
    assert Settings.load({"GIS_PROFILE": str(own)}, NOWHERE).profile_path == own


def test_an_unknown_profile_is_answered_with_the_known_ones():
    with pytest.raises(UnknownProfile, match="izmir"):
        _ = Settings.load({"GIS_PROFILE": "atlantis"}, NOWHERE).profile_path


def test_the_address_is_one_that_a_browser_on_this_machine_can_open():
    assert Settings.load({"GIS_HOST": "0.0.0.0"}, NOWHERE).address == "http://127.0.0.1:8080"
    assert Settings.load({"GIS_HOST": "::1"}, NOWHERE).address == "http://[::1]:8080"
