"""The terms of this room: until when whoever asks about personal data is answered."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.clock import in_rome
from tavolo.kernel.network import RuleBook, rule_book
from tavolo.kernel.terms import ITALY, Ending, Rule, Term, Unit, Version, ends
from tavolo.people.models import CorrectionRequest

ANSWER = Term(
    key="people.request_answer",
    label=_("Answer to a request about personal data"),
    start=_("the day on which the request came"),
    owes=_("the secretariat of the network"),
    then=_("whoever asked may complain to the Garante or go to court"),
    versions=(
        Version(
            Rule(1, Unit.MONTHS, roll_over=True),
            "Reg. (UE) 2016/679, art. 12, par. 3; Reg. (CEE, Euratom) 1182/71, art. 3",
            date(2018, 5, 25),
        ),
    ),
    reminders=(7,),
)

EXTENDED = Term(
    key="people.request_extended",
    label=_("Answer to a request about personal data whose term was extended"),
    start=_("the day on which the request came"),
    owes=_("the secretariat of the network"),
    then=_("whoever asked may complain to the Garante or go to court"),
    versions=(
        Version(
            Rule(3, Unit.MONTHS, roll_over=True),
            "Reg. (UE) 2016/679, art. 12, par. 3; Reg. (CEE, Euratom) 1182/71, art. 3",
            date(2018, 5, 25),
        ),
    ),
    reminders=(7,),
)


def answers_due(requests: Iterable[CorrectionRequest]) -> list[tuple[CorrectionRequest, Ending]]:
    """Each with when its term ends, by the rules of the day on which it came; one query for all."""
    book = rule_book(ANSWER, EXTENDED)
    return [(row, _ending(row, EXTENDED if row.extended_at else ANSWER, book)) for row in requests]


def last_day_of(request: CorrectionRequest, term: Term) -> date | None:
    """The last day of that term for a request; one query."""
    return _ending(request, term, rule_book(term)).last_day


def _ending(row: CorrectionRequest, term: Term, book: RuleBook) -> Ending:
    rule = book.on(term, in_rome(row.received_at).date())
    return ends(rule, row.received_at, holidays=ITALY)
