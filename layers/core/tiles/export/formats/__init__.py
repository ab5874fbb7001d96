"""Formats that a file of tiles is written in: one file each; it declares FORMAT."""
