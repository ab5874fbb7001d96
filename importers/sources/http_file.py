"""A file at an address: asked for only if it is another than last time, by ETag or by its date."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from importers.source import Fetched, SourceKind, Terms
from importers.sources._http import Caller
from layers.core.declared_source import DeclaredSource
from layers.core.words import Title


def fetch(source: DeclaredSource, terms: Terms, known: Mapping[str, str], folder: Path) -> Fetched | None:
    """The file as it stands there. Raises NotFetched."""
    unless = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last_modified")}
    path = folder / "file"
    caller = Caller(source, terms)
    answer = caller.get(source.address, path, {name: value for name, value in unless.items() if value})
    if answer is None:
        return None
    marker = {"etag": answer.headers.get("ETag"), "last_modified": answer.headers.get("Last-Modified")}
    return Fetched(
        name=PurePosixPath(unquote(urlsplit(source.address).path)).name or source.id,
        path=path,
        marker={name: value for name, value in marker.items() if value},
        declared_crs=source.declared_crs,
    )


SOURCE = SourceKind(id="http_file", title=Title("HTTP(S) üzerinde dosya", "File by HTTP(S)"), fetch=fetch)
