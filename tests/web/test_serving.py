"""Tiles over HTTP, from the server that `gis up` starts: from memory, from rows, and when something is wrong."""

import gzip
import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from gisserver.app import THREADS, entry_of
from gisserver.service import Service
from tests.http_server import Browser, listening, raw, read_answers, wait_until
from tests.web.test_tiles import features, tile_of
from tests.worlds import WEST, publish_parcels, square

FAR = "/tiles/parcels/16/1/1"
"""A tile that no publish has ever drawn."""


@pytest.fixture
def entry(app):
    return entry_of(app)


@pytest.fixture
def address(entry) -> Iterator[str]:
    with listening(entry) as found:
        yield found


@pytest.fixture
def tiles(app, address):
    built: Service = app.extensions["gisserver"]
    wait_until(lambda: built.tiles.follower.is_listening)
    return built.tiles


@pytest.fixture
def browser(address) -> Iterator[Browser]:
    with Browser(address) as found:
        yield found


@pytest.fixture
def world(client, database, tiles) -> tuple[str, int]:
    """The path of a tile with two parcels, and the epoch that this process knows."""
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    z, x, y = tile_of(client, database, "w-1")
    wait_until(lambda: tiles.known_epoch == epoch)
    return f"/tiles/parcels/{z}/{x}/{y}", epoch


@pytest.fixture
def in_memory(world, browser, tiles) -> tuple[str, int]:
    """The same, asked for once."""
    assert browser.ask(world[0]).status == 200
    assert tiles.memory.size_bytes > 0
    return world


def drawn(answer) -> set[str]:
    return set(features(_Flask(answer)))


class _Flask:
    """An answer as the Flask client gives it."""

    def __init__(self, answer) -> None:
        self.data = answer.body
        self.headers = {"Content-Encoding": answer.headers.get("content-encoding")}


def without_date(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


@pytest.mark.parametrize("query", ["", "?v={epoch}"])
def test_a_tile_is_the_same_from_row_and_from_memory_and_from_the_application(
    world, browser, entry, client, tiles, query
):
    path = world[0] + query.format(epoch=world[1])
    tiles.memory.forget_all()
    from_row = browser.ask(path)
    assert entry.hits.count == 0
    from_memory = browser.ask(path)
    assert entry.hits.count == 1
    assert (from_memory.status, from_memory.body) == (from_row.status, from_row.body)
    assert without_date(from_memory) == without_date(from_row)
    alone = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert alone.data == from_row.body
    for name, value in without_date(from_row).items():
        assert alone.headers[name] == value or name == "vary", name
    assert drawn(from_memory) == {"w-1", "w-2"}


def test_the_tag_is_the_epoch_of_the_tile(world, browser, database):
    assert browser.ask(world[0]).headers["etag"] == f'"{world[1]}"'
    elsewhere = publish_parcels(database, WEST, {"w-9": square(500, 500)})
    assert browser.ask(f"{world[0]}?v={elsewhere}").headers["etag"] == f'"{world[1]}"'


@pytest.mark.parametrize("given", ['"{e}"', 'W/"{e}"', '"0", "{e}"', 'W/"0", W/"{e}"', "*"])
def test_who_has_the_tile_is_not_sent_it_again(in_memory, browser, given):
    answer = browser.ask(in_memory[0], If_None_Match=given.format(e=in_memory[1]))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == f'"{in_memory[1]}"'


@pytest.mark.parametrize("given", ['"{e}0"', '"1{e}"', '"{e}-i"', '"'])
def test_who_has_another_tile_is_sent_this_one(in_memory, browser, given):
    answer = browser.ask(in_memory[0], If_None_Match=given.format(e=in_memory[1]))
    assert (answer.status, drawn(answer)) == (200, {"w-1", "w-2"})


@pytest.mark.parametrize("accepted", ["identity", "", "br", "gzip;q=0", "gzip;q=0, *", "x-gzip-not"])
def test_who_cannot_read_gzip_gets_the_tile_as_it_is(in_memory, browser, accepted):
    answer = browser.ask(in_memory[0], Accept_Encoding=accepted)
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"] == f'"{in_memory[1]}-i"'
    assert drawn(answer) == {"w-1", "w-2"}


@pytest.mark.parametrize("accepted", ["gzip", "deflate, gzip;q=0.5", "GZIP", "*"])
def test_who_can_read_gzip_gets_the_kept_bytes(in_memory, browser, accepted):
    answer = browser.ask(in_memory[0], Accept_Encoding=accepted)
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body)


