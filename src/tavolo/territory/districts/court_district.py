from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

COURT_DISTRICT = AreaKind(
    key="court_district",
    slug="circondario",
    label=_("District of a court"),
    plural=_("Districts of courts"),
    # Every place has one court of first instance (R.D. 12/1941, art. 42 and 43).
    partitions=True,
    covers=True,
)
