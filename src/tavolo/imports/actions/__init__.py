"""All that is written of an import; each action locks the batch, asks its rule, records and announces."""

from tavolo.imports.actions.applying import apply_batch
from tavolo.imports.actions.checking import NEW, check_batch, decide_rows, mend_rows
from tavolo.imports.actions.emptying import empty_naming, empty_old
from tavolo.imports.actions.reading import choose_columns, read_batch
from tavolo.imports.actions.receiving import drop_batch, receive_file
from tavolo.imports.actions.starting import start
from tavolo.imports.actions.undoing import undo_batch

__all__ = [
    "NEW",
    "apply_batch",
    "check_batch",
    "choose_columns",
    "decide_rows",
    "drop_batch",
    "empty_naming",
    "empty_old",
    "mend_rows",
    "read_batch",
    "receive_file",
    "start",
    "undo_batch",
]
