"""What a network may set about itself; rooms above read it by `kernel.network.setting_of`."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.network import Setting

SOURCES = Setting("registry.sources", _("Where its first data come from"), "", str)
CONTACT = Setting("registry.contact", _("E-mail of the secretariat, for everybody"), "", str)
