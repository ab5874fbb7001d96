"""What a district's bundle is made of, on its way out and back."""

from layers.core.layer import Audience, Field, Layer

EDITABLE = ("zones", "parcels")
"""Layers that come back edited; the last one lies on top of the others in the project."""
AROUND = "parcels_around"
"""Others' parcels beside the district, to be seen only."""
EDITORS = Audience.PLANNER
"""Who takes bundles along."""


def fields_of(layer: Layer, audience: Audience) -> tuple[Field, ...]:
    """What a file of this layer can bring back."""
    return tuple(field for field in layer.fields_for(audience) if not field.is_derived)
