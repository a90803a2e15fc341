"""The letters of this room."""

from django.utils.translation import gettext_lazy as _

from tavolo.messages.plugs import LetterKind, letter_kinds

ASK_OUTCOME = letter_kinds.add(
    LetterKind("registry.ask_outcome", _("What became of a commitment"), gathers=True)
)
