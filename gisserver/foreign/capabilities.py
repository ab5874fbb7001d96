"""What WMS, WMTS and WFS say that they offer."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode
from xml.parsers.expat import ExpatError

from gisserver.foreign.document import Element, parsed
from gisserver.foreign.fetching import NotHad, Why
from gisserver.foreign.gathering import MOST_FEATURES
from gisserver.foreign.offered import Offered

MOST_LAYERS = 2_000
AT_ONCE = 5_000
"""Features on a page."""
PIXELS = 512
_SCALE_AT_ZOOM_0 = 559_082_264.0287178
_LAST_ZOOM = 24
_WEB_MERCATOR = ("3857", "900913", "102100", "3785")
"""The codes that servers of different ages have for the system of web maps."""
SPOKEN = {"wms": ("1.3.0", "1.1.1"), "wmts": ("1.0.0",), "wfs": ("2.0.0", "1.1.0", "1.0.0")}
"""The newest first."""
_ROOTS = {
    "wms": ("WMS_Capabilities", "WMT_MS_Capabilities"),
    "wmts": ("Capabilities",),
    "wfs": ("WFS_Capabilities",),
}
_EXCEPTIONS = ("ExceptionReport", "ServiceExceptionReport")


def asked(kind: str, address: str, version: str) -> str:
    """The question what the server offers."""
    return _with_words(address, {"SERVICE": kind.upper(), "VERSION": version, "REQUEST": "GetCapabilities"})


def offered(kind: str, address: str, document: bytes) -> list[Offered]:
    """Each layer with how it is asked for, in the version that the server answers with. Raises NotHad."""
    expected = f"{kind.upper()} {_and(SPOKEN[kind])}"
    try:
        root = parsed(document)
    except (ExpatError, ValueError, IndexError) as cause:
        raise NotHad(Why.NOT_UNDERSTOOD, expected) from cause
    if root.name in _EXCEPTIONS:
        raise NotHad(Why.REFUSED, root.name)
    if root.name not in _ROOTS[kind]:
        raise NotHad(Why.NOT_UNDERSTOOD, expected)
    version = root.said.get("version") or SPOKEN[kind][0]
    if version not in SPOKEN[kind] and not version.startswith("2.0."):
        raise NotHad(Why.SPEAKS_OTHER, f"{kind.upper()} {version}")
    layers = {"wms": _of_wms, "wmts": _of_wmts, "wfs": _of_wfs}[kind](root, address, version)
    found = list({one.name: one for one in layers}.values())[:MOST_LAYERS]
    if not found:
        raise NotHad(Why.NOT_UNDERSTOOD, expected)
    return found


def _with_words(address: str, words: Mapping[str, str]) -> str:
    """The address with these words instead of those it has of the same name; {placeholders} stay as they are."""
    base, _, given = address.partition("?")
    kept = [part for part in given.split("&") if part and part.partition("=")[0].upper() not in words]
    return f"{base}?{'&'.join((*kept, urlencode(words, safe='{}:,/')))}"


def _and(versions: Sequence[str]) -> str:
    return " / ".join(versions)


def _of_wms(root: Element, address: str, version: str) -> Iterator[Offered]:
    system = {"CRS" if version == SPOKEN["wms"][0] else "SRS": _web_mercator(root)}
    credit = next((one.direct("Title") for one in root.all("Attribution")), "")
    for layer in root.all("Layer"):
        name = layer.direct("Name")
        if not name:
            continue
        words = {
            "SERVICE": "WMS",
            "VERSION": version,
            "REQUEST": "GetMap",
            "LAYERS": name,
            "STYLES": "",
            **system,
            "BBOX": "{bbox}",
            "WIDTH": str(PIXELS),
            "HEIGHT": str(PIXELS),
            "FORMAT": "image/png",
            "TRANSPARENT": "TRUE",
        }
        yield Offered(name, layer.direct("Title") or name, pictures=_with_words(address, words), credit=credit)


def _web_mercator(root: Element) -> str:
    """By the code that this server has for it; some list several in one element."""
    listed = {code for name in ("CRS", "SRS") for one in root.all(name) for code in one.words.split()}
    return next((code for number in _WEB_MERCATOR if (code := f"EPSG:{number}") in listed), "EPSG:3857")


def _of_wfs(root: Element, address: str, version: str) -> Iterator[Offered]:
    """Pages came with 2.0; before, one answer holds all that is asked for.

    Who speaks 1.1 also speaks 1.0, in which no server writes north before east.
    """
    is_old = version.startswith("1.")
    spoken = SPOKEN["wfs"][-1] if is_old else version
    named, most = ("TYPENAME", "MAXFEATURES") if is_old else ("TYPENAMES", "COUNT")
    count = MOST_FEATURES if is_old else AT_ONCE
    for kind in root.all("FeatureType"):
        name = kind.direct("Name")
        words = {"SERVICE": "WFS", "VERSION": spoken, "REQUEST": "GetFeature", named: name}
        features = _with_words(address, {**words, most: str(count)})
        yield Offered(name, kind.direct("Title") or name, features=features)


def _of_wmts(root: Element, address: str, version: str) -> Iterator[Offered]:
    grids = {grid.direct("Identifier"): grid for grid in root.all("TileMatrixSet") if grid.has("SupportedCRS")}
    matrices = {name: called for name, grid in grids.items() if (called := _matrix_called(grid))}
    for layer in root.all("Layer"):
        linked = [link.direct("TileMatrixSet") for link in layer.all("TileMatrixSetLink")]
        grid = next((name for name in linked if name in matrices), None)
        if grid is None:
            continue
        name = layer.direct("Identifier")
        words = {"Style": next((one.direct("Identifier") for one in layer.all("Style")), "default")}
        words |= {"TileMatrixSet": grid, "TileMatrix": matrices[grid], "TileRow": "{y}", "TileCol": "{x}"}
        template = next((one.said.get("template") for one in layer.all("ResourceURL")), None)
        pictures = _filled(template, words) if template else _by_words(address, name, words, version)
        yield Offered(name, layer.direct("Title") or name, pictures=pictures)


def _matrix_called(grid: Element) -> str | None:
    """How this grid calls a zoom of the web map's grid; None where it is another."""
    if not any(code in grid.direct("SupportedCRS") for code in _WEB_MERCATOR):
        return None
    for matrix in grid.all("TileMatrix"):
        name, scale = matrix.direct("Identifier"), float(matrix.direct("ScaleDenominator") or "nan")
        for zoom in range(_LAST_ZOOM + 1):
            if abs(scale * 2**zoom / _SCALE_AT_ZOOM_0 - 1) < 0.01 and name.endswith(str(zoom)):
                return f"{name.removesuffix(str(zoom))}{{z}}"
    return None


def _filled(template: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        template = template.replace(f"{{{name}}}", word).replace(f"{{{name.lower()}}}", word)
    return template


def _by_words(address: str, name: str, words: Mapping[str, str], version: str) -> str:
    tile = {"SERVICE": "WMTS", "VERSION": version, "REQUEST": "GetTile", "LAYER": name}
    upper = {word.upper(): value for word, value in words.items()}
    return _with_words(address, {**tile, **upper, "FORMAT": "image/png"})
