from django.utils.translation import gettext_lazy as _

from tavolo.territory.plugs import AreaKind

EDUCATION_AREA = AreaKind(
    key="education_area",
    slug="ambito-scolastico",
    label=_("Education area"),
    plural=_("Education areas"),
    # The areas of schools divide the whole region (L. 107/2015, art. 1 c. 66); so do zones of education.
    partitions=True,
    covers=True,
)
