"""What the upload page promises is what the readers read."""

import importers.readers
from layers.core.registry import discover


def test_the_upload_page_names_every_format_and_no_other(signed_in):
    page = signed_in("editor", 1).get("/district?lang=en").get_data(as_text=True)
    names = [reader.title.en.split(" (")[0] for reader in discover(importers.readers, "READER")]
    assert all(name in page for name in names), names
    assert not any(name in page for name in ("DXF", "CSV", "KML", "NCZ") if name not in names)
