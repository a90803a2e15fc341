from django.db import models
from django.utils.translation import gettext_lazy as _

# On these tables the application’s role may read and insert, no more.
APPEND_ONLY = ("journal_entry", "journal_seal")


class Fault(models.TextChoices):
    """What can be wrong with a chain; the label is the sentence that says it."""

    CHANGED = (
        "changed",
        _("Journal of %(chain)s, place %(sequence)s: the entry %(entry)s or its seal was changed."),
    )
    MISSING = "missing", _("Journal of %(chain)s, place %(sequence)s: the entry is missing.")
    OUT_OF_ORDER = (
        "out_of_order",
        _(
            "Journal of %(chain)s, place %(sequence)s: the order was changed, another entry stands here."
        ),
    )
    OTHER_NETWORK = (
        "other_network",
        _("Journal of %(chain)s, place %(sequence)s: the entry %(entry)s was moved to %(other)s."),
    )
    CUT = (
        "cut",
        _(
            "Journal of %(chain)s: its end was cut off. It holds %(count)s entries, "
            "the head kept outside the database knows of %(kept)s."
        ),
    )
    REWRITTEN = (
        "rewritten",
        _(
            "Journal of %(chain)s, place %(sequence)s: this is not the entry that the head kept "
            "outside the database knows; the chain was written anew."
        ),
    )
    HEAD_MISSING = (
        "head_missing",
        _("Journal of %(chain)s: the head kept outside the database (%(file)s) is missing."),
    )
    HEAD_FOREIGN = (
        "head_foreign",
        _(
            "Journal of %(chain)s: the head kept outside the database (%(file)s) cannot be read "
            "or is of another installation."
        ),
    )
    VALUES_CHANGED = (
        "values_changed",
        _(
            "Journal of %(chain)s, place %(sequence)s: the values of the entry %(entry)s were changed."
        ),
    )
    VALUES_MISSING = (
        "values_missing",
        _(
            "Journal of %(chain)s, place %(sequence)s: the values of the entry %(entry)s are missing, "
            "and no erasure is entered."
        ),
    )
