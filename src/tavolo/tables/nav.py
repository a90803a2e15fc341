"""Where bodies stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables import rules
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
nav_entries.add(
    NavEntry(
        key="tables.work",
        door=Door.WORK,
        label=_("Tables and groups"),
        url_name="tables:work_bodies",
        order=42,
        visible=rules.runs_some_bodies,
    )
)
nav_entries.add(
    NavEntry(
        key="tables.mine",
        door=Door.WORK,
        label=_("My tables"),
        url_name="tables:mine",
        order=15,
        visible=rules.sits_somewhere,
    )
)
nav_entries.add(
    NavEntry(
        key="tables.notices",
        door=Door.NETWORK,
        label=_("Public notices"),
        url_name="tables:notices",
        order=61,
    )
)
nav_entries.add(
    NavEntry(
        key="tables.work_notices",
        door=Door.WORK,
        label=_("Public notices"),
        url_name="tables:work_notices",
        order=43,
        visible=rules.runs_some_bodies,
    )
)
