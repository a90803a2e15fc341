from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

PROJECT_AREA = AreaKind(
    key="project_area",
    slug="area-di-progetto",
    label=_("Project area"),
    plural=_("Project areas"),
    # Each project chooses its own: several may work in the same place, and nobody has to.
    partitions=False,
    covers=False,
)
