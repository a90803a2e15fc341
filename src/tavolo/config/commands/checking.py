import argparse

from django.utils.translation import gettext as _

from tavolo.config.checks import Finding, findings
from tavolo.config.commands.terminal import Subjects, command, say, say_json


def add(subjects: Subjects) -> None:
    parser = command(subjects, "check", _("Say what is missing or broken before it hurts."), run)
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def run(options: argparse.Namespace) -> int:
    """Exit 1 where something is wrong; advice alone is 0."""
    found = findings()
    if options.json:
        say_json(
            [{"level": f.level, "subject": f.subject, "sentence": str(f.sentence)} for f in found]
        )
    else:
        for finding in found:
            say(line(finding))
        if not found:
            say(_("Everything is in order."))
    return int(any(finding.level == "wrong" for finding in found))


def line(finding: Finding) -> str:
    mark = {"wrong": "✗", "advice": "·"}[finding.level]
    return f"{mark} {finding.subject}: {finding.sentence}"
