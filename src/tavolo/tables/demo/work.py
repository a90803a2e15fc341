"""Examples of the pages of bodies and seats at work; and a delegate whose mandate ends soon."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.people.actions import add_person
from tavolo.tables.actions import name_delegate
from tavolo.tables.models import Body, BodyName, Delegate, Seat

INVENTED = "Atto inventato per la dimostrazione: la fonte non nomina chi è delegato"
SOON = timedelta(days=60)


class AtWork:
    """A delegate of an association of Milano: the sources name none, and her name says that it is invented."""

    key = "tables.work"

    def load(self, context: DemoContext) -> None:
        context.say(str(_("Delegates")))
        name_delegate(
            seat=_seat(),
            person=add_person(given_name="Delegata", family_name="Inventata", by=OPERATOR),
            act=INVENTED,
            ended=PartialDate.of(context.reference_day + SOON),
            by=OPERATOR,
        )

    def examples(self) -> list[Example]:
        seat = _seat()
        body = seat.body
        name = BodyName.objects.known().filter(body=body).order_by("id")[0]
        sent = Delegate.objects.known().filter(seat=seat.uid).order_by("id")[0]
        member = Example("tables:mine", who="member")
        return [member, *_of_bodies(body, name), *_of_seats(seat, sent)]


def _of_bodies(body: Body, name: BodyName) -> list[Example]:
    here = {"code": body.code}
    return [
        _at("tables:work_bodies"),
        _at("tables:work_bodies", query="?quali=finiti"),
        _at("tables:new_body"),
        _at("tables:coordinate"),
        _at("tables:work_body", here),
        _at("tables:edit_body", here),
        _at("tables:found_groups", here),
        *(_at("tables:body_life", here, query=f"?come={one}") for one in ("seguito", "fine")),
        _at("tables:spheres", here),
        *(
            _at("tables:new_said", {**here, "section": one})
            for one in ("nomi", "territorio", "finalita")
        ),
        _at("tables:said", {**here, "section": "nomi", "uid": name.uid}),
    ]


def _of_seats(seat: Seat, sent: Delegate) -> list[Example]:
    here = {"code": seat.body.code}
    this = {**here, "uid": seat.uid}
    return [
        _at("tables:seats", here),
        _at("tables:seats", here, query="?al=2015-06-30&categoria=association"),
        _at("tables:seats_csv", here),
        *(_at("tables:new_seat", here, query=f"?chi={one}") for one in ("ufficio", "persona")),
        _at("tables:seats_together", here),
        _at("tables:lacking", here),
        _at("tables:lacking_csv", here),
        _at("tables:seat", this),
        *(
            _at("tables:seat_act", {**this, "act": one})
            for one in ("fine", "passa", "ruolo", "correggi", "ritira")
        ),
        _at("tables:new_delegate", this),
        _at("tables:delegate", {**this, "delegate": sent.uid}),
    ]


def _at(name: str, kwargs: Mapping[str, object] | None = None, *, query: str = "") -> Example:
    return Example(name, kwargs or {}, query=query, who="secretary")


def _seat() -> Seat:
    """The first seat of an organisation at the table of Milano."""
    rows = Seat.objects.known().filter(
        body__network__slug="milano",
        body__kind="standing_table",
        organisation__isnull=False,
        title="",
        theme="",
    )
    seat: Seat = rows.select_related("body__network").order_by("id")[0]
    return seat


demo_parts.add(AtWork())
