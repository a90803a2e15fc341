"""Those in office who meet to agree, without a seat for others."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind("conference", "conferenze", _("Conference"), _("Conferences"), order=90, political=True)
