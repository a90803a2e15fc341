from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

PROVINCE = AreaKind(
    key="province",
    slug="provincia",
    label=_("Province"),
    plural=_("Provinces"),
    partitions=True,
    # Where there is a metropolitan city, there is no province.
    covers=False,
    official=True,
)
