"""Serving tiles: a bounded memory, kept honest by following the epochs."""
