"""The part of a network's work that is this room's: it can be given to a deputy by itself."""

from django.utils.translation import gettext_lazy as _

from tavolo.documents.rules import DOCUMENTS
from tavolo.kernel.actor import Part, parts_of_work

parts_of_work.add(Part(DOCUMENTS, _("Documents")))
