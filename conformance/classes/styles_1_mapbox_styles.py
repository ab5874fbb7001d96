"""OGC API - Styles 1 (draft), Mapbox Styles."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service, document, is_absolute, link
from conformance.tilesets import REL

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/mapbox-styles", __name__)


@requirement(
    "/req/mapbox-styles/content",
    "A style is of version 8, its layers draw sources that it has, and its sources are there.",
)
def content(service: Service) -> Iterator[str]:
    listed = document(service.get(link(service.landing, f"{REL}/styles")["href"]))
    for one in listed["styles"]:
        style = document(service.get(link(one, "stylesheet")["href"]))
        drawn = {layer["source"] for layer in style["layers"] if "source" in layer}
        if style["version"] != 8 or not drawn <= set(style["sources"]):
            yield f"{one['id']}: version {style['version']}, sources {sorted(drawn - set(style['sources']))}"
        for name, source in style["sources"].items():
            addresses = [source["url"]] if "url" in source else source.get("tiles", ())
            yield from (f"{one['id']}: {name} is not absolute" for href in addresses if not is_absolute(href))
