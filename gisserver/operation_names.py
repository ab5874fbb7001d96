"""The names of cadastral operations in the reader's language."""

from flask_babel import gettext as _


def name_of_operation(operation: str) -> str:
    """What nobody has named stands as it is."""
    names: dict[str, str] = {
        "subdivision": _("Subdivision"),
        "amalgamation": _("Amalgamation"),
        "road_cession": _("Ceded to the road"),
        "road_creation": _("Created from the road"),
        "article18": _("Land readjustment"),
        "readjustment": _("Joined and divided anew"),
        "renumbering": _("New number"),
        "use_change": _("Change of land use"),
        "correction": _("Correction"),
        "first_registration": _("First registration"),
        "revert": _("Undoing"),
        "ending": _("Ended without a successor"),
    }
    return names.get(operation, operation)
