"""Short links: only to our own pages, kept once, followed by anybody."""

import pytest

LONG = "/map#map=15.5/38.4/27.1&layers=" + ";".join(["parcels", "zones,,0.5"] * 50)


def test_a_long_address_is_kept_and_followed(client):
    kept = client.post("/api/links", json={"path": LONG})
    assert kept.status_code == 201
    code = kept.get_json()["code"]
    followed = client.get(f"/l/{code}")
    assert (followed.status_code, followed.headers["Location"]) == (302, LONG)
    assert client.get(kept.get_json()["qr"]).get_data().startswith(b"<svg")
    assert client.post("/api/links", json={"path": LONG}).get_json()["code"] == code


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/map", "/\\evil.example", "/signin?next=/x", None]
)
def test_nobody_is_led_elsewhere(client, path):
    refused = client.post("/api/links", json={"path": path})
    assert (refused.status_code, refused.get_json()["parameter"]) == (400, "path")


def test_a_code_that_nobody_made_leads_nowhere(client):
    assert client.get("/l/abcdefghj").status_code == 404
    assert client.get("/api/links/abcdefghj.svg").status_code == 404
