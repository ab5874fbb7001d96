"""WFS, WMS and WMTS for programs that know nothing newer: Debian's MapServer behind our access rules."""
