from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

CULTURAL_DISTRICT = AreaKind(
    key="cultural_district",
    slug="distretto-culturale",
    label=_("Cultural district"),
    plural=_("Cultural districts"),
    # Founded by an accord: a municipality belongs to the one that it joined, or to none.
    partitions=True,
    covers=False,
)
