"""The act that admits or refuses; the seats that follow from it."""

from tavolo.tables.actions.admitting.adopting import adopt_admission
from tavolo.tables.actions.admitting.withdrawing import withdraw_admission

__all__ = ["adopt_admission", "withdraw_admission"]
