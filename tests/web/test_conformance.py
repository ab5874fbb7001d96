"""What /conformance declares is true, requirement by requirement, against a real server."""

import json
import os
from dataclasses import replace

import pytest

from conformance.check import Check, NothingToTry, requirement
from conformance.report import PAGE, page
from conformance.sample import PROFILE, fill
from conformance.service import Service
from conformance.suite import Result, known_classes, run, walk
from gisserver.app import entry_of
from gisserver.cluster import DatabaseUrls, copy_database, drop_database
from tests.application import serving
from tests.http_server import listening


@pytest.fixture(scope="module")
def service(cluster, template_database, tmp_path_factory):
    """A sample district behind the server that people get."""
    name = f"conformance_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    drop_database(cluster, name)
    copy_database(cluster, template_database, name)
    database = DatabaseUrls.of_cluster(cluster, name)
    folder = tmp_path_factory.mktemp("conformance")
    key = fill(database, folder)
    with serving(database, folder, PROFILE) as application, listening(entry_of(application)) as root:
        yield Service(f"{root}/api", key)
    drop_database(cluster, name)


@pytest.fixture(scope="module")
def results(service) -> list[Result]:
    return list(walk(service))


def test_every_requirement_of_every_declared_class_is_met(results):
    assert [(result.uri, result.check.requirement, result.troubles) for result in results if result.troubles] == []


def test_nothing_stays_untried_and_every_check_asks_the_service(results):
    assert [(result.check.requirement, result.untried) for result in results if result.untried is not None] == []
    assert [result.check.requirement for result in results if result.asked == 0] == []


def test_the_page_of_the_docs_shows_this_walk(results):
    """Renew with: script/conformance --write"""
    assert page(results) == PAGE.read_text(encoding="utf-8")


def test_every_class_that_is_declared_has_a_file_and_every_file_checks(service):
    assert set(service.declared) <= set(known_classes())
    assert all(known.checks for known in known_classes().values())


def test_a_service_that_says_what_is_not_so_is_found_out(service):
    """The checks themselves can fail: each is shown a service whose answers were tampered with."""
    core = known_classes()["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"]
    lying = _Tampered(service.root)
    found_out = {check.requirement for check in core.checks if run(lying, core.uri, check).troubles}
    assert found_out >= {"/req/core/fc-numberMatched", "/req/core/fc-numberReturned", "/req/core/fc-time-response"}


def test_a_check_that_has_nothing_to_try_it_on_says_so(service):
    @requirement("/req/none", "Nothing.")
    def nothing(_service):
        raise NothingToTry("there is nothing")

    assert isinstance(nothing, Check)
    result = run(service, "", nothing)
    assert (result.word, result.untried) == ("not tried", "there is nothing")


class _Tampered(Service):
    """Loses the last feature of each page and does not heed datetime."""

    def get(self, address, accept=None, **arguments):
        answer = super().get(address, accept, **{name: arguments[name] for name in arguments if name != "datetime"})
        if answer.media_type != "application/geo+json" or not answer.json.get("features"):
            return answer
        return replace(answer, body=json.dumps({**answer.json, "features": answer.json["features"][:-1]}).encode())
