"""The part of the work of this room that can be given to a deputy."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Part, parts_of_work
from tavolo.tables import rules

parts_of_work.add(Part(rules.TABLES, _("Bodies and seats")))
