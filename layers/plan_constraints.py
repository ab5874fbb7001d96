"""What limits building beside the plan: protected sites, floods, landslides, faults."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped

from layers.core.allowed import Allowed, listed
from layers.core.layer import Layer, Shape
from layers.core.legal_states import LEGAL_STATES
from layers.core.levels import Counted
from layers.core.model import Feature, attribute
from layers.core.words import Title


class PlanConstraint(Feature):
    """An area that limits building: protected site, flood, landslide, fault buffer."""

    __tablename__ = "plan_constraints"

    kind: Mapped[str] = attribute(Text, tr="Tür", en="Kind", required=True, allowed=Allowed(is_class=True))
    degree: Mapped[str | None] = attribute(Text, tr="Derece", en="Degree")
    label: Mapped[str] = attribute(Text, tr="Ad", en="Name", required=True)
    plan_ref: Mapped[str | None] = attribute(Text, tr="Plan", en="Plan")
    status: Mapped[str] = attribute(
        Text, tr="Hukuki durum", en="Legal state", required=True, allowed=listed(LEGAL_STATES)
    )
    legal_basis: Mapped[str | None] = attribute(Text, tr="Dayanak", en="Legal basis")


LAYER = Layer(
    id="plan_constraints",
    title=Title("Plan kısıtları", "Plan constraints"),
    description=Title(
        "Sit, taşkın, heyelan ve fay gibi yapılaşmayı sınırlayan alanlar.",
        "An area that limits building: protected site, flood, landslide, fault buffer.",
    ),
    model=PlanConstraint,
    shape=Shape.POLYGONS,
    zooms=range(8, 17),
    tile_fields=("kind", "degree", "label"),
    label="label",
    theme="plan",
    labels_from=8,
    label_fields=("label",),
    levels=(Counted("districts", range(5, 8)),),
)
