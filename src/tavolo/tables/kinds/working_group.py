"""A group with a task, of a body or by itself."""

from django.utils.translation import gettext_lazy as _

from tavolo.tables.plugs import BodyKind

BodyKind("working_group", "gruppi-di-lavoro", _("Working group"), _("Working groups"), order=60)
