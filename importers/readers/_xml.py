"""What an XML file calls itself."""

import re

_SKIPPED = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")


def root_of(head: bytes) -> bytes | None:
    """The root element without its prefix; None for what is no XML or begins with more than the head."""
    at = len(head) - len(head.removeprefix(b"\xef\xbb\xbf"))
    while skipped := _SKIPPED.match(head, at):
        at = skipped.end()
    root = _ROOT.match(head, at)
    return root[1] if root else None
