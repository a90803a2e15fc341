"""What is asked of imports; everything that belongs to somebody is named by who asks."""

from tavolo.imports.queries.batches import (
    batch_at,
    batches_naming,
    batches_of,
    changes_of,
    kept_until,
    kind_or_none,
    kinds_for,
    matching_of,
    may_be_undone,
    progress_of,
    remembered_of,
    rows_of,
    sentence_of,
)
from tavolo.imports.queries.states import (
    Differing,
    changed_since,
    differing,
    same_state,
    states_there,
)
from tavolo.imports.queries.tables import Leaving, export_of, faulty_table

__all__ = [
    "Differing",
    "Leaving",
    "batch_at",
    "batches_naming",
    "batches_of",
    "changed_since",
    "changes_of",
    "differing",
    "export_of",
    "faulty_table",
    "kept_until",
    "kind_or_none",
    "kinds_for",
    "matching_of",
    "may_be_undone",
    "progress_of",
    "remembered_of",
    "rows_of",
    "same_state",
    "sentence_of",
    "states_there",
]
