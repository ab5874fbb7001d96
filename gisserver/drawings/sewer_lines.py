"""Sewers: brown."""

from gisserver.drawings._network import network_drawing

DRAWING = network_drawing("sewer_lines", "#7b4a17")
