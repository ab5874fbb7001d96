"""OGC API - Features 1, GeoJSON."""

from collections.abc import Iterator

import shapely

from conformance.check import ConformanceClass, requirement
from conformance.features import all_collections, filled
from conformance.geometry import shape_of
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson", __name__)
_TYPE = "application/geo+json"


@requirement("/req/geojson/definition", "Pages and features are given, and described, as application/geo+json.")
def definition(service: Service) -> Iterator[str]:
    paths = service.description["paths"]
    for collection in all_collections(service):
        yield from service.get(collection.address, accept=_TYPE, limit=1).not_being(200, _TYPE)
        for path in (collection.address, f"{collection.address}/{{feature}}"):
            if _TYPE not in paths[path]["get"]["responses"]["200"]["content"]:
                yield f"{path}: GeoJSON is not described"


@requirement(
    "/req/geojson/content",
    "A page is a FeatureCollection of valid features with id, properties and a shape of the kind that is described.",
)
def content(service: Service) -> Iterator[str]:
    for collection in filled(service):
        page = collection.page(limit=50)
        if page["type"] != "FeatureCollection" or "crs" in page:
            yield f"{collection.id}: a {page['type']}, crs {page.get('crs')}"
        described = collection.queryables[collection.shape_name]["format"]
        for feature in page["features"]:
            if feature["type"] != "Feature" or not {"id", "geometry", "properties"} <= set(feature):
                yield f"{collection.id}: {sorted(feature)}"
            elif f"geometry-{feature['geometry']['type'].lower()}" != described:
                yield f"{collection.id}: {feature['id']} is a {feature['geometry']['type']}"


@requirement("/req/geojson/content (RFC 7946, 3.1.6)", "Outlines go round anticlockwise, holes clockwise.")
def right_hand_rule(service: Service) -> Iterator[str]:
    for collection in filled(service):
        for feature in collection.sample:
            shape = shape_of(feature)
            for polygon in shape.geoms if isinstance(shape, shapely.MultiPolygon) else ():
                if not polygon.exterior.is_ccw or any(hole.is_ccw for hole in polygon.interiors):
                    yield f"{collection.id}: {feature['id']} goes the wrong way round"
