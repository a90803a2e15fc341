from tavolo.documents.actions.adding import add_document, add_version
from tavolo.documents.actions.changing import (
    change_visibility,
    edit_document,
    withdraw_document,
)
from tavolo.documents.actions.keeping import delete_expired, keep_longer

__all__ = [
    "add_document",
    "add_version",
    "change_visibility",
    "delete_expired",
    "edit_document",
    "keep_longer",
    "withdraw_document",
]
