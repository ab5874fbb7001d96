"""Drinking water: blue, as on the utilities' own maps."""

from gisserver.drawings._network import network_drawing

DRAWING = network_drawing("water_lines", "#1468b8")
