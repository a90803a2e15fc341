from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

METROPOLITAN_CITY = AreaKind(
    key="metropolitan_city",
    slug="citta-metropolitana",
    label=_("Metropolitan city"),
    plural=_("Metropolitan cities"),
    partitions=True,
    covers=False,
    official=True,
)
