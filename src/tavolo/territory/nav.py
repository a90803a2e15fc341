from django.utils.translation import gettext_lazy as _

from tavolo.ui.plugs import Door, NavEntry, nav_entries

nav_entries.add(
    NavEntry(
        key="territory.country",
        door=Door.TERRITORY,
        label=_("Italy by regions"),
        url_name="territory:country",
        order=10,
    )
)
