"""What a web process remembers of tiles."""

import os
import tracemalloc

import pytest

from gisserver.tiles.memory import KeptTile, TileMemory, path_of
from gisserver.tiles.reply import takes_gzip
from layers.core.tiles import StoredTile, TileAddress

LARGE = 10**9


def path(number: int) -> bytes:
    return path_of("parcels", TileAddress(16, number, 40000))


def tile(size: int = 1000, epoch: int = 1) -> StoredTile:
    return StoredTile(epoch, os.urandom(size))


def test_the_least_used_goes_first():
    one = KeptTile.of(tile()).size_bytes
    memory = TileMemory(3 * one)
    for number in range(3):
        memory.keep(path(number), tile(), 0)
    memory.get(path(0))
    memory.keep(path(3), tile(), 0)
    assert [memory.get(path(number)) is not None for number in range(4)] == [True, False, True, True]
    assert memory.size_bytes == 3 * one


@pytest.mark.parametrize("capacity", [0, 100, 50_000])
def test_it_never_grows_beyond_its_capacity(capacity):
    memory = TileMemory(capacity)
    for number in range(200):
        memory.keep(path(number), tile(size=number * 100), 0)
        assert memory.size_bytes <= capacity


def test_the_same_tile_again_is_counted_once():
    memory = TileMemory(LARGE)
    memory.keep(path(1), tile(5000), 0)
    memory.keep(path(1), tile(1000, epoch=2), 0)
    assert len(memory) == 1
    assert memory.size_bytes < 2000


def test_what_was_read_before_something_was_forgotten_is_not_taken_in():
    memory = TileMemory(LARGE)
    before = memory.generation
    memory.forget([path(1)])
    memory.keep(path(1), tile(), before)
    assert memory.get(path(1)) is None
    memory.keep(path(1), tile(), memory.generation)
    assert memory.get(path(1)) is not None


def test_forgetting_all_leaves_nothing():
    memory = TileMemory(LARGE)
    for number in range(10):
        memory.keep(path(number), tile(), 0)
    memory.forget_all()
    assert (len(memory), memory.size_bytes) == (0, 0)


@pytest.mark.parametrize("size", [200, 3000])
def test_it_counts_what_python_really_takes(size):
    memory = TileMemory(LARGE)
    tracemalloc.start()
    for number in range(5000):
        memory.keep(path(number), tile(size), 0)
    really, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0.85 * really < memory.size_bytes < 1.15 * really


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("*", True),
        ("br, *;q=0.1", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=nonsense", False),
    ],
)
def test_who_takes_gzip(said, takes):
    assert takes_gzip(said) is takes
