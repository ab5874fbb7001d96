"""Built scripts and styles by their hashed names, and the headers that let a browser keep them."""

import json
import mimetypes
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, request, send_from_directory
from markupsafe import Markup

log = structlog.get_logger()

ADDRESS = "/static/dist"
YEAR = 365 * 86400


@dataclass(frozen=True)
class Chunk:
    """One built script: its file, the styles it brings, the chunks it imports."""

    file: str
    styles: tuple[str, ...]
    imports: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What Vite built: source name to chunk."""

    chunks: Mapping[str, Chunk]

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """The file that Vite leaves beside what it built."""
        table: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
        return cls(
            {
                source: Chunk(entry["file"], tuple(entry.get("css", ())), tuple(entry.get("imports", ())))
                for source, entry in table.items()
            }
        )

    def needed_by(self, source: str) -> Iterator[Chunk]:
        """The chunk and all it imports, deepest first, each once."""
        seen: set[str] = set()

        def walk(name: str) -> Iterator[Chunk]:
            if name in seen or name not in self.chunks:
                return
            seen.add(name)
            for imported in self.chunks[name].imports:
                yield from walk(imported)
            yield self.chunks[name]

        return walk(source)

    def tags(self, source: str, root: str = "") -> Markup:
        """The link and script tags of an entry such as src/map.ts; `root` is where the service is mounted."""
        chunks = list(self.needed_by(source))
        if not chunks:
            return Markup()
        *imported, entry = chunks
        lines = [_STYLE.format(address=_address(root, style)) for chunk in chunks for style in chunk.styles]
        lines += [_PRELOAD.format(address=_address(root, chunk.file)) for chunk in imported]
        lines.append(_SCRIPT.format(address=_address(root, entry.file)))
        return Markup("\n    ").join(lines)


_STYLE = Markup('<link rel="stylesheet" href="{address}">')
_PRELOAD = Markup('<link rel="modulepreload" href="{address}">')
_SCRIPT = Markup('<script type="module" src="{address}"></script>')


def _address(root: str, file: str) -> str:
    return f"{root}{ADDRESS}/{file}"


def _tags_by(path: Path) -> Callable[[str], Markup]:
    """Read anew after each build, for the old names are gone then.

    Without a build there are no tags: pages work without script.
    """
    known: tuple[float, Manifest] = (0.0, Manifest({}))

    def tags(source: str) -> Markup:
        nonlocal known
        try:
            built_at = path.stat().st_mtime
        except FileNotFoundError:
            log.warning("front end not built", remedy="run script/bootstrap", expected=str(path))
            return Markup()
        if built_at != known[0]:
            known = (built_at, Manifest.read(path))
        return known[1].tags(source, request.script_root)

    return tags


def init_app(app: Flask) -> None:
    """Templates say asset('src/map.ts'); the files are served compressed and kept for a year."""
    folder = Path(app.root_path) / "static" / "dist"
    app.jinja_env.globals["asset"] = _tags_by(folder / "manifest.json")

    @app.get(f"{ADDRESS}/assets/<path:name>", endpoint="assets.built")
    def built(name: str) -> Response:
        return _built(folder / "assets", name)


def _built(folder: Path, name: str) -> Response:
    """A hashed name never shows anything else, so it may be kept; the build left a .gz beside most."""
    packed = f"{name}.gz"
    is_packed = request.accept_encodings["gzip"] > 0 and (folder / packed).is_file()
    media_type = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0]
    response = send_from_directory(
        folder, packed if is_packed else name, mimetype=media_type, max_age=YEAR, download_name=name
    )
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
