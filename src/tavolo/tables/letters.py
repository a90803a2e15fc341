"""The letters of this room: the link to an expression of interest, and its receipt."""

from django.utils.translation import gettext_lazy as _

from tavolo.messages.plugs import LetterKind, letter_kinds

# Whoever gets them has asked for them a moment ago: they leave in quiet hours too.
APPLICATION_BEGUN = letter_kinds.add(
    LetterKind(
        "tables.application_begun",
        _("The link to an expression of interest"),
        rule=_("you asked for the link to answer a public notice"),
        urgent=True,
    )
)
APPLICATION_RECEIVED = letter_kinds.add(
    LetterKind(
        "tables.application_received",
        _("Receipt of an expression of interest"),
        rule=_("whoever applies gets a receipt"),
        urgent=True,
    )
)
CHECK_STEP = letter_kinds.add(
    LetterKind("tables.check_step", _("What is asked about an application, or decided of it"))
)
