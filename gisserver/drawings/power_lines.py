"""Power: red and dashed."""

from gisserver.drawings._network import network_drawing

DRAWING = network_drawing("power_lines", "#c8102e", dashes=(3, 1.5))
