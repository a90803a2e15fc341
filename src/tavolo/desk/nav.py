"""The first section of the work area, and what stands above it."""

from django.utils.translation import gettext_lazy as _

from tavolo.desk.web.counted import kept_count
from tavolo.desk.web.notices import unread_count
from tavolo.ui.plugs import Door, NavEntry, nav_entries

nav_entries.add(
    NavEntry(
        key="desk.today",
        door=Door.WORK,
        label=_("Today"),
        url_name="desk:today",
        order=10,
        count=kept_count,
    )
)
nav_entries.add(
    NavEntry(
        key="desk.notices",
        door=Door.BAR,
        label=_("Notifications"),
        url_name="desk:notices",
        order=10,
        count=unread_count,
    )
)
