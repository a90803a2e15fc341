"""Where the networks' own pages stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from tavolo.ui.plugs import Door, NavEntry, nav_entries

# After the register, where the door leads: here so that a network's page lies behind it too.
nav_entries.add(
    NavEntry(
        key="portal.networks",
        door=Door.NETWORK,
        label=_("Networks"),
        url_name="portal:networks",
        order=90,
    )
)
