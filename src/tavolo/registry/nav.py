"""Where the register stands in the navigation."""

from django.utils.translation import gettext_lazy as _

from tavolo.registry import rules
from tavolo.ui.plugs import Door, NavEntry, nav_entries

nav_entries.add(
    NavEntry(
        key="registry.organisations",
        door=Door.NETWORK,
        label=_("Organisations"),
        url_name="registry:organisations",
        order=50,
    )
)
nav_entries.add(
    NavEntry(
        key="registry.work",
        door=Door.WORK,
        label=_("Organisations"),
        url_name="registry:work_organisations",
        order=40,
        visible=rules.works_on_organisations,
    )
)
nav_entries.add(
    NavEntry(
        key="registry.commitments",
        door=Door.WORK,
        label=_("Commitments"),
        url_name="registry:commitments",
        order=45,
        visible=rules.reads_commitments,
    )
)
