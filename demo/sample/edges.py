"""The lines between quarters: centre lines of main streets, and where neighbourhoods may meet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demo.sample.arrays import Flags, Floats, Integers
from demo.sample.lattice import Mesh

NOTHING = -1
"""Instead of a quarter: open land."""


@dataclass(frozen=True)
class Edges:
    """Straight pieces in the (u, v) plane, each with the quarter on either hand; they run to growing u or v."""

    ua: Floats
    va: Floats
    ub: Floats
    vb: Floats
    left: Integers
    right: Integers
    line: Integers
    """Number of the main street, or NOTHING for a cut."""
    strip: Integers
    cut: Integers
    width: Floats

    def __len__(self) -> int:
        return len(self.ua)

    def only(self, chosen: Flags) -> "Edges":
        """The chosen ones, in their order."""
        return Edges(**{name: values[chosen] for name, values in vars(self).items()})


def joined_edges(parts: Sequence[Edges]) -> Edges:
    """One after the other."""
    return Edges(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})


def edges_of(mesh: Mesh) -> Edges:
    """Every piece that borders at least one built quarter; cuts after lines, each in order."""
    built = _quarter_of_cell(mesh)
    lines = [_pieces_of_line(mesh, built, line) for line in range(len(mesh.line_v))]
    cuts = [_pieces_of_cuts(mesh, built, strip) for strip in range(len(mesh.cuts))]
    edges = joined_edges([*lines, *cuts])
    return edges.only((edges.left != NOTHING) | (edges.right != NOTHING))


def _quarter_of_cell(mesh: Mesh) -> list[Integers]:
    cells = [np.full(len(cuts) - 1, NOTHING) for cuts in mesh.cuts]
    for number, (strip, cut) in enumerate(zip(mesh.quarters.strip, mesh.quarters.cut, strict=True)):
        cells[strip][cut] = number
    return cells


def _pieces_of_line(mesh: Mesh, built: list[Integers], line: int) -> Edges:
    """A main street is broken wherever a side street of either hand meets it."""
    above = mesh.cuts[line] if line < len(mesh.cuts) else np.empty(0)
    below = mesh.cuts[line - 1] if line > 0 else np.empty(0)
    breaks = np.unique(np.concatenate([above, below]))
    starts, ends = breaks[:-1], breaks[1:]
    middles = (starts + ends) / 2
    v = np.full(len(starts), mesh.line_v[line])
    nothing = np.full(len(starts), NOTHING)
    return Edges(
        ua=starts,
        va=v,
        ub=ends,
        vb=v,
        left=_cell_at(middles, above, built[line]) if len(above) else nothing,
        right=_cell_at(middles, below, built[line - 1]) if len(below) else nothing,
        line=np.full(len(starts), line),
        strip=nothing,
        cut=nothing,
        width=np.full(len(starts), mesh.line_width[line]),
    )


def _cell_at(u: Floats, cuts: Floats, cells: Integers) -> Integers:
    cell = np.searchsorted(cuts, u) - 1
    outside = (cell < 0) | (cell >= len(cells))
    return np.where(outside, NOTHING, cells[np.clip(cell, 0, len(cells) - 1)])


def _pieces_of_cuts(mesh: Mesh, built: list[Integers], strip: int) -> Edges:
    cuts, cells = mesh.cuts[strip], built[strip]
    count = len(cuts)
    return Edges(
        ua=cuts,
        va=np.full(count, mesh.line_v[strip]),
        ub=cuts,
        vb=np.full(count, mesh.line_v[strip + 1]),
        left=np.concatenate([[NOTHING], cells]),
        right=np.concatenate([cells, [NOTHING]]),
        line=np.full(count, NOTHING),
        strip=np.full(count, strip),
        cut=np.arange(count),
        width=np.full(count, mesh.cut_width),
    )
