"""How seats lapse, how long the body lasts, what it owes, how it is written down."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tavolo.tables.regulation.choices import Approval, ReportTo
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.sentences import words


def _absences(told: Regulation) -> str:
    number = told.lapsing.absences
    if number is None:
        return _("No number of absences makes a seat lapse.")
    return ngettext(
        "A seat lapses after %(number)d absence.",
        "A seat lapses after %(number)d absences.",
        number,
    ) % {"number": number}


def _in_a_row(told: Regulation) -> str:
    if told.lapsing.absences is None:
        return _("Absences are noted and have no consequence.")
    if told.lapsing.in_a_row:
        return _("The absences must follow each other.")
    return _("The absences need not follow each other.")


def _justified(told: Regulation) -> str:
    if told.lapsing.justified:
        return _("Justified absences count too.")
    return _("Justified absences do not count.")


def _lost_requirement(told: Regulation) -> str:
    if told.lapsing.lost_requirement:
        return _("A seat lapses when the requirement by which it was admitted is lost.")
    return _("A requirement that is lost later does not make the seat lapse.")


def _resignation(told: Regulation) -> str:
    if told.lapsing.resignation:
        return _("A member may resign at any time.")
    return _("The regulation does not provide for resignation.")


def _years(told: Regulation) -> str:
    number = told.duration.years
    if number is None:
        return _("The body has no term of its own.")
    return ngettext(
        "The body lasts %(number)d year.", "The body lasts %(number)d years.", number
    ) % {"number": number}


def _with_administration(told: Regulation) -> str:
    if told.duration.with_administration:
        return _("It ends with the mandate of the administration that founded it.")
    return _("It does not end with the mandate of the administration that founded it.")


def _prolonged(told: Regulation) -> str:
    if told.duration.prolonged is None:
        return _("It is not prolonged beyond its end.")
    return _("It is prolonged for %(length)s, until the new one is appointed.") % {
        "length": words.length(told.duration.prolonged)
    }


def _least(told: Regulation) -> str:
    if told.balance.least is None:
        return _("No balance between women and men is set.")
    return _("Neither women nor men are fewer than %(share)s of the members.") % {
        "share": words.share(told.balance.least)
    }


def _gratuitous(told: Regulation) -> str:
    if told.balance.gratuitous:
        return _("Taking part is unpaid: there is no attendance fee.")
    return _("An attendance fee may be paid.")


def _meetings(told: Regulation) -> str:
    number = told.frequency.meetings
    if number is None:
        return _("No number of meetings a year is set.")
    return ngettext(
        "The body meets at least %(number)d time a year.",
        "The body meets at least %(number)d times a year.",
        number,
    ) % {"number": number}


def _report_to(told: Regulation) -> str:
    if told.frequency.report_to == ReportTo.NONE:
        return _("No yearly report is owed.")
    return _("Each year the body reports to %(whom)s.") % {"whom": told.frequency.report_to.label}


def _signed_by(told: Regulation) -> str:
    return _("The minutes are signed by %(who)s.") % {"who": told.minutes.signed_by.label}


def _approved(told: Regulation) -> str:
    return _("The minutes are approved %(when)s.") % {"when": told.minutes.approved.label}


def _corrections(told: Regulation) -> str:
    term = told.minutes.corrections
    if term is None:
        return _("Corrections are asked for until the minutes are approved.")
    if told.minutes.approved == Approval.SILENCE:
        return _("Whoever is silent for %(length)s agrees.") % {"length": words.length(term)}
    return _("Corrections are asked for within %(length)s.") % {"length": words.length(term)}


def _attributed(told: Regulation) -> str:
    if told.minutes.attributed:
        return _("What is said is written with the name of who said it.")
    return _("What is said is written without the name of who said it.")


def _publication(told: Regulation) -> str:
    return _("The minutes %(are_published)s.") % {"are_published": told.minutes.publication.label}


LASTING: Mapping[str, Callable[[Regulation], str]] = {
    "lapsing.absences": _absences,
    "lapsing.in_a_row": _in_a_row,
    "lapsing.justified": _justified,
    "lapsing.lost_requirement": _lost_requirement,
    "lapsing.resignation": _resignation,
    "duration.years": _years,
    "duration.with_administration": _with_administration,
    "duration.prolonged": _prolonged,
    "balance.least": _least,
    "balance.gratuitous": _gratuitous,
    "frequency.meetings": _meetings,
    "frequency.report_to": _report_to,
    "minutes.signed_by": _signed_by,
    "minutes.approved": _approved,
    "minutes.corrections": _corrections,
    "minutes.attributed": _attributed,
    "minutes.publication": _publication,
}
