"""How long what somebody brought is kept: rows may hold personal data."""

from datetime import timedelta

# So long after anything last happened to a batch its file, rows and changes are deleted, whatever
# its state. What it imported stays, and so do its counts; it cannot be undone after that.
KEPT_DAYS = 90
KEPT_FOR = timedelta(days=KEPT_DAYS)
