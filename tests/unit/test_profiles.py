"""A profile that cannot be is refused with the reason."""

import re
from pathlib import Path

import pytest

from layers.core.operations import DECLARABLE, OperationKind, OperationWords
from layers.core.profile import ProfileError, load_profile

PROFILES = Path(__file__).parent.parent.parent / "profiles"
ORIGINAL = (PROFILES / "izmir.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_profiles_we_ship_can_be_used(path):
    profile = load_profile(path)
    assert profile.districts
    assert profile.title("en")


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_operation_has_words_of_the_place(path):
    profile = load_profile(path)
    plain = OperationWords().kinds
    words = {kind for word, kind in profile.operations.kinds.items() if word not in plain}
    assert words == set(DECLARABLE)


@pytest.mark.parametrize(
    ("profile", "written", "kind"),
    [
        ("izmir", "İFRAZ", OperationKind.SUBDIVISION),
        ("epinay", "Réunion de parcelles", OperationKind.AMALGAMATION),
        ("epinay", "Cession à la voirie", OperationKind.ROAD_CESSION),
        ("epinay", "Changement d'affectation", OperationKind.USE_CHANGE),
    ],
)
def test_files_declare_operations_in_the_words_of_the_place(profile, written, kind):
    known = load_profile(PROFILES / f"{profile}.toml")
    assert known.operations.kind(written, known.fold) is kind


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("srid = 5253", "srid = 4326", "projected"),
        ("srid = 5253", "srid = 999999", "EPSG"),
        ('name = "izmir"', "", "name"),
        ("envelope = [425000", "envelope = [925000", "envelope"),
        ('[folding]\nfrom = "ı', '[folding]\nfrom = "', "folding"),
        ("id = 1776", "id = 1780", "same id"),
        ("[storage]", "[storage", "TOML"),
        ("[limits]", "[limits]\nspeed = 3", "limits.speed is not known"),
        ("[limits]", "[limits]\nseconds_per_rule = -1", "limits.seconds_per_rule must be"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(tmp_path, old, new, says):
    assert old in ORIGINAL
    changed = tmp_path / "changed.toml"
    changed.write_text(ORIGINAL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError, match=says):
        load_profile(changed)


def test_a_missing_file_is_named():
    with pytest.raises(ProfileError, match=r"nowhere\.toml"):
        load_profile(Path("nowhere.toml"))


def test_a_district_is_found_however_its_name_is_cased():
    profile = load_profile(PROFILES / "izmir.toml")
    assert profile.district_named("KARŞIYAKA") == profile.district_named("karsiyaka") == profile.district(1448)
    assert profile.district_named("Atlantis") is None


PHOTO = 'id = "photo"\ntitle = { en = "Photo" }\naddress = "https://a.example/{z}/{x}/{y}"\ncredit = "A"\n'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('credit = "A"', "", "does not say credit"),
        ('"photo"', '"A photo"', "small letters"),
        ("https://a.example/{z}/{x}/{y}", "https://a.example/tiles", "{bbox}"),
        ("https://a.example", "ftp://a.example", "https://"),
        ('credit = "A"', 'credit = "A"\nlast_zoom = 40', "last_zoom"),
        ('credit = "A"', 'credit = "A"\ncolour = "red"', "nothing is known of colour"),
    ],
)
def test_a_background_that_cannot_be_is_refused_with_the_reason(tmp_path, old, new, says):
    file = tmp_path / "city.toml"
    file.write_text(f"{ORIGINAL}\n[[backgrounds]]\n{PHOTO}", encoding="utf-8")
    assert [one.id for one in load_profile(file).backgrounds] == ["photo"]
    file.write_text(f"{ORIGINAL}\n[[backgrounds]]\n{PHOTO.replace(old, new)}", encoding="utf-8")
    with pytest.raises(ProfileError, match=re.escape(says)):
        load_profile(file)
