"""Where in an address the place of a tile goes."""

HALF_M = 20_037_508.342789244
"""From the middle of the world to its edge."""


def placed(template: str, z: int, x: int, y: int) -> str:
    """By the grid of web maps; WMS is asked for the tile's box in metres."""
    side = 2 * HALF_M / 2**z
    west, north = x * side - HALF_M, HALF_M - y * side
    box = ",".join(f"{edge:.6f}" for edge in (west, north - side, west + side, north))
    for name, word in (("z", str(z)), ("x", str(x)), ("y", str(y)), ("bbox", box)):
        template = template.replace(f"{{{name}}}", word)
    return template