def test_nothing_drawn_is_no_content(world, browser):
    answer = browser.ask(FAR)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_tile_that_was_emptied_is_no_content_from_memory_too(world, browser, database):
    epoch = publish_parcels(database, WEST, {}, retire=("w-1", "w-2"))
    for _ in range(3):
        answer = browser.ask(f"{world[0]}?v={epoch}")
        assert (answer.status, answer.body) == (204, b"")


@pytest.mark.parametrize("wrong", ["/tiles/nothing/16/1/1", "/tiles/parcels/3/1/1", "/tiles/parcels/16/99999/1"])
def test_a_tile_that_cannot_be_is_not_found(browser, wrong):
    assert browser.ask(wrong).status == 404


HUGE = "9" * 5000


@pytest.mark.parametrize(
    "nonsense",
    [
        "/tiles/parcels/-1/0/0",
        "/tiles/parcels/16/-1/5",
        f"/tiles/parcels/16/{HUGE}/5",
        f"/tiles/parcels/{HUGE}/1/1",
        "/tiles/parcels/16/1e3/5",
        "/tiles/parcels/16/0x10/5",
        "/tiles/parcels/16/1/1/1",
        "/tiles//16/1/1",
        "/tiles/../../etc/passwd",
        "/tiles/parcels/16/1/1%00",
        "/tiles/%FF%FE/16/1/1",
        "/tiles/parcels/16/1/1?v=",
        "/tiles/parcels/16/1/1?v=-1",
        "/tiles/parcels/16/1/1?v=abc",
        f"/tiles/parcels/16/1/1?v={HUGE}",
        "/tiles/parcels/16/1/1?w=1",
        "/tiles/parcels/16/1/1?%FF=%FF",
    ],
)
def test_nonsense_is_the_callers_fault_and_is_told_so(browser, nonsense):
    assert browser.ask(nonsense).status in (400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_tiles_are_only_read(in_memory, browser, method):
    answer = browser.ask(in_memory[0], method)
    assert answer.status in (400, 405)
    if answer.status == 405:
        assert {"GET", "HEAD"} <= set(answer.headers["allow"].split(", "))


def test_a_head_request_has_the_headers_and_no_body(in_memory, browser):
    full, head = browser.ask(in_memory[0]), browser.ask(in_memory[0], "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert without_date(head) == without_date(full)


def test_another_sites_map_may_ask(in_memory, browser):
    asked = browser.ask(in_memory[0], "OPTIONS", Origin="https://other.example", Access_Control_Request_Method="GET")
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "GET" in asked.headers["access-control-allow-methods"]
    assert browser.ask(in_memory[0], Origin="https://other.example").headers["access-control-allow-origin"] == "*"


def test_restricted_tiles_need_a_planner_and_stay_private_and_out_of_memory(browser, signed_in, tiles):
    path = "/tiles/water_lines/16/1/1"
    assert browser.ask(path).status == 404
    planner = signed_in("planner")
    cookie = planner.get_cookie("gis")
    answer = browser.ask(path, Cookie=f"gis={cookie.value}")
    assert answer.status == 204
    assert answer.headers["cache-control"].startswith("private")
    assert "access-control-allow-origin" not in answer.headers
    assert browser.ask(path).status == 404
    assert tiles.memory.size_bytes == 0


def test_a_publish_that_has_happened_may_be_kept_for_ever(in_memory, browser):
    path, epoch = in_memory
    assert "immutable" in browser.ask(f"{path}?v={epoch}").headers["cache-control"]
    assert "no-cache" in browser.ask(path).headers["cache-control"]


def test_who_has_seen_a_publish_is_waited_for_until_this_process_has(in_memory, browser, database, tiles):
    path, _ = in_memory
    tiles.follower.stop()  # so that only the caller tells of it
    second = publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    assert tiles.known_epoch < second
    answer = browser.ask(f"{path}?v={second}")
    assert drawn(answer) == {"w-2", "w-3"}
    assert "immutable" in answer.headers["cache-control"]


def test_a_publish_is_heard_of_without_a_request(in_memory, browser, database, tiles):
    path, _ = in_memory
    second = publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    wait_until(lambda: tiles.known_epoch == second)
    assert drawn(browser.ask(path)) == {"w-2", "w-3"}


def test_a_publish_that_nobody_knows_is_waited_for_a_moment_and_holds_up_nobody(in_memory, address, browser):
    path, epoch = in_memory
    started = time.monotonic()
    waiting = [Browser(address) for _ in range(40)]
    answers = []
    threads = [
        threading.Thread(target=lambda one=one: answers.append(one.ask(f"{path}?v={epoch + 10**9}"))) for one in waiting
    ]
    for thread in threads:
        thread.start()
    for _ in range(20):
        begun = time.monotonic()
        assert browser.ask(path).status == 200
        assert browser.ask(FAR).status == 204
        assert time.monotonic() - begun < 0.9
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} == {503}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers)
    assert all("immutable" not in answer.headers["cache-control"] for answer in answers)
    assert 0.9 < time.monotonic() - started < 10
    for one in waiting:
        one.__exit__()


