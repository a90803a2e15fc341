from django.db import models
from django.utils.translation import gettext_lazy as _


class Happened(models.TextChoices):
    """What a notification tells; its label is the sentence, beneath what it is about."""

    COMMITMENT_ADDED = "commitment_added", _("There is a new commitment")
    COMMITMENT_MOVED = "commitment_moved", _("A commitment has moved on")
    PROPOSAL_MADE = "proposal_made", _("Another network proposes a change")
    PROPOSAL_ACCEPTED = "proposal_accepted", _("Your proposal was taken up")
    PROPOSAL_DECLINED = "proposal_declined", _("Your proposal was declined")
    REQUEST_CAME = "request_came", _("Somebody asks about her personal data")
    INVITATION_ACCEPTED = "invitation_accepted", _("Somebody accepted the invitation")
    DEPUTY_NAMED = "deputy_named", _("You may act in somebody’s place")
    DEPUTY_REVOKED = "deputy_revoked", _("You act in somebody’s place no more")
    IMPORT_READY = "import_ready", _("Your file is checked")
