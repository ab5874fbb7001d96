"""A real browser before a running service."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from sqlalchemy import text
from werkzeug.exceptions import NotFound
from werkzeug.middleware.shared_data import SharedDataMiddleware

from gisserver.access.accounts import create_account
from gisserver.app import entry_of
from gisserver.wsgi import WsgiBridge
from importers.pipeline import check
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from tests.application import PASSWORD, TEST_PROFILE
from tests.http_server import listening
from tests.worlds import WEST

CHROMIUM = "/usr/bin/chromium"
BUILT = Path(__file__).parents[2] / "gisserver/static/dist/manifest.json"
PATIENCE_MS = 30_000

Visitor = Callable[..., Page]
Elsewhere = Callable[[dict[str, Path]], str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's browser, started once per worker."""
    assert Path(CHROMIUM).exists(), "The journeys need chromium: apt-get install chromium"
    assert BUILT.exists(), "The pages' scripts are not built: run script/bootstrap"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the service listens."""
    with listening(entry_of(app)) as address:
        yield address


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """`elsewhere({path: file or folder})` is the address of somebody else's server that holds these."""
    with ExitStack() as servers:
        yield lambda shown: servers.enter_context(_files(shown))


def _files(shown: dict[str, Path]) -> AbstractContextManager[str]:
    served = SharedDataMiddleware(NotFound(), {path: str(file) for path, file in shown.items()})
    return listening(WsgiBridge(served, threads=4), lifespan="off", http="httptools")


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    """`visitor()` is somebody before an empty page; what a page logs as an error fails the journey.

    `visitor(is_refused=True)` meets refusals and a service that is away, which the browser logs by itself.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def arrive(*, is_refused: bool = False, **options: object) -> Page:
        context = chromium.new_context(base_url=address, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if _is_fault(page, said, is_refused) else None)
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert errors == []


def _is_fault(page: Page, said: ConsoleMessage, is_refused: bool) -> bool:
    """The browser also logs a page that was refused on purpose (409, 422)."""
    is_of_the_line = is_refused and said.text.startswith("Failed to load resource")
    return said.type == "error" and said.location["url"] != page.url and not is_of_the_line


@pytest.fixture
def person(visitor: Visitor, database) -> Callable[..., Page]:
    """`person("editor", 1)` has signed in by the form."""
    owner = Store(database.owner)

    def sign_in(role: str, district_id: int | None = None, **options: object) -> Page:
        email = f"{role}{district_id or ''}@example.org"
        with owner.engine.begin() as connection:
            create_account(connection, email, role, PASSWORD, role, district_id)
        page = visitor(**options)
        page.goto("/signin")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/signin" not in url)
        return page

    yield sign_in
    owner.close()


@pytest.fixture
def sent(person: Callable[..., Page], work_once: Callable[[], None]) -> Callable[..., Page]:
    """`sent(file)` is an editor of the west before the report of that file, checked."""

    def send(file: Path, **sight: object) -> Page:
        page = person("editor", WEST, **sight)
        page.goto("/district")
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Send the file").click()
        page.wait_for_url("**/upload/*")
        work_once()
        page.reload()
        page.get_by_role("heading", name="in the file").wait_for()
        return page

    return send


@pytest.fixture
def work_once(database) -> Callable[[], None]:
    """What the worker does with files that wait."""

    def work() -> None:
        store = Store(database.worker)
        registry, profile = Registry.of_folder(), load_profile(TEST_PROFILE)
        with store.writing(WORKER) as connection:
            waiting = connection.execute(text("SELECT id FROM inbox.upload WHERE state = 'received'")).scalars().all()
            for upload_id in waiting:
                check(connection, registry, profile, upload_id)
        store.close()

    return work
