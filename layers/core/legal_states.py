"""Where a plan, or a limit to building, stands in law."""

LEGAL_STATES = ("proposed", "on_display", "under_review", "in_force")
