from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

REGION = AreaKind(
    key="region",
    slug="regione",
    label=_("Region"),
    plural=_("Regions"),
    partitions=True,
    covers=True,
    children=("province", "metropolitan_city"),
    official=True,
)
