"""The results as a page of the docs."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from conformance.suite import Result

PAGE = Path(__file__).parent.parent / "docs/conformance.md"
_HEAD = """# Conformance

Written by `script/conformance --write`. Each requirement of each class in `/api/conformance` is tried against a
running service by a check of our own (`conformance/classes`, one file for each class); `script/test` runs them too.
`script/conformance URL` tries another service and ends with 1 where one is not met.
"""


def page(results: Sequence[Result]) -> str:
    """In Markdown."""
    return "\n".join((_HEAD, _total(results), *_tables(results))) + "\n"


def _total(results: Sequence[Result]) -> str:
    kept = sum(result.word == "yes" for result in results)
    classes = len({result.uri for result in results})
    return f"{kept} of {len(results)} requirements of {classes} classes are met."


def _tables(results: Sequence[Result]) -> Iterator[str]:
    for uri, of_class in groupby(results, key=lambda result: result.uri):
        yield from ("", f"## {short(uri)}", "", f"`{uri}`", "", "| requirement | | met |", "|---|---|---|")
        for result in of_class:
            yield f"| `{result.check.requirement}` | {result.check.sentence} | {result.word} |"


def short(uri: str) -> str:
    """Standard and class, without what all addresses share."""
    return uri.removeprefix("http://www.opengis.net/spec/").replace("/conf/", ": ")
