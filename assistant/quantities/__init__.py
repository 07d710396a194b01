"""Quantities in Korean and English text, as exact values with a canonical unit."""

from assistant.quantities.find import find_quantities
from assistant.quantities.quantity import Bound, Quantity, same_value
from assistant.quantities.show import format_quantity

__all__ = ["Bound", "Quantity", "find_quantities", "format_quantity", "same_value"]
