"""Convocation, first session, quorum."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.tables.regulation.choices import Checked
from tavolo.tables.regulation.rules import Part, Regulation
from tavolo.tables.regulation.sentences import words


def _notice(told: Regulation) -> str:
    return _("The notice of a meeting is sent at least %(length)s before it.") % {
        "length": words.length(told.convocation.notice)
    }


def _urgent(told: Regulation) -> str:
    if told.convocation.urgent is None:
        return _("No shorter notice is provided for urgent meetings.")
    return _("Where it is urgent, the notice is sent at least %(length)s before.") % {
        "length": words.length(told.convocation.urgent)
    }


def _by(told: Regulation) -> str:
    if not told.convocation.by:
        return _("The regulation does not say who calls the meetings.")
    return _("Meetings are called by %(who)s.") % {
        "who": words.either(each.label for each in told.convocation.by)
    }


def _channels(told: Regulation) -> str:
    if not told.convocation.channels:
        return _("The regulation does not say how the notice is sent.")
    return _("The notice is sent %(ways)s.") % {
        "ways": words.either(each.label for each in told.convocation.channels)
    }


def _agenda(told: Regulation) -> str:
    if told.convocation.with_agenda:
        return _("The notice carries the agenda.")
    return _("The notice need not carry the agenda.")


def _on_request(told: Regulation) -> str:
    asked = told.convocation.on_request
    if asked is None:
        return _("The regulation does not provide for a meeting at the request of members.")
    return _("A meeting is called when at least %(share)s of the members ask for it.") % {
        "share": words.share(asked)
    }


def _held_within(told: Regulation) -> str:
    if told.convocation.held_within is None:
        return _("No term is set for holding a meeting that members ask for.")
    return _("A meeting that members ask for is held within %(length)s of the request.") % {
        "length": words.length(told.convocation.held_within)
    }


def _first_by(told: Regulation) -> str:
    return _("The first session is called by %(who)s.") % {"who": told.first_session.by.label}


def _elects(told: Regulation) -> str:
    if not told.first_session.elects:
        return _("The first session elects nobody.")
    return _("The first session elects %(who)s.") % {
        "who": words.listed(each.label for each in told.first_session.elects)
    }


def _sets_rules(told: Regulation) -> str:
    if told.first_session.sets_rules:
        return _("The first session sets how the body works.")
    return _("How the body works is not for the first session to set.")


def _basis(told: Regulation) -> str:
    return _("The quorum is a part %(whom)s.") % {"whom": told.quorum.basis.label}


def _needed(part: Part | None, told: Regulation) -> str:
    if part is None:
        return _("whatever the number present")
    return _("with %(part)s %(whom)s present") % {
        "part": words.part(part),
        "whom": told.quorum.basis.label,
    }


def _first(told: Regulation) -> str:
    return _("On first call the meeting is valid %(needed)s.") % {
        "needed": _needed(told.quorum.first, told)
    }


def _second_call(told: Regulation) -> str:
    if told.quorum.second_call:
        return _("Where the quorum is missed, the meeting is held on second call.")
    return _("There is no second call.")


def _second(told: Regulation) -> str:
    if not told.quorum.second_call:
        return _("Without a second call there is one quorum alone.")
    return _("On second call the meeting is valid %(needed)s.") % {
        "needed": _needed(told.quorum.second, told)
    }


def _least(told: Regulation) -> str:
    number = told.quorum.least
    return ngettext(
        "In no case is it valid with fewer than %(number)d present.",
        "In no case is it valid with fewer than %(number)d present.",
        number,
    ) % {"number": number}


def _vacant(told: Regulation) -> str:
    if told.quorum.vacant:
        return _("Seats that nobody fills count among the members in office.")
    return _("Seats that nobody fills do not count among the members in office.")


def _checked(told: Regulation) -> str:
    if told.quorum.checked == Checked.EACH_ITEM:
        return _("The quorum is checked again for each item.")
    return _("The quorum is checked once, when the meeting opens.")


CALLING: Mapping[str, Callable[[Regulation], str]] = {
    "convocation.notice": _notice,
    "convocation.urgent": _urgent,
    "convocation.by": _by,
    "convocation.channels": _channels,
    "convocation.with_agenda": _agenda,
    "convocation.on_request": _on_request,
    "convocation.held_within": _held_within,
    "first_session.by": _first_by,
    "first_session.elects": _elects,
    "first_session.sets_rules": _sets_rules,
    "quorum.basis": _basis,
    "quorum.first": _first,
    "quorum.second_call": _second_call,
    "quorum.second": _second,
    "quorum.least": _least,
    "quorum.vacant": _vacant,
    "quorum.checked": _checked,
}
