"""Where a plan, or a limit to building, stands in law."""

from layers.core.words import Title

LEGAL_STATES = {
    "proposed": Title("teklif", "proposed"),
    "on_display": Title("askıda", "on display"),
    "under_review": Title("incelemede", "under review"),
    "in_force": Title("yürürlükte", "in force"),
}
