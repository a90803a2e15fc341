"""The first section of the work area."""

from django.utils.translation import gettext_lazy as _

from tavolo.ui.plugs import Door, NavEntry, nav_entries

nav_entries.add(
    NavEntry(key="desk.today", door=Door.WORK, label=_("Today"), url_name="desk:today", order=10)
)
