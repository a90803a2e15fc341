"""What the operator answers for: requests that concern no network, and the data of persons."""

import argparse
import json
from uuid import UUID

from django.utils.translation import gettext as _

from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import NotFound
from tavolo.people.actions import answer_request, erase_person
from tavolo.people.choices import RequestState
from tavolo.people.models import CorrectionRequest, Person
from tavolo.people.queries import account_by_email, data_of, person_known_to

ANSWERS = [state.value for state in RequestState if state != RequestState.WAITING]


def add_request(subjects: Subjects) -> None:
    parser = subjects.add_parser("request", help=_("Requests about personal data."))
    inner = parser.add_subparsers(metavar=_("command"), required=True)
    command(inner, "list", _("Say which requests wait for an answer."), run_list)
    answer = command(inner, "answer", _("Answer a request; a letter says so."), run_answer)
    answer.add_argument("number", help=_("as on the receipt"))
    answer.add_argument("state", choices=ANSWERS)
    answer.add_argument("answer", help=_("what was done, or why it was not"))


def add_person(subjects: Subjects) -> None:
    parser = subjects.add_parser("person", help=_("What is held about a person."))
    inner = parser.add_subparsers(metavar=_("command"), required=True)
    data = command(inner, "data", _("Say everything that is held, as JSON."), run_data)
    erase = command(inner, "erase", _("Erase it, and say what stays and why."), run_erase)
    for each in (data, erase):
        each.add_argument("who", help=_("the e-mail with which she signs in, or her uid"))


def run_list(_options: argparse.Namespace) -> None:
    rows = CorrectionRequest.objects.filter(state=RequestState.WAITING).order_by("id")
    for row in rows.select_related("network"):
        answers = row.network.name if row.network else _("the operator")
        say(f"{row.code}  {row.received_at:%Y-%m-%d}  {answers}  {row.page}  {row.email}")
        say(f"  {row.words}")


def run_answer(options: argparse.Namespace) -> None:
    rows = CorrectionRequest.objects.select_related("network")
    row = rows.filter(code=options.number).first()
    if row is None:
        raise NotFound
    answer_request(
        request=row, version=row.version, state=options.state, answer=options.answer, by=OPERATOR
    )
    say(_("The answer is sent."))


def run_data(options: argparse.Namespace) -> None:
    say(json.dumps(data_of(_found(options.who)), ensure_ascii=False, indent=2))


def run_erase(options: argparse.Namespace) -> None:
    for each in erase_person(person=_found(options.who), by=OPERATOR):
        say(f"{each.label}. {each.why}")
    say(_("The personal data are erased."))


def _found(who: str) -> Person:
    account = account_by_email(who)
    if account is not None:
        return account.person
    try:
        return person_known_to(OPERATOR, UUID(who))
    except ValueError as fault:
        raise NotFound from fault
