"""Reading features: a question is parsed once, said in SQL, and answered by GeoJSON text out of the database."""

from layers.core.query.boxes import LonLatBox
from layers.core.query.count import count_matches, counted, guess_matches
from layers.core.query.csv_output import csv_line, csv_names
from layers.core.query.feature_query import EVERYTHING, PAGE, FeatureQuery, Unsaid
from layers.core.query.item import (
    FoundFeature,
    features_at,
    items_asked_together,
    published_version,
    read_feature,
    was_published,
)
from layers.core.query.jsonfg_output import jsonfg_text
from layers.core.query.output import feature_text
from layers.core.query.page import PageEnd, at_epoch, page_asked_at_once, read_page, read_rows
from layers.core.query.parameters import item_parameters, page_parameters
from layers.core.query.patience import TooExpensive, end_with_connection, limit_time, within_reason
from layers.core.query.properties import GEOMETRY, ReadableLayer
from layers.core.query.wrong import WrongQuery

__all__ = [
    "EVERYTHING",
    "GEOMETRY",
    "PAGE",
    "FeatureQuery",
    "FoundFeature",
    "LonLatBox",
    "PageEnd",
    "ReadableLayer",
    "TooExpensive",
    "Unsaid",
    "WrongQuery",
    "at_epoch",
    "count_matches",
    "counted",
    "csv_line",
    "csv_names",
    "end_with_connection",
    "feature_text",
    "features_at",
    "guess_matches",
    "item_parameters",
    "items_asked_together",
    "jsonfg_text",
    "limit_time",
    "page_asked_at_once",
    "page_parameters",
    "published_version",
    "read_feature",
    "read_page",
    "read_rows",
    "was_published",
    "within_reason",
]
