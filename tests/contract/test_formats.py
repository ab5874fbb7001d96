"""What the upload page promises is what the readers read."""

import importers.readers
from layers.core.registry import discover


def test_the_upload_page_names_every_format_and_no_other(signed_in):
    page = signed_in("editor", 1).get("/district?lang=en").get_data(as_text=True)
    titles = [reader.title.en.split(" (")[0] for reader in discover(importers.readers, "READER")]
    names = [name for title in titles for name in title.split(", ")]
    assert [name for name in names if name not in page] == []
    assert not any(name in page for name in ("DXF", "CSV", "KML", "NCZ", "DWG") if name not in names)