def test_a_publish_changes_the_tile_of_all_layers_too(world, browser, database, tiles, entry):
    path = world[0].replace("parcels", "pool")
    assert drawn(browser.ask(path)) == {"w-1", "w-2"}
    assert drawn(browser.ask(path)) == {"w-1", "w-2"}
    assert entry.hits.count == 1
    second = publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    assert drawn(browser.ask(f"{path}?v={second}")) == {"w-2", "w-3"}
    wait_until(lambda: drawn(browser.ask(path)) == {"w-2", "w-3"})


def test_a_cut_database_connection_costs_a_retry_and_no_publish_is_missed(in_memory, browser, database, tiles):
    path, _ = in_memory
    cut_connections(database)
    wait_until(lambda: not tiles.follower.is_listening)
    second = publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    # On a slow machine it listens again before the publish and then hears of it a moment later.
    wait_until(lambda: tiles.follower.is_listening and tiles.known_epoch == second)
    assert drawn(browser.ask(path)) == {"w-2", "w-3"}


def test_a_connection_cut_in_mid_request_is_answered_all_the_same(in_memory, address, database, tiles):
    path, _ = in_memory
    tiles.memory.forget_all()
    with locked(database, "tiles.tile"), Browser(address) as browser:
        answers = []
        asking = threading.Thread(target=lambda: answers.append(browser.ask(path)))
        asking.start()
        while asking.is_alive():  # the row is tried twice, then the application tries in its turn
            wait_until(lambda: waiting_for_locks(database) == 1 or not asking.is_alive())
            cut_connections(database)
        asking.join()
    assert answers[0].status == 503
    assert int(answers[0].headers["retry-after"]) >= 1
    with Browser(address) as browser:
        assert browser.ask(path).status == 200


def test_requests_that_wait_for_the_database_do_not_hold_up_the_map(in_memory, address, browser, database):
    """More of them than the application has threads."""
    with locked(database, "pool.epoch"):
        slow = [Browser(address) for _ in range(THREADS + 5)]
        threads = [threading.Thread(target=one.ask, args=("/api/epoch",)) for one in slow]
        for thread in threads:
            thread.start()
        wait_until(lambda: waiting_for_locks(database) >= THREADS)
        begun = time.monotonic()
        for _ in range(50):
            assert browser.ask(in_memory[0]).status == 200
        assert browser.ask(FAR).status == 204, "rows are read in threads of their own"
        assert time.monotonic() - begun < 5
    for thread in threads:
        thread.join()
    for one in slow:
        one.__exit__()


def test_unknown_addresses_do_not_grow_the_memory(in_memory, address, tiles):
    before = tiles.memory.size_bytes
    unknown = [f"/tiles/parcels/16/{number % 65536}/{number}" for number in range(2000)]
    unknown += [f"/tiles/nothing{number}/16/1/1" for number in range(500)]
    with raw(address) as connection:
        for start in range(0, len(unknown), 100):
            asked = "".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in unknown[start : start + 100])
            connection.sendall(asked.encode())
            assert {answer.status for answer in read_answers(connection, 100)} <= {204, 404}
    assert tiles.memory.size_bytes == before


GET = "GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"


def test_requests_sent_together_are_answered_in_their_order(in_memory, address):
    path, epoch = in_memory
    asked = [path, "/health", path, FAR, f"{path}?v={epoch}", "/health"]
    with raw(address) as connection:
        connection.sendall("".join(GET.format(path=one) for one in asked).encode())
        answers = read_answers(connection, len(asked))
    assert [answer.status for answer in answers] == [200, 200, 200, 204, 200, 200]
    assert answers[1].headers["content-type"] == "application/json"
    assert answers[2].headers["content-type"] == "application/vnd.mapbox-vector-tile"


