"""It collects what is known, beside a table."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind("observatory", "osservatori", _("Observatory"), _("Observatories"), order=80)
