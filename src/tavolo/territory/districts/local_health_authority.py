from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

LOCAL_HEALTH_AUTHORITY = AreaKind(
    key="local_health_authority",
    slug="azienda-sanitaria",
    label=_("Local health authority"),
    plural=_("Local health authorities"),
    # Every resident has one (D.Lgs. 502/1992, art. 2 and 3).
    partitions=True,
    covers=True,
)
