"""The handbook on the site."""


def test_the_contents_list_every_page_of_the_handbook(client):
    page = client.get("/docs").text
    assert 'href="/docs/architecture.md"' in page
    assert 'href="/docs/decisions/0001-tiles-are-rows.md"' in page


def test_a_page_is_shown_with_its_tables(client):
    page = client.get("/docs/reference/layers.md").text
    assert "<h1>Layers</h1>" in page
    assert "<table>" in page


def test_nothing_outside_the_handbook_can_be_read(client):
    for name in ("../setup.cfg", "..%2fsetup.cfg", "%2e%2e/setup.cfg", "/etc/passwd", "nothing.md"):
        assert client.get(f"/docs/{name}", follow_redirects=True).status_code == 404
