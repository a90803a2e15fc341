from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

HEALTH_SOCIAL_DISTRICT = AreaKind(
    key="health_social_district",
    slug="distretto-socio-sanitario",
    label=_("Health and social district"),
    plural=_("Health and social districts"),
    # Each health authority is divided into districts (D.Lgs. 502/1992, art. 3-quater): none is left over.
    partitions=True,
    covers=True,
)
