"""What the rules made of an item, in words."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tavolo.kernel.errors import Sentence
from tavolo.tables.regulation.there import Why
from tavolo.tables.regulation.validity import Attendance, ItemValidity, Outcome, Remark

OUTCOMES: Mapping[Outcome, Sentence] = {
    Outcome.APPROVED: gettext_lazy("It is approved."),
    Outcome.REJECTED: gettext_lazy("It is not approved: too few are for it."),
    Outcome.LEVEL: gettext_lazy("It is not approved: the votes are level."),
    Outcome.NO_QUORUM: gettext_lazy("Nothing is decided: the quorum is missed."),
    Outcome.NOT_VOTED: gettext_lazy("Nothing is voted on."),
    Outcome.INVALID: gettext_lazy("The vote is void: there are more votes than voters."),
}

REMARKS: Mapping[Remark, Sentence] = {
    Remark.SECOND_CALL_NOT_PROVIDED: gettext_lazy(
        "There is no second call: the quorum of the first was applied."
    ),
    Remark.ASSIGNED_NOT_KNOWN: gettext_lazy(
        "How many members are assigned is not entered: those in office were counted."
    ),
    Remark.SHOULD_BE_SECRET: gettext_lazy("On this matter the vote should have been secret."),
    Remark.SECRET_FROM_AFAR: gettext_lazy(
        "A secret vote was held with somebody there from afar, which the rules do not admit."
    ),
    Remark.CHAIR_DECIDED: gettext_lazy(
        "The votes were level, and that of whoever chairs prevailed."
    ),
}

REASONS: Mapping[Why, Sentence] = {
    Why.NOT_A_SEAT: gettext_lazy("It is no seat of the body on that day."),
    Why.NOBODY_HOLDS_IT: gettext_lazy("Nobody holds the seat on that day."),
    Why.REMOTE_NOT_ADMITTED: gettext_lazy("Nobody may be there from afar."),
    Why.SUBSTITUTE_NOT_ADMITTED: gettext_lazy("There are no substitutes."),
    Why.PROXY_NOT_ADMITTED: gettext_lazy("There are no proxies."),
    Why.PROXY_NOT_WRITTEN: gettext_lazy("The proxy is not in writing."),
    Why.PROXY_ONE_TOO_MANY: gettext_lazy(
        "Whoever bears the proxy already bears as many as may be."
    ),
    Why.BEARER_NOT_THERE: gettext_lazy("Whoever should bear the proxy is not there with a vote."),
    Why.NO_VOTE: gettext_lazy("The seat has no vote."),
    Why.NOT_THERE: gettext_lazy("Nobody was there for the seat at the vote."),
    Why.TWO_VOTES: gettext_lazy("Two different votes came from the seat, and none counts."),
    Why.SUBSTITUTE_BESIDE: gettext_lazy("The delegate was there, so the substitute has no vote."),
}

COUNTED: Mapping[bool, Callable[[Mapping[str, int]], str]] = {
    True: lambda told: _("%(present)d present, %(required)d needed: the meeting is valid.") % told,
    False: lambda told: (
        _("%(present)d present, %(required)d needed: the meeting is not valid.") % told
    ),
}


def quorum_words(quorum: Attendance) -> str:
    """As in: 8 present, 8 needed: the meeting is valid."""
    return COUNTED[quorum.reached]({"present": quorum.present, "required": quorum.required})


def votes_words(found: ItemValidity) -> str:
    """As in: 4 votes for it, 5 needed; "" where nothing was voted."""
    if found.votes is None:
        return ""
    told = {"number": found.votes.for_, "needed": found.needed or 0}
    return (
        ngettext(
            "%(number)d vote for it, %(needed)d needed.",
            "%(number)d votes for it, %(needed)d needed.",
            found.votes.for_,
        )
        % told
    )


def result_words(found: ItemValidity) -> tuple[str, ...]:
    """The quorum, the votes, the result and what is remarked, a sentence each."""
    told = [quorum_words(found.quorum), votes_words(found), str(OUTCOMES[found.outcome])]
    told += [str(REMARKS[each]) for each in found.remarks]
    return tuple(filter(None, told))
