"""What is handed on to MapServer of a request: known parameters, and nothing that makes it fetch or load."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

LONGEST = 65_536
"""Characters of all parameters together, and of a body."""
_OF_ALL = ("service", "request", "version", "acceptversions", "sections", "updatesequence", "exceptions", "format")
_OF_PICTURES = (
    "layers", "styles", "crs", "srs", "bbox", "width", "height", "transparent", "bgcolor", "query_layers",
    "info_format", "feature_count", "i", "j", "x", "y", "layer", "style", "rule", "scale",
)  # fmt: skip
_OF_FEATURES = (
    "typename", "typenames", "namespaces", "count", "maxfeatures", "startindex", "srsname", "filter", "resourceid",
    "featureid", "propertyname", "sortby", "resulttype", "outputformat", "storedquery_id", "valuereference", "id",
)  # fmt: skip
_KNOWN = frozenset((*_OF_ALL, *_OF_PICTURES, *_OF_FEATURES))
_FETCHING = ("sld", "sld_body")
"""They would let a caller choose addresses and files for the server to read."""


class TooMuchAsked(Exception):
    """More text than any question needs."""


class NotTaken(Exception):
    """A parameter that is refused rather than left out, because leaving it out would answer another question."""

    def __init__(self, parameter: str) -> None:
        self.parameter = parameter
        super().__init__(parameter)


def handed_on(arguments: Mapping[str, str]) -> dict[str, str]:
    """In small letters; what is nobody's is left out, as the standards say. Raises NotTaken, TooMuchAsked."""
    asked = {name.lower(): value for name, value in arguments.items()}
    for name in _FETCHING:
        if asked.get(name):
            raise NotTaken(name)
    kept = {name: value for name, value in asked.items() if name in _KNOWN and "\0" not in value}
    if sum(map(len, kept.values())) > LONGEST:
        raise TooMuchAsked
    return kept


def query_text(asked: Mapping[str, str]) -> str:
    """As a CGI program reads it."""
    return urlencode(asked)


def is_plain_xml(body: bytes) -> bool:
    """False where a document brings definitions of its own, by which it could name files or grow without end."""
    return not any(sign in body for sign in _DEFINITIONS)


_DEFINITIONS: Iterable[bytes] = tuple(
    word.encode(letters) for word in ("<!DOCTYPE", "<!ENTITY") for letters in ("ascii", "utf-16-le", "utf-16-be")
)
