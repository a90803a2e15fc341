"""Majorities, ties, secrecy, elections."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from tavolo.tables.regulation.choices import ElectionTie, Tie
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.sentences import words


def _ordinary(told: Regulation) -> str:
    return _("A proposal is approved by the votes of %(majority)s.") % {
        "majority": words.majority(told.decisions.ordinary)
    }


def _special(told: Regulation) -> str:
    if not told.decisions.special:
        return _("No matter wants another majority.")
    return " ".join(
        _("For %(matter)s the votes of %(majority)s are needed.")
        % {"matter": each.matter.label, "majority": words.majority(each.majority)}
        for each in told.decisions.special
    )


def _abstained(told: Regulation) -> str:
    if told.decisions.abstained:
        return _("Whoever abstains counts among those of whom the majority is reckoned.")
    return _("Whoever abstains does not count among those of whom the majority is reckoned.")


def _tie(told: Regulation) -> str:
    if told.decisions.tie == Tie.CHAIR:
        return _(
            "If the votes are level, that of whoever chairs prevails; in a secret vote nobody’s."
        )
    return _("If the votes are level, the proposal is not approved.")


def _secret_on(told: Regulation) -> str:
    if not told.decisions.secret_on:
        return _("All votes are open.")
    return _("Votes are open; secret on %(matters)s.") % {
        "matters": words.listed(each.label for each in told.decisions.secret_on)
    }


def _first_round(told: Regulation) -> str:
    return _("In the first round whoever has the votes of %(majority)s is elected.") % {
        "majority": words.majority(told.elections.first_round)
    } + (" " + _("In those that follow, whoever has the most."))


def _election_tie(told: Regulation) -> str:
    match told.elections.tie:
        case ElectionTie.LOT:
            return _("Among candidates who are level lots are drawn.")
        case ElectionTie.ELDEST:
            return _("Among candidates who are level the eldest is elected.")
    return _("Among candidates who are level the vote is repeated.")


DECIDING: Mapping[str, Callable[[Regulation], str]] = {
    "decisions.ordinary": _ordinary,
    "decisions.special": _special,
    "decisions.abstained": _abstained,
    "decisions.tie": _tie,
    "decisions.secret_on": _secret_on,
    "elections.first_round": _first_round,
    "elections.tie": _election_tie,
}
