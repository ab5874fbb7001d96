"""What was measured beside what it should be."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table; without a goal it is there to explain the others."""

    what: str
    value: float
    form: str
    """How the value is written, with its unit, for instance "{:.2f} ms"."""
    at_least: float | None = None
    at_most: float | None = None
    remark: str = ""

    @property
    def has_goal(self) -> bool:
        """Whether there is something to reach."""
        return self.at_least is not None or self.at_most is not None

    @property
    def is_reached(self) -> bool:
        """Whether the value keeps to its goal."""
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """What, measured, goal, reached."""
        what = f"{self.what} ({self.remark})" if self.remark else self.what
        value = self.form.format(self.value)
        if self.at_least is not None:
            goal = f"≥ {self.form.format(self.at_least)}"
        elif self.at_most is not None:
            goal = f"≤ {self.form.format(self.at_most)}"
        else:
            return what, value, "", ""
        return what, value, goal, "yes" if self.is_reached else "**no**"


def table(figures: Sequence[Figure]) -> str:
    """In Markdown."""
    rows = [("", "measured", "goal", "reached"), ("---",) * 4, *(figure.cells for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
