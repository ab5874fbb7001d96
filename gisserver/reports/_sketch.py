"""Where the findings lie, drawn as SVG: the file in thin lines, findings on top, north and a scale bar."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from layers.core.finding_rows import FindingSketch

_COLORS = {"refusal": "#a01d18", "warning": "#8a5000", "note": "#2e4d66"}
_DASHES = {"warning": "3 1.5", "note": "1 1"}
"""In stroke widths: severities differ on a black and white printer as well."""
_WIDEST = 1.4
"""Width to height; a narrower sketch would fill more than its page."""


def drawn(sketch: FindingSketch, north: str) -> str:
    """The sketch, at least as wide as a page likes it."""
    width = max(sketch.width_m, sketch.height_m * _WIDEST)
    left = (sketch.width_m - width) / 2
    unit = width / 600
    parts = (*_strokes(sketch, unit), *_frame(sketch, left, width, unit, north))
    box = f"{left:.2f} 0 {width:.2f} {sketch.height_m:.2f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(parts)}</svg>'


def _strokes(sketch: FindingSketch, unit: float) -> Iterator[str]:
    for stroke in sketch.strokes:
        color = _COLORS.get(stroke.kind)
        if color is None:
            yield f'<path d="{stroke.path}" fill="none" stroke="#8a97a3" stroke-width="{unit / 2:.3f}"/>'
            continue
        dashes = " ".join(f"{float(dash) * unit * 2:.3f}" for dash in _DASHES.get(stroke.kind, "").split())
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield (
            f'<path d="{stroke.path}" fill="{color}" fill-opacity="0.3" stroke="{color}" '
            f'stroke-width="{unit * 1.5:.3f}"{dashed}/>'
        )


def _frame(sketch: FindingSketch, left: float, width: float, unit: float, north: str) -> Iterator[str]:
    size, foot = unit * 14, sketch.height_m - unit * 8
    length = sketch.scale_m
    yield (
        f'<rect x="{left:.2f}" y="0" width="{width:.2f}" height="{sketch.height_m:.2f}" fill="none" '
        f'stroke="#6f7b86" stroke-width="{unit:.3f}"/>'
    )
    yield f'<path d="M {left + unit * 8:.2f} {foot:.2f} h {length}" stroke="#17212b" stroke-width="{unit * 3:.3f}"/>'
    yield _text(left + unit * 8, foot - unit * 5, size, f"{length} m")
    yield _text(left + width - unit * 24, unit * 18, size, f"{north} ↑")


def _text(x: float, y: float, size: float, words: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="Source Sans 3" font-size="{size:.3f}" fill="#17212b">'
        f"{escape(words)}</text>"
    )
