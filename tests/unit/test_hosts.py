"""Which hosts may be called, and what a receiver of webhooks can check."""

import base64
import hashlib
import hmac

import pytest

from gisserver.webhooks.signature import new_secret, signed
from layers.core.hosts import Hosts, NotAllowed

NAMED = Hosts(("hooks.example.org", ".city.example"))
ANY = Hosts(("*",))


@pytest.mark.parametrize(
    "url", ["https://hooks.example.org/a?b=c", "https://city.example/", "https://a.b.city.example:8443/x"]
)
def test_hosts_that_are_named_are_allowed(url):
    NAMED.check(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://example.org/",
        "https://hooks.example.org.evil.example/",
        "https://evilcity.example/",
        "https://hooks.example.org@evil.example/",
        "https://me:pass@hooks.example.org/",
        "https://hooks.example.org/#x",
        "https://hooks.example.org:99999/",
        "https:///path",
        "ftp://hooks.example.org/",
        "https://hooks.example.org/\r\nHost: x",
        "https://[::1",
        "",
        f"https://hooks.example.org/{'x' * 3000}",
    ],
)
def test_everything_else_is_not(url):
    with pytest.raises(NotAllowed):
        NAMED.check(url)


def test_without_named_hosts_nobody_is():
    with pytest.raises(NotAllowed):
        Hosts(()).check("https://hooks.example.org/")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]",
     "[2002:7f00:1::]", "[fd00::1]", "0.0.0.0", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_private_addresses_are_not_reached_however_they_are_written(host):
    with pytest.raises(NotAllowed):
        ANY.check(f"https://{host}/")
    Hosts(("*",), may_be_private=True).check(f"https://{host}/")


@pytest.mark.parametrize("name", ["localhost", "127.1", "2130706433", "0x7f.1"])
def test_a_name_that_leads_to_a_private_address_is_found_out_when_it_is_looked_up(name):
    with pytest.raises(NotAllowed):
        ANY.resolve(name, 443)


def test_a_signature_is_of_name_time_and_body():
    secret = new_secret()
    headers = signed(secret, "publish_1_7", 1_700_000_000, b"{}")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = hmac.new(key, b"publish_1_7.1700000000.{}", hashlib.sha256).digest()
    assert headers["Webhook-Signature"] == f"v1,{base64.b64encode(expected).decode()}"
    assert signed(secret, "publish_1_8", 1_700_000_000, b"{}")["Webhook-Signature"] != headers["Webhook-Signature"]
    assert new_secret() != secret
