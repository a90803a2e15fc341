"""Who speaks, who stands in, and how somebody is there from afar."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.tables.regulation.rules import Regulation


def _substitutes(told: Regulation) -> str:
    if told.seats.substitutes:
        return _("Each seat has one vote, given by its delegate or by the substitute.")
    return _("Each seat has one vote, given by its delegate; there are no substitutes.")


def _proxies(told: Regulation) -> str:
    number = told.seats.proxies
    if not number:
        return _("No proxies are admitted.")
    return ngettext(
        "Nobody bears more than %(number)d proxy.",
        "Nobody bears more than %(number)d proxies.",
        number,
    ) % {"number": number}


def _proxies_written(told: Regulation) -> str:
    if not told.seats.proxies:
        return _("As none are admitted, no form of them is set.")
    if told.seats.proxies_written:
        return _("A proxy is given in writing.")
    return _("A proxy need not be in writing.")


def _proxies_make_quorum(told: Regulation) -> str:
    if not told.seats.proxies:
        return _("Only those who are there make the quorum.")
    if told.seats.proxies_make_quorum:
        return _("Whoever gave a proxy counts for the quorum.")
    return _("Whoever gave a proxy does not count for the quorum.")


def _observers(told: Regulation) -> str:
    return _("Observers and guests may speak %(when)s, without vote.") % {
        "when": told.seats.observers_speak.label
    }


def _institutions(told: Regulation) -> str:
    return _("Police, courts and prefecture may speak %(when)s, without vote.") % {
        "when": told.seats.institutions_speak.label
    }


def _allowed(told: Regulation) -> str:
    if told.remote.allowed:
        return _("Members may be there from afar, and count as if they were in the room.")
    return _("Meetings are held in the room alone.")


def _only_if(told: Regulation, words: str) -> str:
    return words if told.remote.allowed else _("As nobody is there from afar, this asks nothing.")


def _identified(told: Regulation) -> str:
    if told.remote.identified:
        return _only_if(told, _("Whoever is there from afar is identified."))
    return _only_if(told, _("Whoever is there from afar need not be identified."))


def _simultaneous(told: Regulation) -> str:
    if told.remote.simultaneous:
        return _only_if(told, _("All must hear and be heard at the same time."))
    return _only_if(told, _("It is not asked that all hear and are heard at the same time."))


def _secret(told: Regulation) -> str:
    if told.remote.secret:
        return _only_if(told, _("A secret vote may be given from afar."))
    return _only_if(told, _("A secret vote is not given from afar."))


SITTING: Mapping[str, Callable[[Regulation], str]] = {
    "seats.substitutes": _substitutes,
    "seats.proxies": _proxies,
    "seats.proxies_written": _proxies_written,
    "seats.proxies_make_quorum": _proxies_make_quorum,
    "seats.observers_speak": _observers,
    "seats.institutions_speak": _institutions,
    "remote.allowed": _allowed,
    "remote.identified": _identified,
    "remote.simultaneous": _simultaneous,
    "remote.secret": _secret,
}
