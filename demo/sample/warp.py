"""From the straight plane in which streets are laid out to the ground: turned, and bent as hills bend streets."""

from dataclasses import dataclass

import numpy as np

from demo.sample.arrays import Floats, Integers

_WAVES_M = (2300.0, 1100.0, 620.0)
_BEND = (0.22, 0.17, 0.08)
"""How far each wave may stretch or turn a street; together well below 1, so that streets never fold."""


@dataclass(frozen=True)
class Warps:
    """One bend per settlement; arrays are indexed by settlement number."""

    centre: Floats
    turn: Floats
    direction: Floats
    phase: Floats
    heading: Floats

    @classmethod
    def draw(cls, centres: Floats, rng: np.random.Generator) -> "Warps":
        """A bend for each centre."""
        shape = (len(centres), len(_WAVES_M))
        return cls(
            centre=centres,
            turn=rng.uniform(0, np.pi / 2, len(centres)),
            direction=rng.uniform(0, 2 * np.pi, shape),
            phase=rng.uniform(0, 2 * np.pi, shape),
            heading=rng.uniform(0, 2 * np.pi, shape),
        )

    def to_ground(self, settlement: Integers, u: Floats, v: Floats) -> Floats:
        """Storage coordinates on the millimetre grid, as an (n, 2) array."""
        bent_u, bent_v = u.copy(), v.copy()
        for wave, (length, bend) in enumerate(zip(_WAVES_M, _BEND, strict=True)):
            direction = self.direction[settlement, wave]
            heading = self.heading[settlement, wave]
            along = (u * np.cos(direction) + v * np.sin(direction)) * (2 * np.pi / length)
            shift = np.sin(along + self.phase[settlement, wave]) * (bend * length / (2 * np.pi))
            bent_u += shift * np.cos(heading)
            bent_v += shift * np.sin(heading)
        turn = self.turn[settlement]
        x = self.centre[settlement, 0] + bent_u * np.cos(turn) - bent_v * np.sin(turn)
        y = self.centre[settlement, 1] + bent_u * np.sin(turn) + bent_v * np.cos(turn)
        return np.round(np.column_stack([x, y]), 3)
