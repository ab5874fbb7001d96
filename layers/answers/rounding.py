"""Rounding in one place, so that the page, the JSON and the document never differ by a hundredth."""

from decimal import ROUND_HALF_EVEN, Decimal

_HUNDREDTH = Decimal("0.01")


def rounded(value: float | Decimal) -> Decimal:
    """Two decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(_HUNDREDTH, ROUND_HALF_EVEN)
