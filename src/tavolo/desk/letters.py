"""The letters of this room."""

from django.utils.translation import gettext_lazy as _

from tavolo.messages.plugs import LetterKind, letter_kinds

TRIAL = letter_kinds.add(LetterKind("desk.trial", _("Test letter"), urgent=True))
