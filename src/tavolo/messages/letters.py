"""The kinds of letters that this room itself knows."""

from django.utils.translation import gettext_lazy as _

from tavolo.messages.plugs import LetterKind, letter_kinds

ACCOUNT, DIGEST = "account", "messages.digest"

# What rooms beneath send through Django's own mail: invitations, new passwords. Who gets it asked for it.
letter_kinds.add(LetterKind(ACCOUNT, _("Access and invitations"), urgent=True))
letter_kinds.add(
    LetterKind(
        DIGEST,
        _("The letter of the day"),
        rule=_("you asked to receive in one letter a day what can wait"),
        urgent=True,
    )
)
