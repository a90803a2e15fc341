"""Where bodies stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from tavolo.ui.plugs import Door, NavEntry, nav_entries

nav_entries.add(
    NavEntry(
        key="tables.bodies",
        door=Door.NETWORK,
        label=_("Tables and groups"),
        url_name="tables:bodies",
        order=60,
    )
)
