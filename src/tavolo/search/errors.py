from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class IndexBusy(Refusal):
    """Somebody writes the index already: two would spoil it."""

    sentence = _("The search index is being written by another process.")
    advice = _("Try again in a minute.")
