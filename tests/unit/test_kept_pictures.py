"""Pictures that a process remembers."""

from gisserver.prints.kept import KeptPictures


def test_it_gives_back_what_was_kept():
    kept = KeptPictures()
    kept.keep("a", b"1")
    assert (kept.get("a"), kept.get("b")) == (b"1", None)


def test_the_one_not_asked_for_the_longest_goes_first():
    kept = KeptPictures(capacity_bytes=3)
    for name in "abc":
        kept.keep(name, b"1")
    kept.get("a")
    kept.keep("d", b"1")
    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"]


def test_one_that_is_kept_again_takes_its_place_once():
    kept = KeptPictures(capacity_bytes=3)
    kept.keep("a", b"11")
    kept.keep("a", b"2")
    kept.keep("b", b"33")
    assert (kept.get("a"), kept.get("b")) == (b"2", b"33")


def test_one_larger_than_all_that_may_be_kept_is_not():
    kept = KeptPictures(capacity_bytes=3)
    kept.keep("a", b"1234")
    kept.keep("b", b"1")
    assert (kept.get("a"), kept.get("b")) == (None, b"1")
