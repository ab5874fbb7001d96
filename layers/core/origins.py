"""Where a published feature comes from."""

from layers.core.words import Title

ORIGINS = {
    "import": Title("dosyadan", "from a file"),
    "edit": Title("değişiklik takımından", "from a changeset"),
    "open_data": Title("açık veri", "open data"),
    "osm": Title("OpenStreetMap", "OpenStreetMap"),
    "sample": Title("örnek veri", "sample data"),
}
