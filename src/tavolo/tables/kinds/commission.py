"""Persons appointed or elected."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind("commission", "commissioni", _("Commission"), _("Commissions"), order=70)
