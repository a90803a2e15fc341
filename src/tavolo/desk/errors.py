"""What the desk refuses, beside what the rooms below do."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class NobodyElseCanSignIn(Refusal):
    sentence = _("Nobody else of the secretariat can sign in yet.")
    advice = _("Wait until another secretary has accepted the invitation, then end this office.")
