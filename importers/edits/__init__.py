"""Edits of single features, checked as the records of a file are."""

from importers.edits.check import CheckedEdits, check_edits

__all__ = ["CheckedEdits", "check_edits"]
