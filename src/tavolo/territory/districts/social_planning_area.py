from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

SOCIAL_PLANNING_AREA = AreaKind(
    key="social_planning_area",
    slug="ambito-sociale",
    label=_("Social planning area"),
    plural=_("Social planning areas"),
    # Regions divide themselves wholly into areas that plan together (L. 328/2000, art. 8 c. 3).
    partitions=True,
    covers=True,
)
