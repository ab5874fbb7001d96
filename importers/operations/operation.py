"""What a file does to the pool's parcels, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from importers.operations.group import Group
from importers.operations.share import Share
from layers.core.operations import OperationKind
from layers.core.words import Title


class Doubt(StrEnum):
    """Why a person should look."""

    GROUND_IS_LOST = "ground_is_lost"
    GROUND_IS_WON = "ground_is_won"
    STRIP_AND_MORE = "strip_and_more"
    CHANGED_ON_BOTH_SIDES = "changed_on_both_sides"
    PARTS_DO_NOT_TOUCH = "parts_do_not_touch"
    SAID_OTHERWISE = "said_otherwise"
    SAID_DIFFERENTLY = "said_differently"
    NOT_BALANCED = "not_balanced"
    NO_PARENT = "no_parent"


DOUBTS: Mapping[Doubt, Title] = {
    Doubt.GROUND_IS_LOST: Title(
        "{lost} m² eski parsellerdeydi, yenilerinde yok ve yol boyunca bir şerit gibi durmuyor",
        "{lost} m² of the former parcels are in none of the new ones, and do not lie like a strip along a road",
    ),
    Doubt.GROUND_IS_WON: Title(
        "{gained} m² önce hiçbir parselde değildi: yoldan ihdas ya da çizim hatası olabilir",
        "{gained} m² were in no parcel before: created from a road, or drawn wrongly",
    ),
    Doubt.STRIP_AND_MORE: Title(
        "{lost} m² yola terk gibi duruyor, sınırlar da değişiyor",
        "{lost} m² look like a cession to the road, and boundaries change as well",
    ),
    Doubt.CHANGED_ON_BOTH_SIDES: Title(
        "{lost} m² gidiyor, {gained} m² geliyor: sınır yanlış yere çizilmiş olabilir",
        "{lost} m² go and {gained} m² come: the outline may be drawn in the wrong place",
    ),
    Doubt.PARTS_DO_NOT_TOUCH: Title(
        "birleşen parseller bir kenar boyunca birbirine değmiyor",
        "the joined parcels do not touch along an edge",
    ),
    Doubt.SAID_OTHERWISE: Title(
        "dosyada {declared} yazıyor, zemin {kind} gösteriyor",
        "the file says {declared}, the ground shows {kind}",
    ),
    Doubt.SAID_DIFFERENTLY: Title(
        "dosyada aynı işlem için {declared} yazıyor", "the file says {declared} of one and the same operation"
    ),
    Doubt.NOT_BALANCED: Title(
        "dosyada {declared} yazıyor, ama alanlar denk değil", "the file says {declared}, but the areas do not balance"
    ),
    Doubt.NO_PARENT: Title(
        "dosyada {declared} yazıyor, ama burada yayımlanmış parsel yok",
        "the file says {declared}, but no published parcel lies here",
    ),
}


DECLARATION_DOUBTS = frozenset({Doubt.SAID_OTHERWISE, Doubt.SAID_DIFFERENTLY, Doubt.NOT_BALANCED, Doubt.NO_PARENT})
"""Those about what the file says, not about what the ground shows."""


@dataclass(frozen=True)
class Balance:
    """The ground of an operation before and after, in m²."""

    parents_m2: float
    children_m2: float
    lost_m2: float = 0.0
    gained_m2: float = 0.0
    tolerance_m2: float = 0.0
    ceded_m2: float = 0.0
    """Of what is lost, what is given to a road."""

    @property
    def as_facts(self) -> Mapping[str, float]:
        """For sentences and reports, to the square decimetre."""
        return {
            "before": round(self.parents_m2, 2),
            "after": round(self.children_m2, 2),
            "lost": round(self.lost_m2, 2),
            "gained": round(self.gained_m2, 2),
            "tolerance": round(self.tolerance_m2, 2),
            "ceded": round(self.ceded_m2, 2),
        }


@dataclass(frozen=True)
class Operation:
    """Parents and children that belong together: all of it happens, or nothing."""

    kind: OperationKind
    shares: tuple[Share, ...]
    balance: Balance = Balance(0.0, 0.0)
    doubts: tuple[Doubt, ...] = ()
    declared: tuple[OperationKind, ...] = ()
    """What the file says of it; several where it contradicts itself."""
    is_holding: bool = True
    """False where too much is unclear for the parents to end."""
    born: tuple[tuple[int, str | None], ...] = ()
    """Line and ref of records that came from no parcel."""

    @classmethod
    def of(cls, group: Group, kind: OperationKind, balance: Balance, *doubts: Doubt) -> "Operation":
        """What the ground shows of a group."""
        return cls(kind, group.shares, balance, doubts)

    @property
    def is_sure(self) -> bool:
        """Nothing speaks against it."""
        return not self.doubts

    @property
    def parent_refs(self) -> tuple[str, ...]:
        """What it began with."""
        return tuple(sorted({share.parent_ref for share in self.shares}))

    @property
    def child_refs(self) -> tuple[str, ...]:
        """What came of it."""
        named = {share.child_ref for share in self.shares} | {ref for _, ref in self.born}
        return tuple(sorted(ref for ref in named if ref))

    @property
    def lines(self) -> frozenset[int]:
        """The records it consists of."""
        return frozenset(share.child_line for share in self.shares) | {line for line, _ in self.born}
