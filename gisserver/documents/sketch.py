"""The sketch of an answer as SVG for paper: zones, hatched constraints, numbered neighbours, north and a scale."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from layers.answers.sketch import Outline, Sketch
from layers.core.profile import LegendEntry, Profile

_UNKNOWN = "#9aa4ad"


def drawn(sketch: Sketch, profile: Profile, north: str) -> str:
    """The whole picture; line widths follow its size, so that they are the same on each sheet."""
    unit = sketch.width_m / 300
    shapes = "".join(_shape(outline, profile, unit) for outline in sketch.outlines)
    frame = "".join(_frame(sketch, unit, north))
    hatches = "".join(_hatches(sketch, profile, unit))
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{sketch.view_box}">'
    return "".join((start, "<defs>", hatches, "</defs>", shapes, frame, "</svg>"))


def legend_of(sketch: Sketch, profile: Profile, language: str) -> list[dict[str, str]]:
    """Colour and name of everything that lies in the picture."""
    entries = [("zone", _entry(profile, "zones", key), key) for key in sketch.uses]
    entries += [("constraint", _entry(profile, "plan_constraints", key), key) for key in sketch.themes]
    return [
        {"kind": kind, "color": entry.color if entry else _UNKNOWN, "title": entry.title(language) if entry else key}
        for kind, entry, key in entries
    ]


def _entry(profile: Profile, layer_id: str, key: str) -> LegendEntry | None:
    return next((entry for entry in profile.legends.get(layer_id, ()) if entry.key == key), None)


def _color(profile: Profile, layer_id: str, key: str) -> str:
    entry = _entry(profile, layer_id, key)
    return entry.color if entry else _UNKNOWN


def _shape(outline: Outline, profile: Profile, unit: float) -> str:
    path = f"<path d={quoteattr(outline.path)}"
    match outline.kind:
        case "zone":
            return f'{path} fill="{_color(profile, "zones", outline.key)}" fill-opacity="0.6"/>'
        case "constraint":
            color = _color(profile, "plan_constraints", outline.key)
            return f'{path} fill="url(#hatch-{outline.key})" stroke="{color}" stroke-width="{unit:.3f}"/>'
        case "subject":
            return f'{path} fill="none" stroke="#17212b" stroke-width="{unit * 2.5:.3f}"/>'
        case _:
            return f'{path} fill="none" stroke="#56636f" stroke-width="{unit * 0.5:.3f}"/>{_label(outline, unit)}'


def _label(outline: Outline, unit: float) -> str:
    if outline.x is None or outline.y is None or not outline.label:
        return ""
    return _text(outline.x, outline.y, unit * 7, outline.label, "middle")


def _hatches(sketch: Sketch, profile: Profile, unit: float) -> Iterator[str]:
    step = unit * 5
    for key in sketch.themes:
        yield (
            f'<pattern id="hatch-{key}" width="{step:.3f}" height="{step:.3f}" patternUnits="userSpaceOnUse">'
            f'<path d="M 0 {step:.3f} L {step:.3f} 0" stroke="{_color(profile, "plan_constraints", key)}" '
            f'stroke-width="{unit * 0.7:.3f}"/></pattern>'
        )


def _frame(sketch: Sketch, unit: float, north: str) -> Iterator[str]:
    length, foot = sketch.scale_m, sketch.height_m - unit * 5
    yield (
        f'<rect width="{sketch.width_m}" height="{sketch.height_m}" fill="none" stroke="#6f7b86" '
        f'stroke-width="{unit:.3f}"/>'
    )
    yield f'<path d="M {unit * 5:.2f} {foot:.2f} h {length}" stroke="#17212b" stroke-width="{unit * 2:.3f}"/>'
    yield _text(unit * 5, foot - unit * 3, unit * 8, f"{length} m", "start")
    yield _text(sketch.width_m - unit * 5, unit * 11, unit * 9, f"{north} ↑", "end")


def _text(x: float, y: float, size: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="Source Sans 3" font-size="{size:.3f}" fill="#17212b" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
