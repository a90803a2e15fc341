import argparse

from django.utils.translation import gettext as _

from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.kernel.actor import OPERATOR
from tavolo.people.actions import take_off_second_factor


def add(subjects: Subjects) -> None:
    parser = subjects.add_parser("account", help=_("Accounts: let somebody in again."))
    inner = parser.add_subparsers(metavar=_("command"), required=True)
    recover = command(
        inner,
        "recover",
        _("Take the second factor off an account whose phone and recovery codes are lost."),
        run_recover,
    )
    recover.add_argument(
        "email", help=_("with which the person signs in; make sure that it is her")
    )


def run_recover(options: argparse.Namespace) -> None:
    account = take_off_second_factor(email=options.email, by=OPERATOR)
    say(
        _("%(email)s signs in with the password and sets up a new second factor; a letter says so.")
        % {"email": account.email}
    )
