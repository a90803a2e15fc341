"""The letters of the check of applications."""

from django.utils.translation import gettext_lazy as _

from tavolo.messages.plugs import LetterKind, letter_kinds

CHECK_STEP = letter_kinds.add(
    LetterKind("tables.check_step", _("What is asked about an application, or decided of it"))
)
