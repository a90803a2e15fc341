"""What a network may set about its letters."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.network import Setting
from tavolo.messages.rules import Quiet


def read_quiet(told: str) -> Quiet:
    """`20:00-07:30`; ValueError for anything else."""
    begins, _sign, ends = told.partition("-")
    return Quiet(time.fromisoformat(begins), time.fromisoformat(ends))


def written_quiet(quiet: Quiet) -> str:
    """What `read_quiet` reads."""
    return f"{quiet.begins:%H:%M}-{quiet.ends:%H:%M}"


QUIET_HOURS = Setting(
    "messages.quiet_hours",
    _("When no letters leave"),
    Quiet(time(20), time(7, 30)),
    read_quiet,
)
