import argparse
from datetime import date

from django.utils.translation import gettext as _

from tavolo.config import demonstration
from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.config.progress import progress
from tavolo.registry.demo import SignIn, sign_ins


def add(subjects: Subjects) -> None:
    parser = command(
        subjects, "demo", _("Load the demonstration territories into an empty database."), run
    )
    parser.add_argument(
        "--reset",
        action="store_true",
        help=_("empty a demonstration first; nothing else is emptied"),
    )
    parser.add_argument("--seed", type=int, default=1, help=_("for what is invented"))
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help=_("the reference day")
    )


def run(options: argparse.Namespace) -> None:
    if options.reset:
        demonstration.reset()
    loaded = demonstration.load(
        seed=options.seed, on=options.on, progress=progress(_("Municipalities of Italy")), say=say
    )
    if not loaded:
        say(_("The demonstration is already there. Begin again with --reset."))
    for line in sign_in_lines(sign_ins()):
        say(line)


def sign_in_lines(accounts: list[SignIn]) -> list[str]:
    """The demonstration's sign-ins as lines for a terminal."""
    title = _("Demonstration sign-ins (password: %(password)s)") % {
        "password": accounts[0].password
    }
    return [title, *(f"  {a.network:<28} {a.role:<12} {a.email}" for a in accounts)]
