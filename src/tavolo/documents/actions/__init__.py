from tavolo.documents.actions.adding import add_document, add_version
from tavolo.documents.actions.changing import (
    change_visibility,
    edit_document,
    withdraw_document,
)

__all__ = [
    "add_document",
    "add_version",
    "change_visibility",
    "edit_document",
    "withdraw_document",
]
