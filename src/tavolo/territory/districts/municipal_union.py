from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

MUNICIPAL_UNION = AreaKind(
    key="municipal_union",
    slug="unione",
    label=_("Union of municipalities"),
    plural=_("Unions of municipalities"),
    # A municipality may join one union alone, and need not (D.Lgs. 267/2000, art. 32 c. 2).
    partitions=True,
    covers=False,
)
