"""What the desk itself refuses, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class CodeWrong(Refusal):
    sentence = _("This is not the code, or it is more than a day old.")
    advice = _("It is printed where “tavolo serve” was started; each start prints a new one.")


class AlreadyBegun(Refusal):
    sentence = _("This installation was begun in the meantime.")
    advice = _("Whoever began it is its secretariat, and invites others.")