def test_a_request_in_pieces_is_put_together(in_memory, address, entry):
    whole = GET.format(path=in_memory[0]).encode()
    with raw(address) as connection:
        for cut in (5, 20, len(whole) - 2):
            connection.sendall(whole[:cut])
            time.sleep(0.02)
            connection.sendall(whole[cut:])
            (answer,) = read_answers(connection, 1)
            assert answer.status == 200
        connection.sendall(whole)
        assert read_answers(connection, 1)[0].body == answer.body
    assert entry.hits.count == 1


def test_a_body_that_looks_like_a_request_is_a_body(in_memory, address):
    """Else an upload could put answers into a connection that others share through a proxy."""
    smuggled = GET.format(path=in_memory[0]).encode()
    with raw(address) as connection:
        connection.sendall(f"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: {len(smuggled)}\r\n\r\n".encode())
        time.sleep(0.1)
        connection.sendall(smuggled)
        (answer,) = read_answers(connection, 1)
        assert answer.status in (400, 404)
        connection.sendall(GET.format(path="/health").encode())
        (answer,) = read_answers(connection, 1)
        assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("line", ["Connection: close", "Connection: Close, TE"])
def test_who_wants_the_connection_closed_has_it_closed(in_memory, address, line):
    with raw(address) as connection:
        connection.sendall(
            f"GET {in_memory[0]} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n{line}\r\n\r\n".encode()
        )
        (answer,) = read_answers(connection, 1)
        assert answer.status == 200
        assert connection.recv(1) == b""


def test_who_does_not_take_the_answers_is_not_given_more_and_more_memory(in_memory, address, browser, entry):
    """A caller who asks without reading is read no further once what waits for him is large."""
    whole = GET.format(path=in_memory[0]).encode()
    with raw(address) as connection:
        connection.settimeout(0.5)
        sent = 0
        try:
            while sent < 1_000_000:
                connection.sendall(whole)
                sent += 1
        except TimeoutError:
            pass
        assert sent < 1_000_000
        assert browser.ask(in_memory[0]).status == 200


def test_readers_during_publishes_never_get_less_than_they_saw_nor_a_mixed_tile(world, address, database, tiles):
    path, first = world
    generations = {first: {"w-1", "w-2"}}
    done = threading.Event()
    troubles: list[BaseException] = []
    seen_epochs: set[int] = set()

    def read() -> None:
        least = first
        try:
            with Browser(address) as browser:
                while not done.is_set():
                    answer = browser.ask(f"{path}?v={least}")
                    epoch = int(answer.headers["etag"].strip('"'))
                    assert epoch >= least, "an older tile came back"
                    wait_until(lambda epoch=epoch: epoch in generations or done.is_set())
                    assert drawn(answer) == generations[epoch], "the tile is not what its tag says"
                    least = epoch
                    seen_epochs.add(epoch)
        except BaseException as trouble:
            troubles.append(trouble)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    before = {"w-1", "w-2"}
    for number in range(10):
        now = {f"n{number}-{n}" for n in range(3)}
        squares = {ref: square(n, 0) for n, ref in enumerate(sorted(now))}
        epoch = publish_parcels(database, WEST, squares, retire=sorted(before))
        generations[epoch] = before = now
    done.set()
    for reader in readers:
        reader.join()
    assert not troubles, troubles[0]
    assert len(seen_epochs) > 3


def cut_connections(database) -> None:
    """As when the database server or the network between fails."""
    run(database, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}")


def waiting_for_locks(database) -> int:
    return run(database, f"SELECT count(*) FROM pg_stat_activity WHERE {OURS} AND wait_event_type = 'Lock'")


OURS = "usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"


def run(database, statement: str):
    engine = create_engine(database.web)
    with engine.begin() as connection:
        found = connection.execute(text(statement)).scalar()
    engine.dispose()
    return found


class locked:  # noqa: N801
    """A table that nobody may read for a while."""

    def __init__(self, database, table: str) -> None:
        self._engine = create_engine(database.owner)
        self._table = table

    def __enter__(self) -> None:
        self._connection = self._engine.connect()
        self._connection.exec_driver_sql(f"LOCK TABLE {self._table} IN ACCESS EXCLUSIVE MODE")

    def __exit__(self, *_trouble) -> None:
        self._connection.rollback()
        self._connection.close()
        self._engine.dispose()
