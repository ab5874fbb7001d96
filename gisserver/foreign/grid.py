"""Where in an address the place of a tile goes."""

_HALF_M = 20_037_508.342789244


def placed(template: str, z: int, x: int, y: int) -> str:
    """By the grid of web maps; WMS is asked for the tile's box in metres."""
    side = 2 * _HALF_M / 2**z
    west, north = x * side - _HALF_M, _HALF_M - y * side
    box = ",".join(f"{edge:.6f}" for edge in (west, north - side, west + side, north))
    for name, word in (("z", str(z)), ("x", str(x)), ("y", str(y)), ("bbox", box)):
        template = template.replace(f"{{{name}}}", word)
    return template
